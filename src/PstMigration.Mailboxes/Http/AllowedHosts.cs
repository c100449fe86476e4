namespace PstMigration.Mailboxes;

/// <summary>The hosts a bearer token may be sent to: Microsoft Graph in its clouds, and a sandbox's own.</summary>
internal sealed class AllowedHosts
{
    /// <summary>Global, US Government L4 and L5, China (Graph national cloud deployments).</summary>
    private static readonly string[] s_graph =
        ["graph.microsoft.com", "graph.microsoft.us", "dod-graph.microsoft.us", "microsoftgraph.chinacloudapi.cn"];

    private readonly HashSet<string> _hosts = new(s_graph, StringComparer.OrdinalIgnoreCase);
    private readonly string? _sandboxHost;

    /// <summary>The hosts for connections to <paramref name="baseAddress"/>.</summary>
    /// <exception cref="MailboxException">The base address is no sandbox's and none of Graph's.</exception>
    public AllowedHosts(Uri baseAddress, MailboxKind kind)
    {
        _sandboxHost = kind == MailboxKind.Sandbox ? baseAddress.Host : null;
        if (_sandboxHost is null && (!_hosts.Contains(baseAddress.Host) || baseAddress.Scheme != Uri.UriSchemeHttps))
        {
            throw MailboxException.HostNotAllowed(baseAddress.Host);
        }
    }

    /// <summary>Whether a token may go there. Without TLS only to a sandbox.</summary>
    public bool MayGetToken(Uri address) =>
        string.Equals(address.Host, _sandboxHost, StringComparison.OrdinalIgnoreCase)
        || (address.Scheme == Uri.UriSchemeHttps && address.IsDefaultPort && _hosts.Contains(address.Host));
}
