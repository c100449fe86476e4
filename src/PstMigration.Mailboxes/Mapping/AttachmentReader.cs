using Microsoft.Graph.Models;
using PstMigration.Formats;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>Makes attachments of the service's.</summary>
internal static class AttachmentReader
{
    private const int AttachMhtmlRef = 4;
    private const int NotInText = -1;

    /// <summary>A file.</summary>
    public static MapiAttachment ReadFile(FileAttachment file, BinarySource content)
    {
        PropertyBag p = Common(file, AttachMethod.ByValue);
        p[PropertyTags.AttachDataBinary] = PropertyValue.FromBinary(content);
        p.Set(PropertyTags.AttachContentId, file.ContentId is { Length: > 0 } id ? id.Trim('<', '>') : null);
        p.Set(PropertyTags.AttachContentLocation, file.ContentLocation is { Length: > 0 } location ? location : null);
        return new MapiAttachment(p);
    }

    /// <summary>Whether the item has attachments itself, which the service gives in its MIME and nowhere else.</summary>
    public static bool NeedsMime(ItemAttachment attachment) => attachment.Item is Message { HasAttachments: true };

    /// <summary>An embedded item; null for one of a kind the service does not give as an item.</summary>
    /// <param name="attachment">The attachment with its item.</param>
    /// <param name="mime">The item as MIME, fetched where it is needed.</param>
    public static MapiAttachment? ReadItem(ItemAttachment attachment, BinarySource mime)
    {
        Func<MapiItem>? open = attachment.Item switch
        {
            Message message when NeedsMime(attachment) => () => MessageReader.Read(message, MimeImport.Read(mime).Attachments),
            Message message => () => MessageReader.Read(message, null),
            Contact contact => () => ContactReader.Read(contact, null),
            _ => null,
        };
        return open is null ? null : new MapiAttachment(Common(attachment, AttachMethod.EmbeddedMessage), open);
    }

    /// <summary>An item given as MIME, or anything else with bytes: kept as a file.</summary>
    public static MapiAttachment ReadOther(Attachment attachment, BinarySource content, string extension)
    {
        PropertyBag p = Common(attachment, AttachMethod.ByValue);
        p[PropertyTags.AttachDataBinary] = PropertyValue.FromBinary(content);
        if (!(attachment.Name ?? "").EndsWith(extension, StringComparison.OrdinalIgnoreCase))
        {
            p.Set(PropertyTags.AttachLongFilename, attachment.Name + extension);
        }

        return new MapiAttachment(p);
    }

    /// <summary>A link to a file in the web: its name is all the service tells.</summary>
    public static MapiAttachment ReadReference(Attachment reference) => new(Common(reference, AttachMethod.ByWebReference));

    private static PropertyBag Common(Attachment attachment, AttachMethod method)
    {
        PropertyBag p = new();
        string name = attachment.Name ?? "";
        p.Set(PropertyTags.AttachMethod, (int)method);
        p.Set(PropertyTags.DisplayName, name);
        p.Set(PropertyTags.AttachLongFilename, name);
        p.Set(PropertyTags.RenderingPosition, NotInText);
        string extension = Extension(name);
        if (extension.Length > 0)
        {
            p.Set(PropertyTags.AttachExtension, extension);
        }

        if (method == AttachMethod.ByValue && attachment.ContentType is { Length: > 0 } type)
        {
            p.Set(PropertyTags.AttachMimeTag, type);
        }

        if (attachment.IsInline == true)
        {
            p.Set(PropertyTags.AttachFlags, AttachMhtmlRef);
            p.Set(PropertyTags.AttachmentHidden, true);
        }

        if (attachment.LastModifiedDateTime is DateTimeOffset modified && modified.Year >= 1601)
        {
            p.Set(PropertyTags.LastModificationTime, modified);
        }

        return p;
    }

    /// <summary>Like <see cref="Path.GetExtension(string)"/>, which .NET Framework refuses for names with characters no file may have.</summary>
    private static string Extension(string name)
    {
        int dot = name.LastIndexOf('.');
        return dot > 0 && name.Length - dot is > 1 and <= 16 ? name[dot..] : "";
    }
}
