using System.Net.Http;

namespace Microsoft.Graph.PowerShell.Authentication.Helpers;

/// <summary>Gives the session's client.</summary>
public static class HttpHelpers
{
    /// <summary>For cmdlets of the module; others have no invocation to give.</summary>
    public static HttpClient GetGraphHttpClient(Version invocationInfo, IAuthContext? authContext = null) =>
        throw new ArgumentNullException(nameof(invocationInfo), authContext?.ClientId);

    /// <summary>For everybody.</summary>
    public static HttpClient GetGraphHttpClient(IAuthContext? authContext = null) =>
        GraphSession.Instance.GraphHttpClient ?? throw new InvalidOperationException("Authentication needed. Please call Connect-MgGraph." + authContext?.AppText());

    private static string AppText(this IAuthContext context) => " " + context.ClientId;
}
