using System.Buffers.Binary;

namespace PstMigration.Pst.Ltp;

/// <summary>
/// BTHHEADER ([MS-PST] 2.3.2.1): bType 0 (1) = 0xB5, cbKey 1 (1), cbEnt 2 (1), bIdxLevels 3 (1), hidRoot 4 (4).
/// Leaves hold key + entry, the levels above key + HID.
/// </summary>
internal readonly record struct BTreeOnHeapHeader(byte Type, byte KeySize, byte EntrySize, byte Levels, HeapId Root)
{
    /// <summary>Bytes of the structure.</summary>
    public const int Size = 8;

    /// <summary>bType.</summary>
    public const byte ExpectedType = 0xB5;

    public static BTreeOnHeapHeader Read(ReadOnlySpan<byte> source) =>
        new(source[0], source[1], source[2], source[3], new HeapId(BinaryPrimitives.ReadUInt32LittleEndian(source[4..])));

    public void Write(Span<byte> target)
    {
        target[0] = Type;
        target[1] = KeySize;
        target[2] = EntrySize;
        target[3] = Levels;
        BinaryPrimitives.WriteUInt32LittleEndian(target[4..], Root.Value);
    }
}
