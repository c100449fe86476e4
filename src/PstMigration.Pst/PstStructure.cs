namespace PstMigration.Pst;

/// <summary>The part of a data file something is wrong with, in the words of [MS-PST].</summary>
public enum PstStructure : long
{
    /// <summary>The file as a whole.</summary>
    File,

    /// <summary>The header.</summary>
    Header,

    /// <summary>A page of the node B-tree (NBT).</summary>
    NodeTreePage,

    /// <summary>A page of the block B-tree (BBT).</summary>
    BlockTreePage,

    /// <summary>A block.</summary>
    Block,

    /// <summary>An XBLOCK or XXBLOCK.</summary>
    DataTree,

    /// <summary>An SLBLOCK or SIBLOCK.</summary>
    SubnodeTree,

    /// <summary>A node: an entry of the node B-tree.</summary>
    Node,

    /// <summary>A heap-on-node.</summary>
    Heap,

    /// <summary>A B-tree on a heap.</summary>
    HeapTree,

    /// <summary>A property context.</summary>
    PropertyContext,

    /// <summary>A table context.</summary>
    TableContext,

    /// <summary>The map of named properties.</summary>
    NamedPropertyMap,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>An item.</summary>
    Item,

    /// <summary>An attachment.</summary>
    Attachment,
}
