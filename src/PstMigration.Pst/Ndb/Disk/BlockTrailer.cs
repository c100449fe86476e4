using System.Buffers.Binary;
using PstMigration.Mapi;

namespace PstMigration.Pst.Ndb.Disk;

/// <summary>
/// BLOCKTRAILER ([MS-PST] 2.2.2.8.1), the last bytes of a block's extent. The CRC covers the stored data only
/// (encoded, compressed), not the padding.
/// <code>
/// ANSI     cb 0 (2)  wSig 2 (2)  bid 4 (4)    dwCRC 8 (4)
/// Unicode  cb 0 (2)  wSig 2 (2)  dwCRC 4 (4)  bid 8 (8)
/// 4K       as Unicode, then 16 (2) = 2, cbInflated 18 (2), 20 (4) = 0
/// </code>
/// </summary>
internal readonly record struct BlockTrailer(ushort Length, ushort Signature, uint Crc, BlockId Id, ushort InflatedLength)
{
    private const ushort Marker4K = 2;

    /// <summary>Reads a trailer; <see cref="InflatedLength"/> equals <see cref="Length"/> where the variant has only one.</summary>
    public static BlockTrailer Read(ReadOnlySpan<byte> trailer, PstLayout layout)
    {
        ushort length = BinaryPrimitives.ReadUInt16LittleEndian(trailer);
        return new BlockTrailer(
            length,
            BinaryPrimitives.ReadUInt16LittleEndian(trailer[2..]),
            BinaryPrimitives.ReadUInt32LittleEndian(trailer[(layout.IsWide ? 4 : 8)..]),
            layout.ReadBlockId(trailer[(layout.IsWide ? 8 : 4)..]),
            layout.MayCompress ? BinaryPrimitives.ReadUInt16LittleEndian(trailer[18..]) : length);
    }

    /// <summary>Writes a trailer.</summary>
    public void Write(Span<byte> trailer, PstLayout layout)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(trailer, Length);
        BinaryPrimitives.WriteUInt16LittleEndian(trailer[2..], Signature);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[(layout.IsWide ? 4 : 8)..], Crc);
        layout.WriteId(trailer[(layout.IsWide ? 8 : 4)..], Id.Value);
        if (layout.MayCompress)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(trailer[16..], Marker4K);
            BinaryPrimitives.WriteUInt16LittleEndian(trailer[18..], InflatedLength);
            BinaryPrimitives.WriteUInt32LittleEndian(trailer[20..], 0);
        }
    }

    /// <summary>
    /// Completes an extent whose first <paramref name="storedLength"/> bytes are the stored data: clears the padding, writes the trailer.
    /// </summary>
    /// <param name="extent">Exactly <see cref="PstLayout.BlockExtent"/> bytes.</param>
    /// <param name="storedLength">Bytes of data as stored.</param>
    /// <param name="inflatedLength">Bytes of data when inflated; the same where the block is not compressed.</param>
    /// <param name="id">The block's id.</param>
    /// <param name="offset">Where the extent will stand in the file.</param>
    /// <param name="layout">The variant.</param>
    public static void Seal(Span<byte> extent, int storedLength, int inflatedLength, BlockId id, long offset, PstLayout layout)
    {
        int trailerOffset = extent.Length - layout.BlockTrailerSize;
        extent[storedLength..trailerOffset].Clear();
        new BlockTrailer(
            checked((ushort)storedLength),
            TrailerSignature.Compute(offset, id),
            MapiCrc.Compute(extent[..storedLength]),
            id,
            checked((ushort)inflatedLength)).Write(extent[trailerOffset..], layout);
    }
}
