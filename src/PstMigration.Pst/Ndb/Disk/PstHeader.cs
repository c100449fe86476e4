using System.Buffers.Binary;
using PstMigration.Mapi;
using PstMigration.Pst.Ndb.Files;

namespace PstMigration.Pst.Ndb.Disk;

/// <summary>
/// HEADER ([MS-PST] 2.2.2.6) at file offset 0: 512 bytes ANSI, 564 otherwise.
/// <code>
///                     ANSI       Unicode
/// dwMagic "!BDN"       0 (4)      0 (4)
/// dwCRCPartial         4 (4)      4 (4)     of the 471 bytes at 8
/// wMagicClient         8 (2)      8 (2)
/// wVer                10 (2)     10 (2)
/// wVerClient          12 (2)     12 (2)
/// bPlatformCreate     14 (1)     14 (1)
/// bPlatformAccess     15 (1)     15 (1)
/// dwReserved1, 2      16 (8)     16 (8)
/// bidUnused            -         24 (8)
/// bidNextB            24 (4)    516 (8)
/// bidNextP            28 (4)     32 (8)
/// dwUnique            32 (4)     40 (4)
/// rgnid[32]           36 (128)   44 (128)
/// qwUnused             -        172 (8)
/// ROOT               164 (40)   180 (72)
/// dwAlign              -        252 (4)
/// rgbFM, rgbFP       204 (256)  256 (256)
/// bSentinel 0x80     460 (1)    512 (1)
/// bCryptMethod       461 (1)    513 (1)
/// rgbReserved        462 (2)    514 (2)
/// dwCRCFull            -        524 (4)     of the 516 bytes at 8
/// implementation     464 (48)   528 (36)
/// </code>
/// </summary>
internal sealed record PstHeader
{
    /// <summary>Enough bytes to read a header of any variant.</summary>
    public const int MaxSize = 564;

    /// <summary>"!BDN".</summary>
    public const uint Magic = 0x4E444221;

    /// <summary>Elements of rgnid: one per NID type.</summary>
    public const int NodeCounterCount = 32;

    /// <summary>bSentinel.</summary>
    public const byte Sentinel = 0x80;

    /// <summary>Where dwCRCFull stands.</summary>
    public const int WideFullCrc = 524;

    private const int CrcStart = 8;
    private const int PartialCrcLength = 471;
    private const int FullCrcLength = 516;
    private const int WideNextBlock = 516;
    private const int WideUnique = 40;
    private const int NarrowUnique = 32;

    /// <summary>What the file is for.</summary>
    public required PstKind Kind { get; init; }

    /// <summary>wVer.</summary>
    public required int Version { get; init; }

    /// <summary>wVerClient: 19 for a PST, 12 for an OST.</summary>
    public int ClientVersion { get; init; } = 19;

    /// <summary>bidNextB: the id the next block gets; a multiple of 4.</summary>
    public BlockId NextBlock { get; init; }

    /// <summary>bidNextP: the id the next page gets.</summary>
    public BlockId NextPage { get; init; }

    /// <summary>dwUnique: grows with every write of the header.</summary>
    public uint Unique { get; init; }

    /// <summary>rgnid: the highest NID index handed out, by NID type.</summary>
    public uint[] NodeCounters { get; init; } = new uint[NodeCounterCount];

    /// <summary>ROOT.</summary>
    public PstRoot Root { get; init; }

    /// <summary>How blocks are encoded.</summary>
    public PstEncoding Encoding { get; init; }

    /// <summary>What every commit changes: counters and roots ([MS-PST] 2.2.2.6).</summary>
    public string State => FormattableString.Invariant(
        $"{Unique}-{NextBlock.Value}-{NextPage.Value}-{Root.FileLength}-{Root.NodeTree.Id.Value}-{Root.NodeTree.Offset}-{Root.BlockTree.Id.Value}-{Root.BlockTree.Offset}");

    /// <summary>Whether the first bytes are a header of any version.</summary>
    public static bool HasMagic(ReadOnlySpan<byte> source) =>
        source.Length >= 12 && BinaryPrimitives.ReadUInt32LittleEndian(source) == Magic;

    /// <summary>wVer of a header, whose magic was checked.</summary>
    public static int ReadVersion(ReadOnlySpan<byte> source) => BinaryPrimitives.ReadUInt16LittleEndian(source[10..]);

    /// <summary>Reads dwUnique alone; false where the file is too short or no data file.</summary>
    public static bool TryReadGeneration(IFileBytes file, PstLayout layout, out uint generation)
    {
        byte[] bytes = new byte[WideUnique + sizeof(uint)];
        bool isHeader = file.ReadAt(0, bytes) == bytes.Length && HasMagic(bytes);
        generation = isHeader ? BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(layout.IsWide ? WideUnique : NarrowUnique)) : 0;
        return isHeader;
    }

    /// <summary>Reads all fields; nothing is verified.</summary>
    public static PstHeader Read(ReadOnlySpan<byte> source, PstLayout layout)
    {
        uint[] counters = new uint[NodeCounterCount];
        for (int i = 0; i < counters.Length; i++)
        {
            counters[i] = BinaryPrimitives.ReadUInt32LittleEndian(source[(layout.HeaderNodeCounters + (4 * i))..]);
        }

        return new PstHeader
        {
            Kind = (PstKind)BinaryPrimitives.ReadUInt16LittleEndian(source[8..]),
            Version = ReadVersion(source),
            ClientVersion = BinaryPrimitives.ReadUInt16LittleEndian(source[12..]),
            NextBlock = layout.ReadBlockId(source[(layout.IsWide ? WideNextBlock : 24)..]),
            NextPage = layout.ReadBlockId(source[(layout.IsWide ? 32 : 28)..]),
            Unique = BinaryPrimitives.ReadUInt32LittleEndian(source[(layout.IsWide ? WideUnique : NarrowUnique)..]),
            NodeCounters = counters,
            Root = PstRoot.Read(source[layout.HeaderRoot..], layout),
            Encoding = (PstEncoding)source[layout.HeaderSentinel + 1],
        };
    }

    /// <summary>
    /// Writes the fields above, the magic numbers and the checksums. Every other byte stays as it is in <paramref name="target"/>:
    /// Outlook keeps data of its own there. The free maps of a new header have to be filled by the writer (0xFF).
    /// </summary>
    public void Write(Span<byte> target, PstLayout layout)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(target, Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(target[8..], (ushort)Kind);
        BinaryPrimitives.WriteUInt16LittleEndian(target[10..], checked((ushort)Version));
        BinaryPrimitives.WriteUInt16LittleEndian(target[12..], checked((ushort)ClientVersion));
        target[14] = 1;
        target[15] = 1;
        layout.WriteId(target[(layout.IsWide ? WideNextBlock : 24)..], NextBlock.Value);
        layout.WriteId(target[(layout.IsWide ? 32 : 28)..], NextPage.Value);
        BinaryPrimitives.WriteUInt32LittleEndian(target[(layout.IsWide ? WideUnique : NarrowUnique)..], Unique);
        for (int i = 0; i < NodeCounterCount; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(target[(layout.HeaderNodeCounters + (4 * i))..], NodeCounters[i]);
        }

        Root.Write(target[layout.HeaderRoot..], layout);
        target[layout.HeaderSentinel] = Sentinel;
        target[layout.HeaderSentinel + 1] = (byte)Encoding;
        if (layout.IsWide)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(target[WideFullCrc..], MapiCrc.Compute(target.Slice(CrcStart, FullCrcLength)));
        }

        BinaryPrimitives.WriteUInt32LittleEndian(target[4..], MapiCrc.Compute(target.Slice(CrcStart, PartialCrcLength)));
    }

    /// <summary>dwCRCPartial as stored and as it should be.</summary>
    public static (uint Stored, uint Computed) PartialChecksum(ReadOnlySpan<byte> source) =>
        (BinaryPrimitives.ReadUInt32LittleEndian(source[4..]), MapiCrc.Compute(source.Slice(CrcStart, PartialCrcLength)));

    /// <summary>dwCRCFull, which ANSI files do not have, as stored and as it should be.</summary>
    public static (uint Stored, uint Computed) FullChecksum(ReadOnlySpan<byte> source) =>
        (BinaryPrimitives.ReadUInt32LittleEndian(source[WideFullCrc..]), MapiCrc.Compute(source.Slice(CrcStart, FullCrcLength)));

    /// <summary>Whether the checksums the variant has agree with the bytes.</summary>
    public static bool HasValidChecksums(ReadOnlySpan<byte> source, PstLayout layout)
    {
        (uint stored, uint computed) = PartialChecksum(source);
        if (stored != computed || !layout.IsWide)
        {
            return stored == computed;
        }

        (stored, computed) = FullChecksum(source);
        return stored == computed;
    }
}
