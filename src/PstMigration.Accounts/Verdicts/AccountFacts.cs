using PstMigration.Accounts.Discovery;
using PstMigration.Accounts.Probing;

namespace PstMigration.Accounts.Verdicts;

/// <summary>What is known of an account before it is judged.</summary>
public sealed class AccountFacts
{
    /// <summary>An address or a domain.</summary>
    public string Account { get; init; } = "";

    /// <summary>The protocol; <see cref="MailProtocol.Any"/> for a mere address.</summary>
    public MailProtocol Protocol { get; init; }

    /// <summary>The server it is set up with; null where none.</summary>
    public MailServer? Server { get; init; }

    /// <summary>The mail program; null where none was named.</summary>
    public MailClient? Client { get; init; }

    /// <summary>The account's data file; null where none.</summary>
    public string? Path { get; init; }

    /// <summary>Whether the account's data file is a .pst file.</summary>
    public bool HasPstFile => Path?.EndsWith(".pst", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The profile; empty where none.</summary>
    public string Profile { get; init; } = "";

    /// <summary>What the network said of the domain; null where it was not asked.</summary>
    public DomainFindings? Domain { get; init; }

    /// <summary>What servers offered; empty where none was asked.</summary>
    public IReadOnlyList<ServerProbe> Probes { get; init; } = [];

    /// <summary>The part after the @, in ASCII and lower case; null where there is none that can be.</summary>
    public string? DomainName => HostName.Normalize(Account.Substring(Account.LastIndexOf('@') + 1));

    /// <summary>The receiving side of an account of a mail program.</summary>
    public static AccountFacts Incoming(LegacyMailAccount account, MailClient? client) => new()
    {
        Account = account.ToString(),
        Protocol = account.Protocol,
        Server = account.Incoming,
        Client = client ?? account.Client,
        Path = account.DataFile,
        Profile = account.Profile,
    };

    /// <summary>The sending side; null where the account has none of its own.</summary>
    public static AccountFacts? Outgoing(LegacyMailAccount account, MailClient? client) => account.Outgoing is null ? null : new AccountFacts
    {
        Account = account.ToString(),
        Protocol = MailProtocol.Smtp,
        Server = account.Outgoing,
        Client = client ?? account.Client,
        Profile = account.Profile,
    };

    /// <summary>The same with what was found out since.</summary>
    public AccountFacts With(DomainFindings? domain, IReadOnlyList<ServerProbe> probes) => new()
    {
        Account = Account,
        Protocol = Protocol,
        Server = Server,
        Client = Client,
        Path = Path,
        Profile = Profile,
        Domain = domain ?? Domain,
        Probes = probes,
    };
}
