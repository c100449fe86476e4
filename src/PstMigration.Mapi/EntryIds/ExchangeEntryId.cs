using System.Buffers.Binary;
using System.Text;

namespace PstMigration.Mapi;

/// <summary>
/// The entry id of somebody in an Exchange address book ([MS-OXCDATA] 2.2.5.2): flags u32 0, provider UID,
/// version u32 1, type u32, X.500 DN in ASCII, NUL.
/// </summary>
/// <param name="DistinguishedName">Such as <c>/o=First/ou=Exchange Administrative Group/cn=Recipients/cn=somebody</c>.</param>
/// <param name="DisplayType">0 a mail user, 1 a distribution list, 6 a remote mail user ([MS-OXNSPI] display types).</param>
public readonly record struct ExchangeEntryId(string DistinguishedName, int DisplayType = 0)
{
    private const int HeaderSize = 28;

    private static ReadOnlySpan<byte> Provider =>
        [0xDC, 0xA7, 0x40, 0xC8, 0xC0, 0x42, 0x10, 0x1A, 0xB4, 0xB9, 0x08, 0x00, 0x2B, 0x2F, 0xE1, 0x82];

    /// <summary>Reads one; false for any other kind of entry id and for a damaged one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> id, out ExchangeEntryId value)
    {
        value = default;
        if (id.Length <= HeaderSize || !id.Slice(4, 16).SequenceEqual(Provider))
        {
            return false;
        }

        ReadOnlySpan<byte> name = id[HeaderSize..];
        int end = name.IndexOf((byte)0);
        string text = Encoding.ASCII.GetString((end < 0 ? name : name[..end]).ToArray());
        value = new ExchangeEntryId(text, BinaryPrimitives.ReadInt32LittleEndian(id[24..]));
        return text.Length > 0;
    }

    /// <summary>Writes it.</summary>
    public byte[] ToArray()
    {
        byte[] name = Encoding.ASCII.GetBytes(DistinguishedName);
        byte[] id = new byte[HeaderSize + name.Length + 1];
        Provider.CopyTo(id.AsSpan(4));
        BinaryPrimitives.WriteUInt32LittleEndian(id.AsSpan(20), 1);
        BinaryPrimitives.WriteInt32LittleEndian(id.AsSpan(24), DisplayType);
        name.CopyTo(id, HeaderSize);
        return id;
    }
}
