namespace PstMigration.Mailboxes;

/// <summary>Microsoft's clouds that have mailboxes and Microsoft Graph.</summary>
public enum MailboxCloud
{
    /// <summary>The worldwide one; personal accounts, and GCC too.</summary>
    Global,

    /// <summary>US Government L4 (GCC High).</summary>
    USGov,

    /// <summary>US Government L5 (DoD).</summary>
    USGovDoD,

    /// <summary>China, operated by 21Vianet.</summary>
    China,
}
