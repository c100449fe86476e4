using System.Buffers.Binary;
using System.Runtime.InteropServices;
using PstMigration.Mapi;

namespace PstMigration.Pst.Ltp;

/// <summary>
/// Multi-valued properties ([MS-PST] 2.3.3.4): values of fixed size packed; others as ulCount 0 (4),
/// rgulDataOffsets 4 (4 each, from the start of the item), then the values back to back.
/// </summary>
internal static class MultipleValueWriter
{
    /// <summary>The stored form; no bytes for no values.</summary>
    public static byte[] ToBytes(PropertyType type, Array values) => values switch
    {
        { Length: 0 } => [],
        string[] texts => Pack(texts.Length, i => MemoryMarshal.AsBytes(texts[i].AsSpan())),
        byte[][] blobs => Pack(blobs.Length, i => blobs[i]),
        Guid[] guids => PackGuids(guids),
        long[] bits => PackBits(bits, PropertyTypes.FixedSize(PropertyTypes.Element(type))),
        _ => throw new ArgumentException("Not the values of a multi-valued property.", nameof(values)),
    };

    private delegate ReadOnlySpan<byte> GetBytes(int index);

    private static byte[] Pack(int count, GetBytes get)
    {
        long length = sizeof(uint) * (1L + count);
        for (int i = 0; i < count; i++)
        {
            length += get(i).Length;
        }

        if (length > int.MaxValue)
        {
            throw PstWriteError.ValueTooLarge(length, int.MaxValue);
        }

        byte[] bytes = new byte[length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, count);
        int position = sizeof(uint) * (1 + count);
        for (int i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(sizeof(uint) * (1 + i)), position);
            ReadOnlySpan<byte> value = get(i);
            value.CopyTo(bytes.AsSpan(position));
            position += value.Length;
        }

        return bytes;
    }

    private static byte[] PackGuids(Guid[] values)
    {
        const int Size = 16;
        byte[] bytes = new byte[values.Length * Size];
        for (int i = 0; i < values.Length; i++)
        {
            values[i].ToByteArray().CopyTo(bytes, i * Size);
        }

        return bytes;
    }

    private static byte[] PackBits(long[] values, int size)
    {
        byte[] bytes = new byte[values.Length * size];
        Span<byte> wide = stackalloc byte[sizeof(long)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(wide, values[i]);
            wide[..size].CopyTo(bytes.AsSpan(i * size));
        }

        return bytes;
    }
}
