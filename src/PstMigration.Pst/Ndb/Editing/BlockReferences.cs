using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ndb.Editing;

/// <summary>References that new internal blocks make to blocks that stay.</summary>
internal static class BlockReferences
{
    // XXBLOCK, XBLOCK, data below a few subnodes; a file that needs more was made to need more.
    private const int MaxCopiedLevels = 16;

    /// <summary>
    /// Counts one more reference to a block, none for BID 0. Where the block's count is full it is copied, and what it refers to is
    /// referred to once more.
    /// </summary>
    /// <returns>The id to refer to.</returns>
    /// <exception cref="PstException">PstDamaged: the block had to be copied and cannot be read.</exception>
    public static BlockId Keep(IBlockStore blocks, BlockId id) => Keep(blocks, id, MaxCopiedLevels);

    private static BlockId Keep(IBlockStore blocks, BlockId id, int levels)
    {
        if (id.IsNone || blocks.TryAddReference(id))
        {
            return id;
        }

        using PooledBlock block = blocks.ReadBlock(id);
        if (!id.IsInternal)
        {
            return blocks.WriteData(block.Data);
        }

        if (levels == 0)
        {
            throw PstException.Damaged(PstStructure.DataTree, PstDamageReason.LimitExceeded, block.Offset);
        }

        byte[] copy = block.Data.ToArray();
        foreach (int offset in InternalBlock.ReferenceOffsets(copy, block.Offset, blocks.Layout))
        {
            BlockId child = blocks.Layout.ReadBlockId(copy.AsSpan(offset));
            blocks.Layout.WriteId(copy.AsSpan(offset), Keep(blocks, child, levels - 1).Value);
        }

        return blocks.WriteInternal(copy);
    }
}
