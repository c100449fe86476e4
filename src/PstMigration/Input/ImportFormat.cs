namespace PstMigration;

/// <summary>What Import-PstItem reads.</summary>
public enum ImportFormat
{
    /// <summary>A data file of Outlook.</summary>
    Pst,

    /// <summary>A .eml file, or a directory of them at any depth.</summary>
    Eml,

    /// <summary>An mbox file, or a directory of them at any depth.</summary>
    Mbox,

    /// <summary>A Maildir with the folders of Maildir++.</summary>
    Maildir,
}
