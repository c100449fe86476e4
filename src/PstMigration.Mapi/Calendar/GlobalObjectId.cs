using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace PstMigration.Mapi;

/// <summary>
/// The identity of a meeting across mailboxes ([MS-OXOCAL] 2.2.1.27): 16 constant bytes; year (big-endian u16), month u8, day u8
/// of the occurrence, all 0 for the series; FILETIME; 8 zero bytes; u32 size; data.
/// </summary>
public sealed class GlobalObjectId
{
    private const int HeaderSize = 40;
    private readonly byte[] _data;

    private GlobalObjectId(int year, int month, int day, long created, byte[] data)
    {
        (Year, Month, Day, Created) = (year, month, day, created);
        _data = data;
    }

    /// <summary>Year of the occurrence; 0 for the series.</summary>
    public int Year { get; }

    /// <summary>Month of the occurrence; 0 for the series.</summary>
    public int Month { get; }

    /// <summary>Day of the occurrence; 0 for the series.</summary>
    public int Day { get; }

    /// <summary>When the id was made, as FILETIME; 0 where it came from elsewhere.</summary>
    public long Created { get; }

    /// <summary>What makes it unique.</summary>
    public ReadOnlyMemory<byte> Data => _data;

    /// <summary>The UID as iCalendar knows it: the foreign one it was made from, or the clean id in upper-case hexadecimal.</summary>
    public string Uid => ForeignUid ?? Hex.Lower(ToClean().ToArray()).ToUpperInvariant();

    /// <summary>The UID of another calendar program this id wraps, or null.</summary>
    public string? ForeignUid
    {
        get
        {
            if (_data.Length <= ForeignMark.Length || !_data.AsSpan(0, ForeignMark.Length).SequenceEqual(ForeignMark))
            {
                return null;
            }

            return Encoding.UTF8.GetString(_data, ForeignMark.Length, _data.Length - ForeignMark.Length).TrimEnd('\0');
        }
    }

    private static ReadOnlySpan<byte> Constant =>
        [0x04, 0x00, 0x00, 0x00, 0x82, 0x00, 0xE0, 0x00, 0x74, 0xC5, 0xB7, 0x10, 0x1A, 0x82, 0xE0, 0x08];

    private static ReadOnlySpan<byte> ForeignMark => "vCal-Uid\u0001\0\0\0"u8;

    /// <summary>Reads an id; false where it is damaged.</summary>
    public static bool TryRead(ReadOnlySpan<byte> value, [NotNullWhen(true)] out GlobalObjectId? id)
    {
        id = null;
        if (value.Length < HeaderSize || !value[..16].SequenceEqual(Constant))
        {
            return false;
        }

        BlobReader reader = new(value[20..]);
        long created = reader.Int64();
        reader.Bytes(8);
        byte[] data = reader.Block();
        if (reader.IsShort)
        {
            return false;
        }

        id = new GlobalObjectId((value[16] << 8) | value[17], value[18], value[19], created, data);
        return true;
    }

    /// <summary>The id Outlook makes of an iCalendar UID: the id itself where the UID is one in hexadecimal, else a wrap.</summary>
    public static GlobalObjectId FromUid(string uid)
    {
        if (uid is null)
        {
            throw new ArgumentNullException(nameof(uid));
        }

        if (TryParseHex(uid, out byte[] bytes) && TryRead(bytes, out GlobalObjectId? own))
        {
            return own;
        }

        byte[] text = Encoding.UTF8.GetBytes(uid);
        byte[] data = new byte[ForeignMark.Length + text.Length + 1];
        ForeignMark.CopyTo(data);
        text.CopyTo(data, ForeignMark.Length);
        return new GlobalObjectId(0, 0, 0, 0, data);
    }

    /// <summary>The id of the series.</summary>
    public GlobalObjectId ToClean() => new(0, 0, 0, Created, _data);

    /// <summary>The id of one occurrence, by its original day.</summary>
    public GlobalObjectId ForOccurrence(DateTime originalDay) => new(originalDay.Year, originalDay.Month, originalDay.Day, Created, _data);

    /// <summary>Writes the id.</summary>
    public byte[] ToArray()
    {
        BlobWriter writer = new();
        writer.Bytes(Constant.ToArray());
        writer.Bytes([(byte)(Year >> 8), (byte)Year, (byte)Month, (byte)Day]);
        writer.Int64(Created);
        writer.Int64(0);
        writer.Block(_data);
        return writer.ToArray();
    }

    private static bool TryParseHex(string text, out byte[] bytes)
    {
        bytes = text.Length % 2 == 0 && text.Length >= HeaderSize * 2 ? new byte[text.Length / 2] : [];
        for (int i = 0; i < bytes.Length; i++)
        {
            int high = text[i * 2] < 0x80 ? RtfReader.HexValue((byte)text[i * 2]) : -1;
            int low = text[(i * 2) + 1] < 0x80 ? RtfReader.HexValue((byte)text[(i * 2) + 1]) : -1;
            if (high < 0 || low < 0)
            {
                return false;
            }

            bytes[i] = (byte)((high << 4) | low);
        }

        return bytes.Length > 0;
    }
}
