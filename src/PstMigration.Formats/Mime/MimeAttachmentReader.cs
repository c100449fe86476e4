using System.Globalization;
using System.Text;
using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Reads parts that are no body into attachments ([MS-OXCMAIL] 2.2.3.4).</summary>
/// <param name="references">What the HTML of the message shows.</param>
/// <param name="readEmbedded">Reads an attached message.</param>
/// <param name="readEncoded">Reads an attached message from its bytes; null where they are none.</param>
internal sealed class MimeAttachmentReader(HtmlReferences references, Func<MimeMessage, MapiItem> readEmbedded, Func<BinarySource, MapiItem?> readEncoded)
{
    private const int ShownInHtml = 4;

    /// <summary>[MS-OXCMAIL] 2.2.3.4.1.4.1: what is no picture every program draws is not to be hidden, even if the HTML would show it.</summary>
    private static readonly string[] s_pictures = ["image/jpeg", "image/jpg", "image/pjpeg", "image/gif", "image/bmp", "image/png", "image/x-png"];

    private static readonly string[] s_pictureEndings = [".jpg", ".jpeg", ".gif", ".bmp", ".png"];

    private int _unnamed;

    public MapiAttachment Read(MimeEntity part, bool isRelated)
    {
        PropertyBag p = new();
        ReadHeaders(part, p);
        if (part is MimePart encoded && EncodedMessage(encoded, p) is MapiAttachment inner)
        {
            return inner;
        }

        if (ExternalBody.IsOne(part))
        {
            (string name, byte[] content) = ExternalBody.Read(part);
            SetName(p, name.Length > 0 ? CleanName(name) : NextName(".txt"));
            return ByValue(p, BinarySource.FromBytes(content));
        }

        if (part is MessagePart { Message: { } message })
        {
            return Embedded(message, p);
        }

        if (AppleFile.Of(part) is AppleFile apple)
        {
            if (apple.Data is MimePart data)
            {
                ReadHeaders(data, p);
            }

            SetName(p, CleanName(apple.Name) is { Length: > 0 } name ? name : NextName(Extension(apple.Data ?? part)));
            apple.SetMacProperties(p);
            SetShown(p, apple.Data ?? part, isRelated);
            return ByValue(p, apple.Content);
        }

        SetName(p, NameOf(part));
        SetShown(p, part, isRelated);
        return ByValue(p, part is MimePart leaf ? PartSource.Of(leaf) : Raw(part));
    }

    private void SetShown(PropertyBag p, MimeEntity part, bool isRelated)
    {
        if (isRelated && IsPicture(part, p.GetString(PropertyTags.AttachLongFilename)!) && references.Has(ContentIdOf(part), part.ContentLocation?.OriginalString))
        {
            p.Set(PropertyTags.AttachFlags, ShownInHtml);
            p.Set(PropertyTags.AttachmentHidden, true);
        }
    }

    private static MapiAttachment ByValue(PropertyBag p, BinarySource content)
    {
        p.Set(PropertyTags.AttachMethod, (int)AttachMethod.ByValue);
        p[PropertyTags.AttachDataBinary] = PropertyValue.FromBinary(content);
        return new MapiAttachment(p);
    }

    private static void ReadHeaders(MimeEntity part, PropertyBag p)
    {
        SetTime(p, PropertyTags.CreationTime, part.ContentDisposition?.CreationDate);
        SetTime(p, PropertyTags.LastModificationTime, part.ContentDisposition?.ModificationDate);
        p.Set(PropertyTags.RenderingPosition, -1);
        p.Set(PropertyTags.AttachMimeTag, part.ContentType.MimeType);
        p.Set(PropertyTags.AttachContentId, ContentIdOf(part));
        p.Set(PropertyTags.AttachContentLocation, part.ContentLocation?.OriginalString);
    }

    /// <summary>The id as it is written: HTML refers to it by that, also where it is none by the book (RFC 2392).</summary>
    private static string? ContentIdOf(MimeEntity part)
    {
        string id = EncodedWords.Decode(part.Headers[HeaderId.ContentId] ?? "", Encoding.UTF8).Trim();
        int open = id.IndexOf('<');
        id = open < 0 ? id : id.Substring(open).TrimStart('<');
        int close = id.IndexOf('>');
        id = MimeAddresses.Clean(close < 0 ? id : id.Substring(0, close)).Trim();
        return id.Length > 0 ? id : null;
    }

    private static void SetTime(PropertyBag p, PropertyTag tag, DateTimeOffset? time)
    {
        if (time is DateTimeOffset known && MapiTime.CanHold(known))
        {
            p.Set(tag, known);
        }
    }

    /// <summary>A message within a message is not to be encoded (RFC 2046 5.2.1); some programs do it all the same.</summary>
    private MapiAttachment? EncodedMessage(MimePart part, PropertyBag p)
    {
        if (!part.ContentType.IsMimeType("message", "rfc822") || readEncoded(PartSource.Of(part)) is not MapiItem item)
        {
            return null;
        }

        p.Remove(PropertyTags.AttachMimeTag);
        p.Set(PropertyTags.AttachMethod, (int)AttachMethod.EmbeddedMessage);
        p.Set(PropertyTags.DisplayName, item.Subject);
        return new MapiAttachment(p, () => readEncoded(PartSource.Of(part))!);
    }

    private MapiAttachment Embedded(MimeMessage message, PropertyBag p)
    {
        p.Remove(PropertyTags.AttachMimeTag);
        p.Set(PropertyTags.AttachMethod, (int)AttachMethod.EmbeddedMessage);
        p.Set(PropertyTags.DisplayName, MimeAddresses.Clean(message.Subject ?? ""));
        return new MapiAttachment(p, () => readEmbedded(message));
    }

    private static bool IsPicture(MimeEntity part, string name) =>
        s_pictures.Contains(part.ContentType.MimeType, StringComparer.OrdinalIgnoreCase)
        || (part.ContentType.IsMimeType("application", "octet-stream") && s_pictureEndings.Any(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase)));

    private string NameOf(MimeEntity part)
    {
        string said = part.ContentDisposition?.FileName is { Length: > 0 } file ? file : NameInType(part) ?? "";
        string name = CleanName(said.Trim().Length > 0 ? said : NameInDescription(part.Headers[HeaderId.ContentDescription]));
        return name.Length > 0 ? name : NextName(Extension(part));
    }

    /// <summary>The parser took the type before its header was mended.</summary>
    private static string? NameInType(MimeEntity part)
    {
        int index = part.Headers.IndexOf(HeaderId.ContentType);
        return index >= 0 && ContentType.TryParse(part.Headers[index].RawValue, out ContentType? type) ? type.Name : part.ContentType.Name;
    }

    private string NextName(string extension) => "ATT" + (++_unnamed).ToString("00000", CultureInfo.InvariantCulture) + extension;

    private static string Extension(MimeEntity part) => part.ContentType.IsMimeType("text", "calendar") ? ".ics"
        : MimeTypes.TryGetExtension(part.ContentType.MimeType, out string? known) ? known : ".dat";

    /// <summary>Old programs put the name of a file there and nowhere else; a description in words is none.</summary>
    private static string NameInDescription(string? description)
    {
        const int LongestEnding = 5;
        string text = (description ?? "").Trim();
        int dot = text.LastIndexOf('.');
        bool isName = dot > 0 && text.Length - dot - 1 is >= 1 and <= LongestEnding && text.Length < 256 && text.Skip(dot + 1).All(char.IsLetterOrDigit);
        return isName ? text : "";
    }

    private static void SetName(PropertyBag p, string name)
    {
        p.Set(PropertyTags.AttachLongFilename, name);
        p.Set(PropertyTags.DisplayName, name);
        int dot = name.LastIndexOf('.');
        if (dot > 0)
        {
            p.Set(PropertyTags.AttachExtension, name.Substring(dot));
        }
    }

    /// <summary>Names may carry a path; only its last part is a name, and what no file system takes is replaced.</summary>
    public static string CleanName(string name)
    {
        string last = MimeAddresses.Clean(name).Trim();
        last = last.Substring(last.LastIndexOfAny(['/', '\\']) + 1);
        foreach (char c in "<>:\"|?*")
        {
            last = last.Replace(c, '_');
        }

        return last;
    }

    private static BinarySource Raw(MimeEntity part)
    {
        using MemoryStream copy = new();
        part.WriteTo(MimeExport.Format(), copy, contentOnly: true);
        return BinarySource.FromBytes(copy.ToArray());
    }
}
