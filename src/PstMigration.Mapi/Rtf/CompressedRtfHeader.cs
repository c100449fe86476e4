using System.Buffers.Binary;

namespace PstMigration.Mapi;

/// <summary>
/// The header of a compressed RTF value ([MS-OXRTFCP] 2.1.3.1).
/// </summary>
/// <remarks>
/// <code>
/// 0  u32  CompressedSize: bytes after this field
/// 4  u32  RawSize: bytes of RTF
/// 8  u32  type: LZFu (0x75465A4C) or MELA (0x414C454D, stored)
/// 12 u32  CRC of the bytes after the header; 0 where stored
/// </code>
/// </remarks>
internal readonly struct CompressedRtfHeader
{
    public const int Size = 16;
    private const uint Lzfu = 0x75465A4C;
    private const uint Mela = 0x414C454D;

    private CompressedRtfHeader(uint compressedSize, uint rawSize, bool isStored, uint crc)
    {
        CompressedSize = compressedSize;
        RawSize = rawSize;
        IsStored = isStored;
        Crc = crc;
    }

    public uint CompressedSize { get; }

    public uint RawSize { get; }

    public bool IsStored { get; }

    public uint Crc { get; }

    public static CompressedRtfHeader Stored(int rawSize) => new((uint)(rawSize + Size - 4), (uint)rawSize, isStored: true, 0);

    public static CompressedRtfHeader Compressed(int bodySize, int rawSize, uint crc) =>
        new((uint)(bodySize + Size - 4), (uint)rawSize, isStored: false, crc);

    public static bool TryRead(ReadOnlySpan<byte> source, out CompressedRtfHeader header)
    {
        header = default;
        if (source.Length < Size)
        {
            return false;
        }

        uint compressedSize = BinaryPrimitives.ReadUInt32LittleEndian(source);
        uint type = BinaryPrimitives.ReadUInt32LittleEndian(source[8..]);
        if (type is not (Lzfu or Mela) || compressedSize < Size - 4)
        {
            return false;
        }

        header = new CompressedRtfHeader(
            compressedSize,
            BinaryPrimitives.ReadUInt32LittleEndian(source[4..]),
            type == Mela,
            BinaryPrimitives.ReadUInt32LittleEndian(source[12..]));
        return true;
    }

    public void Write(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(target, CompressedSize);
        BinaryPrimitives.WriteUInt32LittleEndian(target[4..], RawSize);
        BinaryPrimitives.WriteUInt32LittleEndian(target[8..], IsStored ? Mela : Lzfu);
        BinaryPrimitives.WriteUInt32LittleEndian(target[12..], Crc);
    }
}
