using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// PidTagReplyRecipientEntries, a FlatEntryList ([MS-OXCDATA] 2.3.3): count u32, bytes u32, then for each entry its size u32
/// and the entry id, filled up to a multiple of four.
/// </summary>
internal static class ReplyTo
{
    private const int HeaderSize = 8;
    private const int MostEntries = 1000;

    /// <summary>The one-off entries; of the others only that they are there (null).</summary>
    public static IReadOnlyList<OneOffEntryId?> Read(ReadOnlySpan<byte> list)
    {
        List<OneOffEntryId?> entries = [];
        if (list.Length < HeaderSize)
        {
            return entries;
        }

        uint count = Math.Min(MostEntries, BinaryPrimitives.ReadUInt32LittleEndian(list));
        ReadOnlySpan<byte> rest = list[HeaderSize..];
        for (uint i = 0; i < count && rest.Length >= 4; i++)
        {
            uint size = BinaryPrimitives.ReadUInt32LittleEndian(rest);
            if (size > rest.Length - 4)
            {
                break;
            }

            entries.Add(OneOffEntryId.TryRead(rest.Slice(4, (int)size), out OneOffEntryId entry) ? entry : null);
            rest = rest[Math.Min(rest.Length, 4 + (int)((size + 3) & ~3u))..];
        }

        return entries;
    }

    /// <summary>Writes a list of one-off entries.</summary>
    public static byte[] Write(IReadOnlyList<OneOffEntryId> entries)
    {
        List<byte> body = [];
        byte[] number = new byte[4];
        foreach (OneOffEntryId entry in entries)
        {
            byte[] id = entry.ToArray();
            BinaryPrimitives.WriteUInt32LittleEndian(number, (uint)id.Length);
            body.AddRange(number);
            body.AddRange(id);
            body.AddRange(new byte[-id.Length & 3]);
        }

        byte[] list = new byte[HeaderSize + body.Count];
        BinaryPrimitives.WriteUInt32LittleEndian(list, (uint)entries.Count);
        BinaryPrimitives.WriteUInt32LittleEndian(list.AsSpan(4), (uint)body.Count);
        body.CopyTo(list, HeaderSize);
        return list;
    }
}
