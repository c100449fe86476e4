using System;

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
        foreach (int offset in ReferenceOffsets(blocks.Layout, copy, block.Offset))
        {
            BlockId child = blocks.Layout.ReadBlockId(copy.AsSpan(offset));
            blocks.Layout.WriteId(copy.AsSpan(offset), Keep(blocks, child, levels - 1).Value);
        }

        return blocks.WriteInternal(copy);
    }

    // Where an internal block has the ids of others.
    private static int[] ReferenceOffsets(PstLayout layout, byte[] block, long offset)
    {
        bool isData = block.Length >= DataTreeHeader.Size && block[0] == DataTreeHeader.ExpectedType;
        if (!isData && (block.Length < layout.SubnodeHeaderSize || block[0] != SubnodeTreeHeader.ExpectedType))
        {
            throw PstException.Damaged(PstStructure.Block, PstDamageReason.WrongType, offset);
        }

        SubnodeTreeHeader header = SubnodeTreeHeader.Read(block);
        int first = isData ? DataTreeHeader.Size : layout.SubnodeHeaderSize + layout.IdSize;
        int size = isData ? layout.IdSize : header.Level == 0 ? layout.SubnodeEntrySize : layout.SubnodeIndexEntrySize;
        int perEntry = !isData && header.Level == 0 ? 2 : 1;
        if ((isData ? DataTreeHeader.Size : layout.SubnodeHeaderSize) + (header.Count * size) > block.Length)
        {
            throw PstException.Damaged(PstStructure.Block, PstDamageReason.LimitExceeded, offset);
        }

        int[] offsets = new int[header.Count * perEntry];
        for (int i = 0; i < offsets.Length; i++)
        {
            offsets[i] = first + (i / perEntry * size) + (i % perEntry * layout.IdSize);
        }

        return offsets;
    }
}
