namespace PstMigration.Mailboxes.Diagnosis;

/// <summary>The network as the diagnosis sees it. Failures are part of the answers; only cancellation is thrown.</summary>
internal interface IDiagnosisNetwork
{
    /// <summary>The addresses of a host; none where it has none or nobody answers.</summary>
    Task<IReadOnlyList<string>> ResolveAsync(string host, CancellationToken cancellationToken);

    /// <summary>The proxy for an address; null where the way is direct.</summary>
    Uri? ProxyFor(Uri address);

    /// <summary>Asks a web server without any credential and without following redirects.</summary>
    Task<WebAnswer> GetAsync(Uri address, CancellationToken cancellationToken);

    /// <summary>Connects to a port, by TLS where asked, and reads the greeting.</summary>
    Task<PortAnswer> ConnectAsync(string host, int port, bool tls, CancellationToken cancellationToken);
}
