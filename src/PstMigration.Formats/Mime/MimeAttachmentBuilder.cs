using System.Text;
using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Turns attachments into parts ([MS-OXCMAIL]).</summary>
internal sealed class MimeAttachmentBuilder(MimeItemWriter owner, LossList losses, string? html, IReadOnlyList<RtfPlace> places)
{
    private readonly HtmlReferences _references = new(html);

    /// <summary>The part, or null for an attachment that carries nothing.</summary>
    /// <param name="attachment">The attachment.</param>
    /// <param name="item">The item it belongs to.</param>
    /// <param name="isRelated">It is shown inside the HTML.</param>
    public MimeEntity? Build(MapiAttachment attachment, MapiItem item, out bool isRelated)
    {
        MimeEntity? part = BuildPart(attachment, item, out isRelated);
        if (part is not null)
        {
            owner.WriteProperties(attachment, part);
            if (owner.IncludesRtf && places.Any(p => p.Attachment == attachment))
            {
                owner.WriteProperty(attachment, PropertyTags.RenderingPosition, part);
            }
        }

        return part;
    }

    private MimeEntity? BuildPart(MapiAttachment attachment, MapiItem item, out bool isRelated)
    {
        RtfPlace? place = places.FirstOrDefault(p => p.Attachment == attachment && p.ContentId is not null);
        isRelated = place is not null;
        switch (attachment.Method)
        {
            case AttachMethod.EmbeddedMessage when IsOfSeries(item) && OccurrenceItems.IsOne(attachment):
                losses.Add(LossKind.Field, "RecurrenceException");
                return null;
            case AttachMethod.EmbeddedMessage when attachment.HasEmbeddedItem:
                return Embedded(attachment);
            case AttachMethod.ByReference or AttachMethod.ByReferenceResolve or AttachMethod.ByReferenceOnly or AttachMethod.ByWebReference:
                losses.Add(LossKind.AttachmentByReference, attachment.Name);
                return Reference(attachment);
            case AttachMethod.Ole:
                losses.Add(LossKind.OleObject, attachment.Name);
                return attachment.Content is null ? null : Object(attachment, attachment.Content);
            default:
                if (attachment.Content is null)
                {
                    losses.Add(LossKind.Attachment, attachment.Name);
                    return null;
                }

                // What the HTML does not show stands beside it, whatever its properties say ([MS-OXCMAIL] 2.1.3.3.6).
                isRelated |= _references.Has(ContentIdOf(attachment), attachment.Properties.GetString(PropertyTags.AttachContentLocation));
                MimePart part = ByValue(attachment, attachment.Content, TypeOf(attachment), "", isRelated ? place?.ContentId ?? ContentIdOf(attachment) : null);
                return AppleFile.Wrap(part, attachment, owner);
        }
    }

    /// <summary>The stored type, or that of the name's extension. Types that only structure a message become plain bytes.</summary>
    public static ContentType TypeOf(MapiAttachment attachment)
    {
        string? stored = attachment.Properties.GetString(PropertyTags.AttachMimeTag);
        ContentType? type = Parse(stored) ?? (attachment.Name.Length > 0 ? Parse(FileTypes.Of(attachment.Name)) : null);
        return type is null || type.MediaType.ToUpperInvariant() is "MULTIPART" or "MESSAGE"
            ? new ContentType("application", "octet-stream")
            : type;
    }

    /// <summary>A media type with its parameters; null for what is none.</summary>
    public static ContentType? Parse(string? text) => ContentType.TryParse(text ?? "", out ContentType? type) ? type : null;

    /// <summary>The stored content id without what cannot stand in a header, or null.</summary>
    public static string? ContentIdOf(MapiAttachment attachment)
    {
        string id = string.Concat((attachment.Properties.GetString(PropertyTags.AttachContentId) ?? "").Where(c => c is > ' ' and < '\u007F' and not ('<' or '>')));
        return id.Length > 0 ? id : null;
    }

    /// <summary>Whether an item may keep its changed occurrences among its attachments.</summary>
    private static bool IsOfSeries(MapiItem item) => item.IsOfClass("IPM.Appointment") || item.IsOfClass("IPM.Schedule");

    /// <summary>The document inside an OLE object, or its storage where there is none.</summary>
    private static MimePart Object(MapiAttachment attachment, BinarySource storage)
    {
        OlePayload payload = OlePayload.Find(storage) ?? new OlePayload("", ".ole", storage);
        string type = payload.Extension == ".ole" ? "application/octet-stream" : MimeTypes.GetMimeType("x" + payload.Extension);
        return ByValue(attachment, payload.Content, Parse(type) ?? new ContentType("application", "octet-stream"), payload.Extension, null, payload.Name);
    }

    private static MimePart ByValue(MapiAttachment attachment, BinarySource content, ContentType type, string suffix, string? contentId, string name = "")
    {
        MimePart part = new(type)
        {
            Content = new Base64Content(content),
            ContentTransferEncoding = ContentEncoding.Base64,
        };
        Describe(part, attachment, suffix, isInline: contentId is not null, name.Length > 0 ? name : null);
        if ((contentId ?? ContentIdOf(attachment)) is string id)
        {
            // As it stands, for the HTML refers to it so, even where it is no valid one.
            part.Headers.Replace(HeaderId.ContentId, "<" + id + ">");
        }

        if (attachment.Properties.GetString(PropertyTags.AttachContentLocation) is { Length: > 0 } location
            && Uri.TryCreate(MimeAddresses.Clean(location).Trim(), UriKind.RelativeOrAbsolute, out Uri? uri))
        {
            part.ContentLocation = uri;
        }

        return part;
    }

    private MimePart? Embedded(MapiAttachment attachment)
    {
        MapiItem item = attachment.OpenEmbedded();
        MimePart? part = owner.WriteEmbedded(item);
        if (part is not null)
        {
            bool isNamed = attachment.Name.Length > 0;
            Describe(part, attachment, ".eml", isInline: false, isNamed ? attachment.Name : item.Subject);
        }

        return part;
    }

    /// <summary>There are no bytes: a note says where they were.</summary>
    private static TextPart Reference(MapiAttachment attachment)
    {
        string path = attachment.Properties.GetString(PropertyTags.AttachLongPathname)
            ?? attachment.Properties.GetString(PropertyTags.AttachPathname) ?? "";
        TextPart part = new("plain");
        part.SetText(Encoding.UTF8, attachment.Name + "\r\n" + path + "\r\n");
        part.ContentTransferEncoding = ContentEncoding.Base64;
        Describe(part, attachment, ".txt", isInline: false);
        return part;
    }

    private static void Describe(MimeEntity part, MapiAttachment attachment, string suffix, bool isInline, string? givenName = null)
    {
        ContentDisposition disposition = new(isInline ? ContentDisposition.Inline : ContentDisposition.Attachment);
        string name = MimeAddresses.Clean(givenName ?? attachment.Name).Trim();
        if (suffix.Length > 0 && !name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
        {
            name = (name.Length > 0 ? name : "attachment") + suffix;
        }

        if (name.Length > 0)
        {
            disposition.Parameters.Add(new Parameter(Encoding.UTF8, "filename", name) { EncodingMethod = ParameterEncodingMethod.Rfc2231 });

            // Programs that look only here read the name too; encoded words inside quotes, as some write them, are no valid header.
            part.ContentType.Parameters.Remove("name");
            part.ContentType.Parameters.Add(new Parameter(Encoding.UTF8, "name", name) { EncodingMethod = ParameterEncodingMethod.Rfc2231 });
        }

        disposition.CreationDate = attachment.Properties.GetTime(PropertyTags.CreationTime);
        disposition.ModificationDate = attachment.Properties.GetTime(PropertyTags.LastModificationTime);
        part.ContentDisposition = disposition;
    }
}
