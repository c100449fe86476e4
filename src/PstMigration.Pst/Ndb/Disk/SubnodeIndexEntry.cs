using System.Buffers.Binary;

namespace PstMigration.Pst.Ndb.Disk;

/// <summary>SIENTRY ([MS-PST] 2.2.2.8.3.3.2.1): nid (4/8), the smallest in the child; bid (4/8) of the SLBLOCK.</summary>
internal readonly record struct SubnodeIndexEntry(NodeId Id, BlockId Child)
{
    public static SubnodeIndexEntry Read(ReadOnlySpan<byte> source, PstLayout layout) => new(
        new NodeId(BinaryPrimitives.ReadUInt32LittleEndian(source)),
        layout.ReadBlockId(source[layout.IdSize..]));

    public void Write(Span<byte> target, PstLayout layout)
    {
        layout.WriteId(target, Id.Value);
        layout.WriteId(target[layout.IdSize..], Child.Value);
    }
}
