namespace PstMigration;

/// <summary>What Export-PstItem writes.</summary>
public enum ExportFormat
{
    /// <summary>A MIME message for each item (.eml).</summary>
    Eml,

    /// <summary>A file for each folder, messages one behind another (mboxrd).</summary>
    Mbox,

    /// <summary>A Maildir with the folders of Maildir++.</summary>
    Maildir,

    /// <summary>An HTML document for each item that is safe to open.</summary>
    Html,

    /// <summary>A text file for each item.</summary>
    Text,

    /// <summary>A JSON document for each item.</summary>
    Json,

    /// <summary>A table for each data file, one row an item.</summary>
    Csv,
}
