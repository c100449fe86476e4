using PstMigration.Pst.Messaging;

namespace PstMigration.Pst;

/// <summary>A folder of a file being changed. It tells the folder as the changes so far leave it.</summary>
public sealed class PstEditFolder
{
    internal PstEditFolder(FolderSet owner, NodeId id, NodeId parent, string name, string containerClass)
    {
        Owner = owner;
        Id = id;
        ParentId = parent;
        Name = name;
        ContainerClass = containerClass;
    }

    /// <summary>Its node id.</summary>
    public NodeId Id { get; }

    /// <summary>The folder that holds it; its own id for the root of the file.</summary>
    public NodeId ParentId { get; internal set; }

    /// <summary>Its name.</summary>
    public string Name { get; internal set; }

    /// <summary>Such as IPF.Contact; empty where none is stored.</summary>
    public string ContainerClass { get; }

    /// <summary>Items in it.</summary>
    public int ItemCount { get; internal set; }

    /// <summary>Items in it that are not read.</summary>
    public int UnreadCount { get; internal set; }

    /// <summary>Whether it was deleted.</summary>
    public bool IsDeleted { get; internal set; }

    internal FolderSet Owner { get; }

    /// <summary>Whether its properties have to be written.</summary>
    internal bool IsChanged { get; set; }

    /// <summary>FAI items added and removed since they were counted last.</summary>
    internal bool HasAssociatedChanged { get; set; }

    internal OpenTables Tables { get; } = new();

    /// <inheritdoc/>
    public override string ToString() => Name;
}
