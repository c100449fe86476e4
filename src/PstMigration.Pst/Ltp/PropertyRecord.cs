using System.Buffers.Binary;
using PstMigration.Mapi;

namespace PstMigration.Pst.Ltp;

/// <summary>
/// A record of a property context's BTH ([MS-PST] 2.3.3.3): wPropId 0 (2), wPropType 2 (2), dwValueHnid 4 (4), which is the
/// value itself for types of four bytes or less.
/// </summary>
internal readonly record struct PropertyRecord(PropertyTag Tag, uint Value)
{
    /// <summary>Bytes of the structure.</summary>
    public const int Size = 8;

    /// <summary>cbKey of the BTH.</summary>
    public const int KeySize = 2;

    public static PropertyRecord Read(ReadOnlySpan<byte> source) => new(
        new PropertyTag(BinaryPrimitives.ReadUInt16LittleEndian(source), (PropertyType)BinaryPrimitives.ReadUInt16LittleEndian(source[2..])),
        BinaryPrimitives.ReadUInt32LittleEndian(source[4..]));

    public void Write(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(target, Tag.Id);
        BinaryPrimitives.WriteUInt16LittleEndian(target[2..], (ushort)Tag.Type);
        BinaryPrimitives.WriteUInt32LittleEndian(target[4..], Value);
    }
}
