using System.Buffers.Binary;
using PstMigration.Mapi;

namespace PstMigration.Pst.Ltp;

/// <summary>
/// TCOLDESC ([MS-PST] 2.3.4.2): tag 0 (4), ibData 4 (2), cbData 6 (1), iBit 7 (1). A row has the cell if bit iBit, counted from the
/// highest of each byte, of the row's existence bits is set.
/// </summary>
internal readonly record struct TableColumn(PropertyTag Tag, ushort Offset, byte Length, byte Bit)
{
    /// <summary>Bytes of the structure.</summary>
    public const int Size = 8;

    public static TableColumn Read(ReadOnlySpan<byte> source) => new(
        new PropertyTag(BinaryPrimitives.ReadUInt32LittleEndian(source)),
        BinaryPrimitives.ReadUInt16LittleEndian(source[4..]),
        source[6],
        source[7]);

    public void Write(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(target, Tag.Value);
        BinaryPrimitives.WriteUInt16LittleEndian(target[4..], Offset);
        target[6] = Length;
        target[7] = Bit;
    }
}
