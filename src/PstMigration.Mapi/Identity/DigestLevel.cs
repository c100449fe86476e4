namespace PstMigration.Mapi;

/// <summary>How much of an item a digest covers. Comparing uses the highest level both ends allow.</summary>
public enum DigestLevel
{
    /// <summary>Message-ID, sent time, sender.</summary>
    Identity,

    /// <summary>Text without markup, recipients by SMTP address, SHA-256 of each attachment.</summary>
    Content,

    /// <summary>All properties.</summary>
    Exact,
}
