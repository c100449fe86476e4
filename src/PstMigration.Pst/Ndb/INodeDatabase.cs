using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ndb;

/// <summary>Nodes by NID and blocks by BID, of a file as it lies on the disk or as a writer is about to leave it.</summary>
internal interface INodeDatabase
{
    /// <summary>The variant of the file.</summary>
    PstLayout Layout { get; }

    /// <summary>The header.</summary>
    PstHeader Header { get; }

    /// <summary>Where damage that was met is recorded.</summary>
    DamageLog Damage { get; }

    /// <summary>Whether damaged items are read as far as they can be; see <see cref="PstOpenOptions.AcceptDamage"/>.</summary>
    bool AcceptDamage { get; }

    /// <summary>Bytes in the file.</summary>
    long FileLength { get; }

    /// <summary>The most bytes a value in this file can have.</summary>
    long MaxValueLength { get; }

    /// <summary>Finds a node.</summary>
    /// <exception cref="PstException">PstDamaged: the tree cannot be read there.</exception>
    bool TryFindNode(NodeId id, out NodeEntry node);

    /// <summary>Finds a block.</summary>
    /// <exception cref="PstException">PstDamaged: there is no such block.</exception>
    BlockEntry FindBlock(BlockId id);

    /// <summary>Reads a block's data, decoded and inflated.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    PooledBlock ReadBlock(BlockId id);

    /// <summary>All nodes, in NID order as far as the tree can be read.</summary>
    IEnumerable<NodeEntry> EnumerateNodes();
}
