using System.Buffers.Binary;

namespace PstMigration.Pst.Ndb.Disk;

/// <summary>
/// Head of an XBLOCK (level 1: the ids are data blocks) or XXBLOCK (level 2: the ids are XBLOCKs), MS-PST 2.2.2.8.3.2:
/// btype 0 (1) = 1, cLevel 1 (1), cEnt 2 (2), lcbTotal 4 (4), then cEnt ids of 4/8 bytes.
/// </summary>
internal readonly record struct DataTreeHeader(byte BlockType, byte Level, ushort Count, uint TotalLength)
{
    /// <summary>Bytes before the ids, in every variant.</summary>
    public const int Size = 8;

    /// <summary>The btype of an XBLOCK or XXBLOCK.</summary>
    public const byte ExpectedType = 1;

    public static DataTreeHeader Read(ReadOnlySpan<byte> source) => new(
        source[0],
        source[1],
        BinaryPrimitives.ReadUInt16LittleEndian(source[2..]),
        BinaryPrimitives.ReadUInt32LittleEndian(source[4..]));

    public void Write(Span<byte> target)
    {
        target[0] = BlockType;
        target[1] = Level;
        BinaryPrimitives.WriteUInt16LittleEndian(target[2..], Count);
        BinaryPrimitives.WriteUInt32LittleEndian(target[4..], TotalLength);
    }
}
