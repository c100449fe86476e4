using System.Buffers.Binary;

namespace PstMigration.Pst.Ndb.Disk;

/// <summary>
/// Everything in which the three file variants differ: sizes, offsets and limits ([MS-PST] 2.2.2). There is one value per
/// variant; the code that reads and writes is the same for all.
/// </summary>
internal sealed class PstLayout
{
    /// <summary>wVer 14 and 15.</summary>
    public static readonly PstLayout Ansi = new()
    {
        Format = PstFormat.Ansi,
        IdSize = 4,
        HeaderSize = 512,
        HeaderNodeCounters = 36,
        HeaderRoot = 164,
        HeaderFreeMaps = 204,
        HeaderSentinel = 460,
        PageSize = 512,
        PageTrailerSize = 12,
        BTreeMetaOffset = 496,
        NodeEntrySize = 16,
        BlockEntrySize = 12,
        BlockAlignment = 64,
        BlockTrailerSize = 12,
        MaxBlockSize = 8192,
        SubnodeHeaderSize = 4,
        MapOffset = 4,
        MapSize = 496,
        DensityListOffset = 0x4200,
        FirstAMapOffset = 0x4400,
        HeapIndexBits = 11,
        RowIndexEntrySize = 2,
    };

    /// <summary>wVer 21 and 23.</summary>
    public static readonly PstLayout Unicode = new()
    {
        Format = PstFormat.Unicode,
        IdSize = 8,
        HeaderSize = 564,
        HeaderNodeCounters = 44,
        HeaderRoot = 180,
        HeaderFreeMaps = 256,
        HeaderSentinel = 512,
        PageSize = 512,
        PageTrailerSize = 16,
        BTreeMetaOffset = 488,
        NodeEntrySize = 32,
        BlockEntrySize = 24,
        BlockAlignment = 64,
        BlockTrailerSize = 16,
        MaxBlockSize = 8192,
        SubnodeHeaderSize = 8,
        MapOffset = 0,
        MapSize = 496,
        DensityListOffset = 0x4200,
        FirstAMapOffset = 0x4400,
        HeapIndexBits = 11,
        RowIndexEntrySize = 4,
    };

    /// <summary>wVer 36.</summary>
    public static readonly PstLayout Unicode4K = new()
    {
        Format = PstFormat.Unicode4K,
        IdSize = 8,
        HeaderSize = 564,
        HeaderNodeCounters = 44,
        HeaderRoot = 180,
        HeaderFreeMaps = 256,
        HeaderSentinel = 512,
        PageSize = 4096,
        PageTrailerSize = 24,
        BTreeMetaOffset = 4056,
        NodeEntrySize = 32,
        BlockEntrySize = 24,
        BlockAlignment = 512,
        BlockTrailerSize = 24,
        MaxBlockSize = 65536,
        SubnodeHeaderSize = 8,
        MapOffset = 0,
        MapSize = 4072,
        DensityListOffset = 0x21000,
        FirstAMapOffset = 0x22000,
        HeapIndexBits = 14,
        RowIndexEntrySize = 4,
    };

    private PstLayout()
    {
    }

    /// <summary>The variant.</summary>
    public required PstFormat Format { get; init; }

    /// <summary>Bytes of a BID, a file offset, a NID in a tree.</summary>
    public required int IdSize { get; init; }

    /// <summary>Bytes of the header.</summary>
    public required int HeaderSize { get; init; }

    /// <summary>Where rgnid[32] stands in the header.</summary>
    public required int HeaderNodeCounters { get; init; }

    /// <summary>Where ROOT stands in the header.</summary>
    public required int HeaderRoot { get; init; }

    /// <summary>Where rgbFM and rgbFP, 128 bytes each, stand in the header.</summary>
    public required int HeaderFreeMaps { get; init; }

    /// <summary>Where bSentinel stands in the header; bCryptMethod follows it.</summary>
    public required int HeaderSentinel { get; init; }

    /// <summary>Bytes of a page.</summary>
    public required int PageSize { get; init; }

    /// <summary>Bytes of a page trailer.</summary>
    public required int PageTrailerSize { get; init; }

    /// <summary>Bytes of the entries of a BTPAGE; its cEnt, cEntMax, cbEnt and cLevel follow.</summary>
    public required int BTreeMetaOffset { get; init; }

    /// <summary>Bytes of an NBTENTRY.</summary>
    public required int NodeEntrySize { get; init; }

    /// <summary>Bytes of a BBTENTRY.</summary>
    public required int BlockEntrySize { get; init; }

    /// <summary>Blocks start at multiples of this; one AMap bit stands for as many bytes.</summary>
    public required int BlockAlignment { get; init; }

    /// <summary>Bytes of a block trailer.</summary>
    public required int BlockTrailerSize { get; init; }

    /// <summary>Bytes of the largest block with its trailer.</summary>
    public required int MaxBlockSize { get; init; }

    /// <summary>Bytes before the entries of an SLBLOCK or SIBLOCK.</summary>
    public required int SubnodeHeaderSize { get; init; }

    /// <summary>Where the bits start in an AMap, PMap, FMap or FPMap page.</summary>
    public required int MapOffset { get; init; }

    /// <summary>Bytes of bits in an AMap page.</summary>
    public required int MapSize { get; init; }

    /// <summary>File offset of the density list page.</summary>
    public required long DensityListOffset { get; init; }

    /// <summary>File offset of the first AMap page.</summary>
    public required long FirstAMapOffset { get; init; }

    /// <summary>Bits of the index in a HID; the rest above is the block number.</summary>
    public required int HeapIndexBits { get; init; }

    /// <summary>Bytes of a row number in a table's row index, as Outlook writes it.</summary>
    public required int RowIndexEntrySize { get; init; }

    /// <summary>Bytes of an intermediate B-tree entry: key, BID, offset.</summary>
    public int BTreeEntrySize => 3 * IdSize;

    /// <summary>Bytes of an SLENTRY: NID, data BID, subnode BID.</summary>
    public int SubnodeEntrySize => 3 * IdSize;

    /// <summary>Bytes of an SIENTRY: NID, BID.</summary>
    public int SubnodeIndexEntrySize => 2 * IdSize;

    /// <summary>Where the trailer stands in a page; also the number of bytes its CRC covers.</summary>
    public int PageTrailerOffset => PageSize - PageTrailerSize;

    /// <summary>The largest number of data bytes in a block.</summary>
    public int MaxBlockData => MaxBlockSize - BlockTrailerSize;

    /// <summary>Bytes one AMap page describes, itself included: the size of a region.</summary>
    public long AMapCoverage => (long)MapSize * 8 * BlockAlignment;

    /// <summary>The largest number of ids in an XBLOCK or XXBLOCK.</summary>
    public int MaxDataTreeEntries => (MaxBlockData - DataTreeHeader.Size) / IdSize;

    /// <summary>The largest number of entries in an SLBLOCK.</summary>
    public int MaxSubnodeEntries => (MaxBlockData - SubnodeHeaderSize) / SubnodeEntrySize;

    /// <summary>The largest number of entries in an SIBLOCK.</summary>
    public int MaxSubnodeIndexEntries => (MaxBlockData - SubnodeHeaderSize) / SubnodeIndexEntrySize;

    /// <summary>Whether ids and offsets have 64 bits.</summary>
    public bool IsWide => IdSize == 8;

    /// <summary>Whether blocks may be compressed and the BBT holds two sizes.</summary>
    public bool MayCompress => Format == PstFormat.Unicode4K;

    /// <summary>
    /// The most bytes the values in a file can have together that share no blocks: no more than the file where blocks are stored as they are; of compressed ones, as many full blocks as have room in it.
    /// </summary>
    public long MaxValueLength(long fileLength) => MayCompress ? ((fileLength / BlockAlignment) + 1) * MaxBlockData : fileLength;

    /// <summary>The layout of a wVer; null where no reader knows it. 37 is 23 written where Windows Information Protection is known.</summary>
    public static PstLayout? ForVersion(int version) => version switch
    {
        14 or 15 => Ansi,
        21 or 23 or 37 => Unicode,
        36 => Unicode4K,
        _ => null,
    };

    /// <summary>The layout of a variant.</summary>
    public static PstLayout For(PstFormat format) => format switch
    {
        PstFormat.Ansi => Ansi,
        PstFormat.Unicode => Unicode,
        PstFormat.Unicode4K => Unicode4K,
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    /// <summary>Bytes a block occupies: data, padding, trailer.</summary>
    public int BlockExtent(int storedLength) =>
        (storedLength + BlockTrailerSize + BlockAlignment - 1) / BlockAlignment * BlockAlignment;

    /// <summary>Reads an id of the variant's width.</summary>
    public ulong ReadId(ReadOnlySpan<byte> source) =>
        IdSize == 8 ? BinaryPrimitives.ReadUInt64LittleEndian(source) : BinaryPrimitives.ReadUInt32LittleEndian(source);

    /// <summary>Writes an id of the variant's width.</summary>
    public void WriteId(Span<byte> target, ulong value)
    {
        if (IdSize == 8)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(target, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(target, checked((uint)value));
        }
    }

    /// <summary>Reads a block id.</summary>
    public BlockId ReadBlockId(ReadOnlySpan<byte> source) => new(ReadId(source));

    /// <summary>Reads a file offset; one beyond 2^63 comes out negative and is refused where offsets are checked.</summary>
    public long ReadOffset(ReadOnlySpan<byte> source) => (long)ReadId(source);
}
