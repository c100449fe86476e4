using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ndb.Editing;

/// <summary>What an XBLOCK, XXBLOCK, SLBLOCK or SIBLOCK refers to.</summary>
internal static class InternalBlock
{
    /// <summary>Where a block has the ids of others. BID 0 may stand there.</summary>
    /// <param name="block">Its data.</param>
    /// <param name="offset">Where it stands in the file, to name it.</param>
    /// <param name="layout">The variant.</param>
    /// <exception cref="PstException">PstDamaged.</exception>
    public static int[] ReferenceOffsets(ReadOnlySpan<byte> block, long offset, PstLayout layout)
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
