using System.Buffers.Binary;
using System.Text;

namespace PstMigration.Mapi;

/// <summary>
/// A one-off entry id ([MS-OXCDATA] 2.2.5.1): flags u32 0, provider UID, version u16 0, flags u16 (0x8000 Unicode),
/// then display name, address type and address, each ending in NUL.
/// </summary>
public readonly record struct OneOffEntryId(string DisplayName, string AddressType, string Address)
{
    private const int HeaderSize = 24;
    private const ushort UnicodeFlag = 0x8000;
    private const ushort NoRichInfoFlag = 0x0001;

    private static ReadOnlySpan<byte> Provider =>
        [0x81, 0x2B, 0x1F, 0xA4, 0xBE, 0xA3, 0x10, 0x19, 0x9D, 0x6E, 0x00, 0xDD, 0x01, 0x0F, 0x54, 0x02];

    /// <summary>Reads one; false for any other kind of entry id and for a damaged one.</summary>
    /// <param name="id">The entry id.</param>
    /// <param name="value">What it says.</param>
    /// <param name="ansi">The encoding of 8-bit strings; what they show by themselves, or Western European, where not given.</param>
    public static bool TryRead(ReadOnlySpan<byte> id, out OneOffEntryId value, Encoding? ansi = null)
    {
        value = default;
        if (id.Length < HeaderSize || !id.Slice(4, 16).SequenceEqual(Provider))
        {
            return false;
        }

        bool unicode = (BinaryPrimitives.ReadUInt16LittleEndian(id[22..]) & UnicodeFlag) != 0;
        ReadOnlySpan<byte> rest = id[HeaderSize..];
        if (!TryReadText(ref rest, unicode, ansi, out string name) || !TryReadText(ref rest, unicode, ansi, out string type)
            || !TryReadText(ref rest, unicode, ansi, out string address))
        {
            return false;
        }

        value = new OneOffEntryId(name, type, address);
        return true;
    }

    /// <summary>Writes the Unicode form.</summary>
    public byte[] ToArray()
    {
        byte[] text = Encoding.Unicode.GetBytes(DisplayName + "\0" + AddressType + "\0" + Address + "\0");
        byte[] id = new byte[HeaderSize + text.Length];
        Provider.CopyTo(id.AsSpan(4));
        BinaryPrimitives.WriteUInt16LittleEndian(id.AsSpan(22), UnicodeFlag | NoRichInfoFlag);
        text.CopyTo(id.AsSpan(HeaderSize));
        return id;
    }

    private static bool TryReadText(ref ReadOnlySpan<byte> rest, bool unicode, Encoding? ansi, out string text)
    {
        int width = unicode ? 2 : 1;
        for (int end = 0; end + width <= rest.Length; end += width)
        {
            if (rest[end] == 0 && (!unicode || rest[end + 1] == 0))
            {
                byte[] bytes = rest[..end].ToArray();
                Encoding encoding = unicode ? Encoding.Unicode : ansi ?? CharsetDetector.Detect(bytes) ?? CodePages.Get(CodePages.Western);
                text = encoding.GetString(bytes);
                rest = rest[(end + width)..];
                return true;
            }
        }

        text = "";
        return false;
    }
}
