namespace PstMigration.Accounts.Discovery;

/// <summary>What DNS and a domain's own web servers say of its mail.</summary>
public sealed class DomainFindings
{
    /// <summary>Mail exchangers, the preferred first; empty where there are none.</summary>
    public IReadOnlyList<string> MailExchangers { get; init; } = [];

    /// <summary>Servers that the domain publishes for mail programs.</summary>
    public IReadOnlyList<MailServer> Servers { get; init; } = [];

    /// <summary>The address that published the servers; null where none did.</summary>
    public string? ServersSource { get; init; }

    /// <summary>What could not be found out, and why.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}
