using PstMigration.Mapi;

namespace PstMigration.Pst.Messaging;

/// <summary>A file that items are written into: one that is built, or one that is edited in place. Folders go by their node ids.</summary>
internal interface IItemStore : IDisposable
{
    /// <summary>The <see cref="ItemKey.Store"/> of what is in the file.</summary>
    string StoreKey { get; }

    /// <summary>Whether an error has made it impossible to go on.</summary>
    bool IsBroken { get; }

    /// <summary>Bytes the file has so far.</summary>
    long Length { get; }

    /// <summary>The folder that holds what people see.</summary>
    NodeId Root { get; }

    /// <summary>What is in the file already, to be read and changed; null for a file that is built.</summary>
    PstFileEditor? Existing { get; }

    /// <summary>The folder of a role; none where there is none.</summary>
    NodeId Find(FolderRole role);

    /// <summary>The folder of that name in a folder, ignoring case; none where there is none.</summary>
    NodeId Find(NodeId parent, string name);

    /// <summary>Makes a folder.</summary>
    NodeId Create(NodeId parent, string name, string containerClass);

    /// <summary>Where a folder is, and what it is called.</summary>
    (NodeId Parent, string Name) Describe(NodeId folder);

    /// <summary>The container class of a folder; empty where none is stored.</summary>
    string ClassOf(NodeId folder);

    /// <summary>Tells what a folder is for. The first folder of a role keeps it.</summary>
    void SetRole(NodeId folder, FolderRole role);

    /// <summary>Writes an item and tells what of it has no form in a file.</summary>
    (NodeId Id, IReadOnlyList<ItemLoss> Losses) Add(NodeId folder, MapiItem item, MessageKind kind, ItemStamp stamp, CancellationToken cancellationToken);

    /// <summary>Commits what was written, with these properties on the message store.</summary>
    void Complete(PropertyBag storeProperties);
}
