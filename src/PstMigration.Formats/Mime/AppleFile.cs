using System.Buffers.Binary;
using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// A file of a Macintosh (RFC 1740; [MS-OXCMAIL] 2.2.3.4.2): its data as the content every computer knows, its other half (Finder information, resource fork)
/// in the property the specification has for it. A multipart/appledouble has both apart; an application/applefile by itself is AppleSingle, both in one: u32
/// 0x00051600, u32 version, 16 bytes, u16 count, and for each entry u32 id, u32 offset, u32 length, all big-endian.
/// </summary>
internal sealed class AppleFile
{
    private const uint SingleMark = 0x00051600;
    private const uint DoubleMark = 0x00051607;
    private const int HeaderSize = 26;
    private const int EntrySize = 12;
    private const int MaximumEntries = 64;
    private const uint DataFork = 1;
    private const uint RealName = 3;

    /// <summary>AppleSingle files are read as a whole.</summary>
    private const long MaximumSize = 256L * 1024 * 1024;

    private const int LargestInformation = 1024 * 1024;

    private static readonly PropertyName s_contentType = new(PropertySets.Attachment, "AttachmentMacContentType");
    private static readonly PropertyName s_information = new(PropertySets.Attachment, "AttachmentMacInfo");

    private readonly BinarySource? _information;

    private AppleFile(BinarySource content, string name, MimePart? data, BinarySource? information)
    {
        Content = content;
        Name = name;
        Data = data;
        _information = information;
    }

    /// <summary>The data fork.</summary>
    public BinarySource Content { get; }

    /// <summary>Its name, or an empty string.</summary>
    public string Name { get; }

    /// <summary>The part with the data, where it has one of its own.</summary>
    public MimePart? Data { get; }

    /// <summary>Reads one; null for any other part, and for one that is damaged.</summary>
    public static AppleFile? Of(MimeEntity part) => part switch
    {
        Multipart multipart when IsDouble(multipart) => Double(multipart),
        MimePart single when IsHeader(single) => Single(single),
        _ => null,
    };

    /// <summary>Keeps what only a Macintosh needs.</summary>
    public void SetMacProperties(PropertyBag p)
    {
        if (_information is not null)
        {
            p[s_information] = PropertyValue.FromBinary(_information);
            p.Set(s_contentType, p.GetString(PropertyTags.AttachMimeTag));
        }
    }

    /// <summary>A part as the data of a multipart/appledouble where the attachment has the other half; the part itself where it has none.</summary>
    public static MimeEntity Wrap(MimePart data, MapiAttachment attachment, MimeItemWriter owner)
    {
        if (!attachment.Properties.TryGet(s_information, out PropertyValue value) || value.AsSource() is not BinarySource information || !information.IsLongerThan(0))
        {
            return data;
        }

        MimePart header = new("application", "applefile") { Content = new Base64Content(information), ContentTransferEncoding = ContentEncoding.Base64 };
        Multipart both = new("appledouble") { Boundary = owner.NextBoundary(), ContentDisposition = data.ContentDisposition };
        both.Add(header);
        both.Add(data);
        return both;
    }

    /// <summary>Whether a part is a file of two halves.</summary>
    public static bool IsDouble(MimeEntity part) => part.ContentType.IsMimeType("multipart", "appledouble") || part.ContentType.IsMimeType("multipart", "x-appledouble");

    private static bool IsHeader(MimeEntity part) => part.ContentType.IsMimeType("application", "applefile");

    private static AppleFile? Double(Multipart multipart)
    {
        MimePart? header = multipart.OfType<MimePart>().FirstOrDefault(IsHeader);
        MimePart? data = multipart.OfType<MimePart>().FirstOrDefault(p => !IsHeader(p));
        if (data is null || multipart.Count > 2)
        {
            return null;
        }

        BinarySource? information = header is null ? null : PartSource.Of(header);
        string name = multipart.ContentDisposition?.FileName ?? data.FileName ?? multipart.ContentType.Name ?? header?.FileName ?? StoredName(information?.TryToArray(LargestInformation) ?? []);
        return new AppleFile(PartSource.Of(data), name, data, information);
    }

    private static string StoredName(byte[] bytes) => bytes.Length >= HeaderSize && Entry(bytes, RealName) is (int at, int size)
        ? CodePages.Get(CodePages.Macintosh).GetString(bytes, at, size).TrimEnd('\0')
        : "";

    private static AppleFile? Single(MimePart part)
    {
        BinarySource source = PartSource.Of(part);
        if (!source.IsLongerThan(HeaderSize - 1) || source.IsLongerThan(MaximumSize))
        {
            return null;
        }

        byte[] bytes = source.ToArray();
        if (bytes.Length < HeaderSize || BinaryPrimitives.ReadUInt32BigEndian(bytes) != SingleMark || Entry(bytes, DataFork) is not (int start, int length))
        {
            return null;
        }

        return new AppleFile(new SliceSource([], source, start, start + length), part.FileName ?? StoredName(bytes), null, BinarySource.FromBytes(WithoutData(bytes)));
    }

    /// <summary>The other entries of an AppleSingle as the header part of an AppleDouble.</summary>
    private static byte[] WithoutData(ReadOnlySpan<byte> bytes)
    {
        uint[] ids = [.. Ids(bytes).Where(i => i != DataFork)];
        using MemoryStream kept = new();
        byte[] head = bytes[..HeaderSize].ToArray();
        BinaryPrimitives.WriteUInt32BigEndian(head, DoubleMark);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(HeaderSize - 2), (ushort)ids.Length);
        kept.Write(head, 0, head.Length);
        int content = HeaderSize + (ids.Length * EntrySize);
        foreach (uint id in ids)
        {
            int length = Entry(bytes, id)?.Length ?? 0;
            byte[] entry = new byte[EntrySize];
            BinaryPrimitives.WriteUInt32BigEndian(entry, id);
            BinaryPrimitives.WriteInt32BigEndian(entry.AsSpan(4), content);
            BinaryPrimitives.WriteInt32BigEndian(entry.AsSpan(8), length);
            kept.Write(entry, 0, entry.Length);
            content += length;
        }

        foreach (uint id in ids)
        {
            if (Entry(bytes, id) is (int start, int length))
            {
                kept.Write(bytes.Slice(start, length).ToArray(), 0, length);
            }
        }

        return kept.ToArray();
    }

    private static List<uint> Ids(ReadOnlySpan<byte> bytes)
    {
        int count = Math.Min((int)BinaryPrimitives.ReadUInt16BigEndian(bytes[(HeaderSize - 2)..]), MaximumEntries);
        List<uint> ids = [];
        for (int i = 0, at = HeaderSize; i < count && at + EntrySize <= bytes.Length; i++, at += EntrySize)
        {
            ids.Add(BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]));
        }

        return ids;
    }

    private static (int Start, int Length)? Entry(ReadOnlySpan<byte> bytes, uint id)
    {
        int count = Math.Min((int)BinaryPrimitives.ReadUInt16BigEndian(bytes[(HeaderSize - 2)..]), MaximumEntries);
        for (int i = 0, at = HeaderSize; i < count && at + EntrySize <= bytes.Length; i++, at += EntrySize)
        {
            uint start = BinaryPrimitives.ReadUInt32BigEndian(bytes[(at + 4)..]);
            uint length = BinaryPrimitives.ReadUInt32BigEndian(bytes[(at + 8)..]);
            if (BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]) == id && (long)start + length <= bytes.Length)
            {
                return ((int)start, (int)length);
            }
        }

        return null;
    }
}
