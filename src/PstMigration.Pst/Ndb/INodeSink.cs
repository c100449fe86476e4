using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ndb;

/// <summary>Takes nodes, in a new file or in one that is changed: what everything that writes messages and tables writes to.</summary>
internal interface INodeSink
{
    /// <summary>Where the nodes' blocks go.</summary>
    IBlockSink Blocks { get; }

    /// <summary>Hands out node ids.</summary>
    NodeCounters Counters { get; }

    /// <summary>The next value of dwUnique, which Outlook gives to table rows as their version.</summary>
    uint NextUnique();

    /// <summary>Enters a node in the NBT.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="node">Its blocks.</param>
    /// <param name="parent">The folder it is in; none for nodes that are no folder and no item.</param>
    void AddNode(NodeId id, WrittenNode node, NodeId parent = default);
}
