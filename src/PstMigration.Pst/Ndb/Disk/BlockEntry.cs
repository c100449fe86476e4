using System.Buffers.Binary;

namespace PstMigration.Pst.Ndb.Disk;

/// <summary>
/// BBTENTRY ([MS-PST] 2.2.2.7.7.3): where a block is, its size, how many refer to it (1 + references).
/// <code>
/// ANSI     BREF 0 (8)   cb 8 (2)   cRef 10 (2)
/// Unicode  BREF 0 (16)  cb 16 (2)  cRef 18 (2)        dwPadding 20 (4)
/// 4K       BREF 0 (16)  cb 16 (2)  cbInflated 18 (2)  cRef 20 (2)  padding 22 (2)
/// </code>
/// </summary>
internal readonly record struct BlockEntry(BlockReference Block, ushort Length, ushort InflatedLength, ushort References)
{
    /// <summary>Reads an entry; <see cref="InflatedLength"/> equals <see cref="Length"/> where the variant has only one.</summary>
    public static BlockEntry Read(ReadOnlySpan<byte> source, PstLayout layout)
    {
        ReadOnlySpan<byte> sizes = source[(2 * layout.IdSize)..];
        ushort length = BinaryPrimitives.ReadUInt16LittleEndian(sizes);
        return layout.MayCompress
            ? new(BlockReference.Read(source, layout), length, BinaryPrimitives.ReadUInt16LittleEndian(sizes[2..]), BinaryPrimitives.ReadUInt16LittleEndian(sizes[4..]))
            : new(BlockReference.Read(source, layout), length, length, BinaryPrimitives.ReadUInt16LittleEndian(sizes[2..]));
    }

    public void Write(Span<byte> target, PstLayout layout)
    {
        target[..layout.BlockEntrySize].Clear();
        Block.Write(target, layout);
        Span<byte> sizes = target[(2 * layout.IdSize)..];
        BinaryPrimitives.WriteUInt16LittleEndian(sizes, Length);
        sizes = sizes[2..];
        if (layout.MayCompress)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(sizes, InflatedLength);
            sizes = sizes[2..];
        }

        BinaryPrimitives.WriteUInt16LittleEndian(sizes, References);
    }
}
