namespace PstMigration.Accounts.Rules;

/// <summary>A provider: its domains and servers, and what it says to whom.</summary>
internal sealed class MailProvider
{
    /// <summary>A stable name.</summary>
    public string Id { get; init; } = "";

    /// <summary>Its name for people.</summary>
    public string Name { get; init; } = "";

    /// <summary>Who issues its tokens; null where it takes none from mail programs.</summary>
    public string? Issuer { get; init; }

    /// <summary>Domains of addresses.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    /// <summary>Domains of addresses with everything below them.</summary>
    public IReadOnlyList<string> DomainSuffixes { get; init; } = [];

    /// <summary>First labels of domains that are probably the provider's in other countries.</summary>
    public IReadOnlyList<string> ProbableLabels { get; init; } = [];

    /// <summary>Ends of the names of servers that take mail in (MX).</summary>
    public IReadOnlyList<string> MxSuffixes { get; init; } = [];

    /// <summary>Servers that are the provider's, besides those in <see cref="Servers"/>.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Servers to set up, the preferred first.</summary>
    public IReadOnlyList<MailProviderServer> Servers { get; init; } = [];

    /// <summary>Protocols that take a token.</summary>
    public IReadOnlyList<MailProtocol> OAuth { get; init; } = [];

    /// <summary>Its rules.</summary>
    public IReadOnlyList<SignInRule> Rules { get; init; } = [];

    /// <summary>What its users should know besides.</summary>
    public IReadOnlyList<NoticeRule> Notices { get; init; } = [];

    /// <summary>The day this was last checked against what the provider publishes; null where nobody says.</summary>
    public DateTimeOffset? Checked { get; init; }

    /// <summary>Where it was read: the name of the file.</summary>
    public string File { get; init; } = "";

    /// <summary>Whether this is Microsoft, where mail can be moved to with this module.</summary>
    public bool IsMicrosoft => Issuer is "microsoft-consumer" or "microsoft-work";

    /// <summary>The preferred server for a protocol; null where there is none.</summary>
    public MailProviderServer? Server(MailProtocol protocol) => Servers.FirstOrDefault(s => s.Server.Protocol == protocol);
}
