using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ndb.Blocks;

/// <summary>
/// The blocks of a file that is changed. Blocks are never changed: another is written and the old one released. A block that was
/// just written counts as referred to once; every further reference is told by <see cref="IBlockSink.TryAddReference"/>.
/// </summary>
internal interface IBlockStore : IBlockSink
{
    /// <summary>Reads a block's data, decoded; also one that was written and is not committed yet.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    PooledBlock ReadBlock(BlockId id);

    /// <summary>
    /// Takes one reference away; none for BID 0. A block nobody refers to any more is gone with the next commit, and an internal one lets
    /// go of what it refers to.
    /// </summary>
    /// <exception cref="PstException">PstDamaged: what an internal block refers to cannot be read.</exception>
    void Release(BlockId id);
}
