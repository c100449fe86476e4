using System.Buffers.Binary;
using System.Runtime.InteropServices;
using PstMigration.Mapi;

namespace PstMigration.Pst.Ltp;

/// <summary>
/// Multi-valued properties ([MS-PST] 2.3.3.4): values of a fixed size are packed; others are a count u32, as many offsets u32 from
/// the start of the item, then the values, each up to the next one's offset or the end.
/// </summary>
internal static class MultiValues
{
    private const int GuidSize = 16;

    /// <summary>Reads the values; false where counts and lengths do not agree.</summary>
    public static bool TryRead(PropertyType type, ReadOnlySpan<byte> item, TextDecoder text, out PropertyValue value)
    {
        Array? values = PropertyTypes.Element(type) switch
        {
            PropertyType.String => ReadVariable(item, TextDecoder.Decode16),
            PropertyType.String8 => ReadVariable(item, text.Decode8),
            PropertyType.Binary => ReadVariable(item, static bytes => bytes.ToArray()),
            PropertyType.Guid => ReadGuids(item),
            PropertyType element => ReadFixed(item, PropertyTypes.FixedSize(element)),
        };
        value = values is null ? default : PropertyValue.FromMultiple(type, values);
        return values is not null;
    }

    /// <summary>A GUID of 16 bytes.</summary>
    public static Guid ReadGuid(ReadOnlySpan<byte> bytes) => MemoryMarshal.Read<Guid>(bytes);

    private delegate T Reader<T>(ReadOnlySpan<byte> bytes);

    private static T[]? ReadVariable<T>(ReadOnlySpan<byte> item, Reader<T> read)
    {
        if (item.Length < sizeof(uint))
        {
            return item.IsEmpty ? [] : null;
        }

        uint count = BinaryPrimitives.ReadUInt32LittleEndian(item);
        if (count > (item.Length / sizeof(uint)) - 1)
        {
            return null;
        }

        T[] values = new T[count];
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> offsets = item[(sizeof(uint) * (i + 1))..];
            uint start = BinaryPrimitives.ReadUInt32LittleEndian(offsets);
            uint end = i + 1 < values.Length ? BinaryPrimitives.ReadUInt32LittleEndian(offsets[sizeof(uint)..]) : (uint)item.Length;
            if (start > end || end > item.Length)
            {
                return null;
            }

            values[i] = read(item[(int)start..(int)end]);
        }

        return values;
    }

    private static Guid[] ReadGuids(ReadOnlySpan<byte> item)
    {
        Guid[] values = new Guid[item.Length / GuidSize];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = ReadGuid(item[(i * GuidSize)..]);
        }

        return values;
    }

    private static long[]? ReadFixed(ReadOnlySpan<byte> item, int size)
    {
        if (size is not (2 or 4 or 8))
        {
            return null;
        }

        long[] values = new long[item.Length / size];
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> bytes = item[(i * size)..];
            values[i] = size switch
            {
                2 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
                4 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
                _ => BinaryPrimitives.ReadInt64LittleEndian(bytes),
            };
        }

        return values;
    }
}
