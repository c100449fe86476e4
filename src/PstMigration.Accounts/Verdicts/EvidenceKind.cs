namespace PstMigration.Accounts.Verdicts;

/// <summary>Where a piece of evidence comes from.</summary>
public enum EvidenceKind : long
{
    /// <summary>The domain of the address.</summary>
    Domain,

    /// <summary>The server the account is set up with.</summary>
    Server,

    /// <summary>The mail exchangers of the domain, from DNS.</summary>
    Mx,

    /// <summary>What the domain's own web server publishes for mail programs.</summary>
    Autoconfig,

    /// <summary>What a mail server offered when asked.</summary>
    Probe,

    /// <summary>A rule of a provider.</summary>
    Rule,

    /// <summary>A fact about the mail program.</summary>
    Client,
}
