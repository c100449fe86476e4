namespace PstMigration.Accounts;

/// <summary>An account as a mail program on this PC is set up with it. Holds no password: none is ever read.</summary>
public sealed class LegacyMailAccount
{
    /// <summary>The mail program.</summary>
    public MailClient Client { get; init; } = new(MailClientKind.Unknown);

    /// <summary>The program's profile.</summary>
    public string Profile { get; init; } = "";

    /// <summary>Whose profile, where several users' profiles were read: the security identifier. Null for the current user.</summary>
    public string? User { get; init; }

    /// <summary>The account's name in the program.</summary>
    public string Name { get; init; } = "";

    /// <summary>The e-mail address; empty where the program has none.</summary>
    public string Account { get; init; } = "";

    /// <summary>How mail comes in.</summary>
    public MailProtocol Protocol { get; init; }

    /// <summary>Where mail comes from; null where the program keeps no server, as for Exchange.</summary>
    public MailServer? Incoming { get; init; }

    /// <summary>Where mail is sent; null as above.</summary>
    public MailServer? Outgoing { get; init; }

    /// <summary>Whether POP mail stays on the server; null for other accounts and where not known.</summary>
    public LeaveOnServer? LeaveOnServer { get; init; }

    /// <summary>The Outlook data file mail is delivered to: a .pst, for IMAP and Exchange often an .ost. Null where there is none.</summary>
    public string? DataFile { get; init; }

    /// <summary>The folder a program without data file keeps the mail in, as Thunderbird does; else null.</summary>
    public string? MailFolder { get; init; }

    /// <summary>Where this was read: the registry, the exported file, or the folder.</summary>
    public string Origin { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => Account.Length > 0 ? Account : Name;
}
