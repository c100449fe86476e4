namespace PstMigration.Formats;

/// <summary>What kind of mail files a path is.</summary>
public enum MailFileKind
{
    /// <summary>A .eml file, or a tree of them.</summary>
    Eml,

    /// <summary>An mbox file, or a tree of them.</summary>
    Mbox,

    /// <summary>A Maildir.</summary>
    Maildir,
}
