using System.Buffers.Binary;

namespace PstMigration.Pst.Ndb.Disk;

/// <summary>
/// SLENTRY ([MS-PST] 2.2.2.8.3.3.1.1): nid (4/8), bidData (4/8), bidSub (4/8). Outlook leaves garbage in the high half of an
/// 8-byte nid; it is masked on reading and written as 0.
/// </summary>
internal readonly record struct SubnodeEntry(NodeId Id, BlockId Data, BlockId Subnodes)
{
    public static SubnodeEntry Read(ReadOnlySpan<byte> source, PstLayout layout) => new(
        new NodeId(BinaryPrimitives.ReadUInt32LittleEndian(source)),
        layout.ReadBlockId(source[layout.IdSize..]),
        layout.ReadBlockId(source[(2 * layout.IdSize)..]));

    public void Write(Span<byte> target, PstLayout layout)
    {
        layout.WriteId(target, Id.Value);
        layout.WriteId(target[layout.IdSize..], Data.Value);
        layout.WriteId(target[(2 * layout.IdSize)..], Subnodes.Value);
    }
}
