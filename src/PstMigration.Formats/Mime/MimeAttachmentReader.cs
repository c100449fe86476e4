using System;
using System.Globalization;
using System.IO;
using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Reads parts that are no body into attachments (mapi-mime §4).</summary>
internal sealed class MimeAttachmentReader(BinarySource source, Func<MimeMessage, MapiItem> readEmbedded)
{
    private const int ShownInHtml = 4;
    private int _unnamed;

    public MapiAttachment Read(MimeEntity part, bool isRelated)
    {
        PropertyBag p = new();
        ContentDisposition? disposition = part.ContentDisposition;
        if (disposition?.CreationDate is DateTimeOffset created)
        {
            p.Set(PropertyTags.CreationTime, created);
        }

        if (disposition?.ModificationDate is DateTimeOffset modified)
        {
            p.Set(PropertyTags.LastModificationTime, modified);
        }

        p.Set(PropertyTags.RenderingPosition, -1);
        p.Set(PropertyTags.AttachMimeTag, part.ContentType.MimeType);
        p.Set(PropertyTags.AttachContentId, part.ContentId);
        p.Set(PropertyTags.AttachContentLocation, part.ContentLocation?.OriginalString);
        if (isRelated)
        {
            p.Set(PropertyTags.AttachFlags, ShownInHtml);
            p.Set(PropertyTags.AttachmentHidden, true);
        }

        if (part is MessagePart { Message: { } message })
        {
            return Embedded(message, p);
        }

        SetName(p, part);
        p.Set(PropertyTags.AttachMethod, (int)AttachMethod.ByValue);
        p[PropertyTags.AttachDataBinary] = PropertyValue.FromBinary(part is MimePart leaf ? PartSource.Of(leaf, source) : Raw(part));
        return new MapiAttachment(p);
    }

    private MapiAttachment Embedded(MimeMessage message, PropertyBag p)
    {
        MimeItemReader.Repair(message);
        p.Remove(PropertyTags.AttachMimeTag);
        p.Set(PropertyTags.AttachMethod, (int)AttachMethod.EmbeddedMessage);
        p.Set(PropertyTags.DisplayName, MimeAddresses.Clean(message.Subject ?? ""));
        return new MapiAttachment(p, () => readEmbedded(message));
    }

    private void SetName(PropertyBag p, MimeEntity part)
    {
        string name = CleanName(part.ContentDisposition?.FileName ?? part.ContentType.Name ?? "");
        if (name.Length == 0)
        {
            string extension = part.ContentType.IsMimeType("text", "calendar") ? ".ics"
                : MimeTypes.TryGetExtension(part.ContentType.MimeType, out string? known) ? known : ".dat";
            name = "ATT" + (++_unnamed).ToString("00000", CultureInfo.InvariantCulture) + extension;
        }

        p.Set(PropertyTags.AttachLongFilename, name);
        p.Set(PropertyTags.DisplayName, name);
        int dot = name.LastIndexOf('.');
        if (dot > 0)
        {
            p.Set(PropertyTags.AttachExtension, name.Substring(dot));
        }
    }

    /// <summary>Names may carry a path; only its last part is a name, and what no file system takes is replaced.</summary>
    private static string CleanName(string name)
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
