using System.Buffers.Binary;

namespace PstMigration.Pst.Ltp;

/// <summary>
/// HNHDR ([MS-PST] 2.3.1.2), start of a heap's first block: ibHnpm 0 (2), bSig 2 (1) = 0xEC, bClientSig 3 (1), hidUserRoot 4 (4),
/// rgbFillLevel 8 (4). Blocks 8, 136, 264 ... start with HNBITMAPHDR (2.3.1.4: ibHnpm, 64 bytes of fill levels), all other
/// blocks with HNPAGEHDR (2.3.1.3: ibHnpm).
/// </summary>
internal readonly record struct HeapHeader(ushort PageMapOffset, byte Signature, HeapSignature Client, HeapId Root, uint FillLevels)
{
    /// <summary>Bytes of HNHDR.</summary>
    public const int Size = 12;

    /// <summary>bSig.</summary>
    public const byte ExpectedSignature = 0xEC;

    /// <summary>Bytes of HNPAGEHDR.</summary>
    public const int PageHeaderSize = 2;

    /// <summary>Bytes of HNBITMAPHDR.</summary>
    public const int BitmapHeaderSize = 66;

    // HNHDR has the levels of blocks 0 to 7, the first HNBITMAPHDR is in the block after them.
    private const int FirstBitmapBlock = 8;
    private const int BitmapInterval = 128;
    private const int FirstLevelsOffset = 8;

    /// <summary>Bytes before the first item of a block.</summary>
    public static int SizeOf(int block) => block == 0 ? Size
        : block % BitmapInterval == FirstBitmapBlock ? BitmapHeaderSize
        : PageHeaderSize;

    /// <summary>The block whose header has the fill level of a block, itself perhaps.</summary>
    public static int LevelsBlock(int block) =>
        block < FirstBitmapBlock ? 0 : block - ((block - FirstBitmapBlock) % BitmapInterval);

    /// <summary>The fill levels in the header of such a block, whose first element is its own.</summary>
    public static Span<byte> Levels(int levelsBlock, Span<byte> header) => header[(levelsBlock == 0 ? FirstLevelsOffset : PageHeaderSize)..];

    /// <summary>The first block whose level stands in another header than those of the blocks up to that of <paramref name="levelsBlock"/>.</summary>
    public static int NextLevelsBlock(int levelsBlock) => levelsBlock == 0 ? FirstBitmapBlock : levelsBlock + BitmapInterval;

    public static HeapHeader Read(ReadOnlySpan<byte> source) => new(
        BinaryPrimitives.ReadUInt16LittleEndian(source),
        source[2],
        (HeapSignature)source[3],
        new HeapId(BinaryPrimitives.ReadUInt32LittleEndian(source[4..])),
        BinaryPrimitives.ReadUInt32LittleEndian(source[8..]));

    public void Write(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(target, PageMapOffset);
        target[2] = Signature;
        target[3] = (byte)Client;
        BinaryPrimitives.WriteUInt32LittleEndian(target[4..], Root.Value);
        BinaryPrimitives.WriteUInt32LittleEndian(target[8..], FillLevels);
    }
}
