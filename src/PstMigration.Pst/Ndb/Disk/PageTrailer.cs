using System.Buffers.Binary;
using PstMigration.Mapi;

namespace PstMigration.Pst.Ndb.Disk;

/// <summary>
/// PAGETRAILER ([MS-PST] 2.2.2.7.1), the last bytes of a page. The CRC covers everything before it.
/// <code>
/// ANSI     ptype 0 (1)  ptypeRepeat 1 (1)  wSig 2 (2)  bid 4 (4)    dwCRC 8 (4)
/// Unicode  ptype 0 (1)  ptypeRepeat 1 (1)  wSig 2 (2)  dwCRC 4 (4)  bid 8 (8)
/// 4K       as Unicode, then 16 (8) = 1
/// </code>
/// </summary>
internal readonly record struct PageTrailer(PageType Type, PageType TypeRepeat, ushort Signature, uint Crc, BlockId Id)
{
    /// <summary>Reads the trailer of a whole page.</summary>
    public static PageTrailer Read(ReadOnlySpan<byte> page, PstLayout layout)
    {
        ReadOnlySpan<byte> t = page.Slice(layout.PageTrailerOffset, layout.PageTrailerSize);
        return new PageTrailer(
            (PageType)t[0],
            (PageType)t[1],
            BinaryPrimitives.ReadUInt16LittleEndian(t[2..]),
            BinaryPrimitives.ReadUInt32LittleEndian(t[(layout.IsWide ? 4 : 8)..]),
            layout.ReadBlockId(t[(layout.IsWide ? 8 : 4)..]));
    }

    /// <summary>Writes the trailer into a whole page.</summary>
    public void Write(Span<byte> page, PstLayout layout)
    {
        Span<byte> t = page.Slice(layout.PageTrailerOffset, layout.PageTrailerSize);
        t[0] = (byte)Type;
        t[1] = (byte)TypeRepeat;
        BinaryPrimitives.WriteUInt16LittleEndian(t[2..], Signature);
        BinaryPrimitives.WriteUInt32LittleEndian(t[(layout.IsWide ? 4 : 8)..], Crc);
        layout.WriteId(t[(layout.IsWide ? 8 : 4)..], Id.Value);
        if (layout.Format == PstFormat.Unicode4K)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(t[16..], 1);
        }
    }

    /// <summary>Gives a page whose content is complete its trailer. Map pages are named by their own offset and carry no signature.</summary>
    public static void Seal(Span<byte> page, PageType type, BlockId id, long offset, PstLayout layout)
    {
        bool isMap = type is PageType.AMap or PageType.PMap or PageType.FMap or PageType.FPMap;
        uint crc = MapiCrc.Compute(page[..layout.PageTrailerOffset]);
        PageTrailer trailer = isMap
            ? new(type, type, 0, crc, new BlockId((ulong)offset))
            : new(type, type, TrailerSignature.Compute(offset, id), crc, id);
        trailer.Write(page, layout);
    }
}
