using System.Buffers.Binary;

namespace PstMigration.Pst.Ltp;

/// <summary>
/// TCINFO ([MS-PST] 2.3.4.1): bType 0 (1) = 0x7C, cCols 1 (1), rgib 2 (4 x 2), hidRowIndex 10 (4), hnidRows 14 (4), hidIndex 18 (4) = 0,
/// then cCols TCOLDESCs. rgib are the ends of the cells of 4 and 8 bytes, of 2 bytes, of 1 byte, and of the row.
/// </summary>
internal readonly record struct TableHeader(
    byte Type,
    byte ColumnCount,
    ushort EndOf4Byte,
    ushort EndOf2Byte,
    ushort EndOf1Byte,
    ushort RowSize,
    HeapId RowIndex,
    HeapOrNodeId Rows)
{
    /// <summary>Bytes before the TCOLDESCs.</summary>
    public const int Size = 22;

    /// <summary>bType.</summary>
    public const byte ExpectedType = 0x7C;

    public static TableHeader Read(ReadOnlySpan<byte> source) => new(
        source[0],
        source[1],
        BinaryPrimitives.ReadUInt16LittleEndian(source[2..]),
        BinaryPrimitives.ReadUInt16LittleEndian(source[4..]),
        BinaryPrimitives.ReadUInt16LittleEndian(source[6..]),
        BinaryPrimitives.ReadUInt16LittleEndian(source[8..]),
        new HeapId(BinaryPrimitives.ReadUInt32LittleEndian(source[10..])),
        new HeapOrNodeId(BinaryPrimitives.ReadUInt32LittleEndian(source[14..])));

    public void Write(Span<byte> target)
    {
        target[0] = Type;
        target[1] = ColumnCount;
        BinaryPrimitives.WriteUInt16LittleEndian(target[2..], EndOf4Byte);
        BinaryPrimitives.WriteUInt16LittleEndian(target[4..], EndOf2Byte);
        BinaryPrimitives.WriteUInt16LittleEndian(target[6..], EndOf1Byte);
        BinaryPrimitives.WriteUInt16LittleEndian(target[8..], RowSize);
        BinaryPrimitives.WriteUInt32LittleEndian(target[10..], RowIndex.Value);
        BinaryPrimitives.WriteUInt32LittleEndian(target[14..], Rows.Value);
        BinaryPrimitives.WriteUInt32LittleEndian(target[18..], 0);
    }
}
