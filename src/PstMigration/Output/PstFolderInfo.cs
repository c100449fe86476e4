using PstMigration.Mapi;
using PstMigration.Pst;

namespace PstMigration;

/// <summary>A folder of a data file. A snapshot.</summary>
public sealed class PstFolderInfo
{
    internal PstFolderInfo(PstFile file, PstFolder folder)
        : this(file.Path, folder.Path.ToString(), Hex.Lower(file.RecordKey.Span), folder.NodeId.ToString())
    {
        Name = folder.Name.Length > 0 ? folder.Name : folder.Path.Names.Count > 0 ? folder.Path.Name : Folder;
        Role = folder.Role;
        ContainerClass = folder.ContainerClass;
        ItemCount = folder.ItemCount;
        UnreadCount = folder.UnreadCount;
        IsHidden = !folder.IsVisible;
    }

    /// <summary>A folder that is known by what names it alone.</summary>
    internal PstFolderInfo(string pstPath, string folder, string recordKey, string nodeId) =>
        (PstPath, Folder, RecordKey, NodeId) = (pstPath, folder, recordKey, nodeId);

    /// <summary>The full path of the file.</summary>
    public string PstPath { get; }

    /// <summary>The folder's own path, with <c>/</c> between names; <c>\/</c> is a slash in a name, and <c>/</c> alone the top of the file.</summary>
    public string Folder { get; }

    /// <summary>What it is called; never empty.</summary>
    public string Name { get; } = "";

    /// <summary>What it is for, whatever its name.</summary>
    public FolderRole Role { get; }

    /// <summary>Such as IPF.Note.</summary>
    public string ContainerClass { get; } = "";

    /// <summary>Items in it, as it says itself.</summary>
    public int ItemCount { get; }

    /// <summary>Unread items in it, as it says itself.</summary>
    public int UnreadCount { get; }

    /// <summary>Whether Outlook does not show it: it or a folder it is in is marked hidden, or it is beside those people see.</summary>
    public bool IsHidden { get; }

    /// <summary>The key of the store, in hexadecimal.</summary>
    public string RecordKey { get; }

    /// <summary>The folder's node (NID).</summary>
    public string NodeId { get; }

    /// <inheritdoc/>
    public override string ToString() => Folder;
}
