using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Attachments that are no parts of their own: files in a text or a calendar.</summary>
internal static class FileAttachment
{
    /// <summary>An attachment, named and typed as a part would be.</summary>
    /// <param name="name">Its name, if it has one.</param>
    /// <param name="type">Its media type; told by the name where not known.</param>
    /// <param name="content">Its bytes.</param>
    public static MapiAttachment Make(string? name, string? type, byte[] content)
    {
        ContentType known = MimeAttachmentBuilder.Parse(type) ?? MimeAttachmentBuilder.Parse(FileTypes.Of(name ?? "")) ?? new ContentType("application", "octet-stream");
        MimePart part = new(known.MediaType, known.MediaSubtype) { Content = new MimeContent(new MemoryStream(content, writable: false)) };
        if (!string.IsNullOrWhiteSpace(name))
        {
            part.FileName = MimeAddresses.Clean(name!);
        }

        return new MimeAttachmentReader(new HtmlReferences(null), _ => new MapiItem(), _ => null).Read(part, isRelated: false);
    }
}
