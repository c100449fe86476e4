using System.Buffers.Binary;

namespace PstMigration.Pst.Ndb.Disk;

/// <summary>
/// NBTENTRY ([MS-PST] 2.2.2.7.7.4): a node, its data, its subnodes, its folder.
/// <code>
/// ANSI     nid 0 (4)  bidData 4 (4)  bidSub 8 (4)   nidParent 12 (4)
/// Unicode  nid 0 (8)  bidData 8 (8)  bidSub 16 (8)  nidParent 24 (4)  dwPadding 28 (4)
/// </code>
/// </summary>
internal readonly record struct NodeEntry(NodeId Id, BlockId Data, BlockId Subnodes, NodeId Parent)
{
    public static NodeEntry Read(ReadOnlySpan<byte> source, PstLayout layout)
    {
        int w = layout.IdSize;
        return new NodeEntry(
            new NodeId(BinaryPrimitives.ReadUInt32LittleEndian(source)),
            layout.ReadBlockId(source[w..]),
            layout.ReadBlockId(source[(2 * w)..]),
            new NodeId(BinaryPrimitives.ReadUInt32LittleEndian(source[(3 * w)..])));
    }

    public void Write(Span<byte> target, PstLayout layout)
    {
        int w = layout.IdSize;
        target[..layout.NodeEntrySize].Clear();
        layout.WriteId(target, Id.Value);
        layout.WriteId(target[w..], Data.Value);
        layout.WriteId(target[(2 * w)..], Subnodes.Value);
        BinaryPrimitives.WriteUInt32LittleEndian(target[(3 * w)..], Parent.Value);
    }
}
