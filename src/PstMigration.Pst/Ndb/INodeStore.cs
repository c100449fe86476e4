using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ndb;

/// <summary>
/// The nodes of a file that is changed. What is read is the file as the changes so far leave it; nothing of them lasts before they are
/// committed.
/// </summary>
internal interface INodeStore : INodeDatabase, INodeSink
{
    /// <summary>The blocks of the file.</summary>
    new IBlockStore Blocks { get; }

    /// <summary>Gives a node other blocks. Those it had and has no more are released.</summary>
    /// <exception cref="PstException">PstNoSuchNode, PstDamaged.</exception>
    void SetNode(NodeId id, BlockId data, BlockId subnodes);

    /// <summary>Puts a folder or an item into another folder.</summary>
    /// <exception cref="PstException">PstNoSuchNode, PstDamaged.</exception>
    void SetParent(NodeId id, NodeId parent);

    /// <summary>Takes a node out of the NBT and releases its blocks.</summary>
    /// <exception cref="PstException">PstNoSuchNode, PstDamaged.</exception>
    void RemoveNode(NodeId id);
}
