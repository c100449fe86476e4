using System.Buffers.Binary;

namespace PstMigration.Mapi;

/// <summary>
/// A list of entry ids in one value ([MS-OXCDATA] 2.3.3), as in <see cref="PropertyTags.ReplyRecipientEntries"/>: count u32,
/// bytes that follow u32, then for each: size u32, the entry id, padding to four bytes.
/// </summary>
public static class FlatEntryList
{
    private const int HeaderSize = 8;

    /// <summary>Reads the entries; of a damaged list those before the damage.</summary>
    public static IReadOnlyList<byte[]> Read(ReadOnlySpan<byte> value)
    {
        List<byte[]> entries = [];
        if (value.Length < HeaderSize)
        {
            return entries;
        }

        uint count = BinaryPrimitives.ReadUInt32LittleEndian(value);
        ReadOnlySpan<byte> rest = value[HeaderSize..];
        while (entries.Count < count && rest.Length >= 4)
        {
            uint size = BinaryPrimitives.ReadUInt32LittleEndian(rest);
            rest = rest[4..];
            if (size > rest.Length)
            {
                break;
            }

            entries.Add(rest[..(int)size].ToArray());
            rest = rest[Math.Min((int)((size + 3) & ~3u), rest.Length)..];
        }

        return entries;
    }

    /// <summary>Writes entries.</summary>
    public static byte[] Write(IReadOnlyList<byte[]> entries)
    {
        if (entries is null)
        {
            throw new ArgumentNullException(nameof(entries));
        }

        int size = HeaderSize;
        foreach (byte[] entry in entries)
        {
            size += 4 + ((entry.Length + 3) & ~3);
        }

        byte[] value = new byte[size];
        BinaryPrimitives.WriteInt32LittleEndian(value, entries.Count);
        BinaryPrimitives.WriteInt32LittleEndian(value.AsSpan(4), size - HeaderSize);
        int at = HeaderSize;
        foreach (byte[] entry in entries)
        {
            BinaryPrimitives.WriteInt32LittleEndian(value.AsSpan(at), entry.Length);
            entry.CopyTo(value, at + 4);
            at += 4 + ((entry.Length + 3) & ~3);
        }

        return value;
    }
}
