using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>What a folder of the service holds.</summary>
internal enum GraphFolderKind
{
    /// <summary>Mail.</summary>
    Mail,

    /// <summary>Contacts.</summary>
    Contacts,
}

/// <summary>A folder as the service lists it, with its place in the tree.</summary>
internal sealed record GraphFolder(
    string Id, GraphFolderKind Kind, FolderPath Path, FolderRole Role, int ItemCount, int? UnreadCount, long? Size)
{
    public string ContainerClass => Kind == GraphFolderKind.Contacts ? "IPF.Contact" : "IPF.Note";
}
