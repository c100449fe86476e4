using System.Collections.Generic;

namespace PstMigration.Pst.Ndb.Editing;

/// <summary>What an XBLOCK, XXBLOCK, SLBLOCK or SIBLOCK refers to.</summary>
internal static class InternalBlock
{
    /// <summary>All ids in a block, BID 0 left out, an id as often as it stands there.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public static List<BlockId> ListChildren(in PooledBlock block, PstLayout layout)
    {
        byte type = block.Length < DataTreeHeader.Size ? (byte)0 : block.Data[0];
        return type switch
        {
            DataTreeHeader.ExpectedType => ListDataTree(block, layout),
            SubnodeTreeHeader.ExpectedType => ListSubnodes(block, layout),
            _ => throw PstException.Damaged(PstStructure.Block, PstDamageReason.WrongType, block.Offset),
        };
    }

    private static List<BlockId> ListDataTree(in PooledBlock block, PstLayout layout)
    {
        DataTreeHeader header = DataTreeHeader.Read(block.Data);
        return ListIds(block, header.Count, DataTreeHeader.Size, layout.IdSize, [0], PstStructure.DataTree, layout);
    }

    private static List<BlockId> ListSubnodes(in PooledBlock block, PstLayout layout)
    {
        SubnodeTreeHeader header = SubnodeTreeHeader.Read(block.Data);
        return header.Level == 0
            ? ListIds(
                block, header.Count, layout.SubnodeHeaderSize, layout.SubnodeEntrySize, [layout.IdSize, 2 * layout.IdSize], PstStructure.SubnodeTree, layout)
            : ListIds(block, header.Count, layout.SubnodeHeaderSize, layout.SubnodeIndexEntrySize, [layout.IdSize], PstStructure.SubnodeTree, layout);
    }

    private static List<BlockId> ListIds(
        in PooledBlock block, int count, int start, int entrySize, int[] places, PstStructure structure, PstLayout layout)
    {
        if (start + (count * entrySize) > block.Length)
        {
            throw PstException.Damaged(structure, PstDamageReason.LimitExceeded, block.Offset);
        }

        List<BlockId> ids = new(count * places.Length);
        for (int i = 0; i < count; i++)
        {
            foreach (int place in places)
            {
                BlockId id = layout.ReadBlockId(block.Data[(start + (i * entrySize) + place)..]);
                if (!id.IsNone)
                {
                    ids.Add(id);
                }
            }
        }

        return ids;
    }
}
