using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ltp;

/// <summary>Gives the subnodes of a node.</summary>
internal interface ISubnodeReader
{
    /// <summary>The file.</summary>
    INodeDatabase Database { get; }

    /// <summary>The node's id; of a subnode, private to its parent.</summary>
    NodeId Id { get; }

    /// <summary>Finds a subnode.</summary>
    /// <exception cref="PstException">PstDamaged: the subnode tree cannot be read.</exception>
    bool TryFindSubnode(NodeId id, out SubnodeEntry entry);
}
