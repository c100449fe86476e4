using System.Buffers.Binary;

namespace PstMigration.Pst.Ltp;

/// <summary>The records of one item of a BTH ([MS-PST] 2.3.2): keys of two or four bytes, each with an entry or, above the leaves, a HID.</summary>
internal readonly ref struct BTreeRecords(ReadOnlySpan<byte> bytes, int keySize, int recordSize)
{
    /// <summary>Bytes of the HID in a record of an index item.</summary>
    public const int HeapIdSize = 4;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Whole records.</summary>
    public int Count => _bytes.Length / recordSize;

    /// <summary>Reads a key.</summary>
    public static uint ReadKey(ReadOnlySpan<byte> source, int keySize) => keySize == sizeof(ushort)
        ? BinaryPrimitives.ReadUInt16LittleEndian(source)
        : BinaryPrimitives.ReadUInt32LittleEndian(source);

    /// <summary>Writes a key.</summary>
    public static void WriteKey(Span<byte> target, int keySize, uint key)
    {
        if (keySize == sizeof(ushort))
        {
            BinaryPrimitives.WriteUInt16LittleEndian(target, (ushort)key);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(target, key);
        }
    }

    /// <summary>The key of a record.</summary>
    public uint Key(int index) => ReadKey(_bytes[(index * recordSize)..], keySize);

    /// <summary>The entry of a record.</summary>
    public ReadOnlySpan<byte> Entry(int index) => _bytes.Slice((index * recordSize) + keySize, recordSize - keySize);

    /// <summary>The item a record of an index item refers to.</summary>
    public HeapId Child(int index) => new(BinaryPrimitives.ReadUInt32LittleEndian(Entry(index)));

    /// <summary>The last record whose key is not above <paramref name="key"/>; -1 for none.</summary>
    public int FindLast(uint key)
    {
        int low = 0;
        int high = Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >> 1;
            if (Key(middle) <= key)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return high;
    }
}
