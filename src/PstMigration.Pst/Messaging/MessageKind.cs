namespace PstMigration.Pst.Messaging;

/// <summary>Where an item being written stands.</summary>
internal enum MessageKind
{
    /// <summary>In a folder.</summary>
    Normal,

    /// <summary>Folder-associated information.</summary>
    Associated,

    /// <summary>In an attachment.</summary>
    Embedded,
}
