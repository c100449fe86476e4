using System.Buffers.Binary;

namespace PstMigration.Pst.Ndb.Disk;

/// <summary>
/// ROOT ([MS-PST] 2.2.2.5), part of the header.
/// <code>
///                ANSI    Unicode
/// dwReserved      0 (4)   0 (4)
/// ibFileEof       4 (4)   4 (8)
/// ibAMapLast      8 (4)  12 (8)
/// cbAMapFree     12 (4)  20 (8)
/// cbPMapFree     16 (4)  28 (8)
/// BREFNBT        20 (8)  36 (16)
/// BREFBBT        28 (8)  52 (16)
/// fAMapValid     36 (1)  68 (1)
/// bReserved      37 (1)  69 (1)
/// wReserved      38 (2)  70 (2)
/// </code>
/// </summary>
internal readonly record struct PstRoot(
    long FileLength,
    long LastAMapOffset,
    long AMapFreeBytes,
    long PMapFreeBytes,
    BlockReference NodeTree,
    BlockReference BlockTree,
    AMapValidity AMapValidity)
{
    public static PstRoot Read(ReadOnlySpan<byte> source, PstLayout layout)
    {
        int w = layout.IdSize;
        ReadOnlySpan<byte> s = source[4..];
        return new PstRoot(
            layout.ReadOffset(s),
            layout.ReadOffset(s[w..]),
            layout.ReadOffset(s[(2 * w)..]),
            layout.ReadOffset(s[(3 * w)..]),
            BlockReference.Read(s[(4 * w)..], layout),
            BlockReference.Read(s[(6 * w)..], layout),
            (AMapValidity)s[8 * w]);
    }

    public void Write(Span<byte> target, PstLayout layout)
    {
        int w = layout.IdSize;
        BinaryPrimitives.WriteUInt32LittleEndian(target, 0);
        Span<byte> t = target[4..];
        layout.WriteId(t, (ulong)FileLength);
        layout.WriteId(t[w..], (ulong)LastAMapOffset);
        layout.WriteId(t[(2 * w)..], (ulong)AMapFreeBytes);
        layout.WriteId(t[(3 * w)..], (ulong)PMapFreeBytes);
        NodeTree.Write(t[(4 * w)..], layout);
        BlockTree.Write(t[(6 * w)..], layout);
        t[8 * w] = (byte)AMapValidity;
        t.Slice((8 * w) + 1, 3).Clear();
    }
}
