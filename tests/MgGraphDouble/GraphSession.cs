namespace Microsoft.Graph.PowerShell.Authentication;

/// <summary>What of the session's public surface is used, as in the source of Microsoft.Graph.Authentication.</summary>
public sealed class GraphSession
{
    private static GraphSession? s_instance;

    /// <summary>The session; throws where there is none.</summary>
    public static GraphSession Instance => s_instance ?? throw new InvalidOperationException("SessionNotInitialized");

    /// <summary>Who is signed in; null before Connect-MgGraph and after Disconnect-MgGraph.</summary>
    public IAuthContext? AuthContext { get; set; }

    /// <summary>The cloud.</summary>
    public GraphEnvironment? Environment { get; set; }

    /// <summary>The client.</summary>
    public System.Net.Http.HttpClient? GraphHttpClient { get; set; }

    /// <summary>Begins a session.</summary>
    public static void Initialize(Func<GraphSession> instanceCreator, bool overwrite)
    {
        if (overwrite || s_instance is null)
        {
            s_instance = (instanceCreator ?? throw new ArgumentNullException(nameof(instanceCreator)))();
        }
    }
}
