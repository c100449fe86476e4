using System.Net.Http;

namespace PstMigration.Mailboxes;

/// <summary>
/// Turns <c>/users/@me</c> into <c>/me</c>. The typed client has one set of builders below a user; whoever is signed in is
/// addressed through the same ones by this name.
/// </summary>
internal sealed class MeAddressHandler : DelegatingHandler
{
    /// <summary>Stands for the signed-in user; no user can be called so.</summary>
    public const string Placeholder = "@me";

    private const string Written = "/users/%40me";

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string address = request.RequestUri!.AbsoluteUri;
        int at = address.IndexOf(Written, StringComparison.Ordinal);
        int end = at + Written.Length;
        if (at >= 0 && (end == address.Length || address[end] is '/' or '?'))
        {
            request.RequestUri = new Uri(address.Remove(at, Written.Length).Insert(at, "/me"));
        }

        return base.SendAsync(request, cancellationToken);
    }
}
