namespace PstMigration.Formats;

/// <summary>What <see cref="ItemFileTree"/> writes of an item.</summary>
public enum ItemFileFormat
{
    /// <summary>A MIME message.</summary>
    Eml,

    /// <summary>An HTML document that is safe to open.</summary>
    Html,

    /// <summary>Plain text.</summary>
    Text,

    /// <summary>A JSON document.</summary>
    Json,

    /// <summary>A directory with the files attached to it, and nothing where there are none.</summary>
    Attachments,
}
