using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>A place in RTF where an attachment stands, and what stands there in the HTML.</summary>
/// <param name="Attachment">The attachment.</param>
/// <param name="ContentId">The id a picture is referred to by; null for what is no picture.</param>
/// <param name="Html">A picture's element, or null.</param>
internal sealed record RtfPlace(MapiAttachment Attachment, string? ContentId, string? Html)
{
    /// <summary>The attachments that stand in the text, in their order.</summary>
    public static List<RtfPlace> Find(MapiItem item, MimeIdentity identity) =>
        item.Attachments.Where(a => a.Properties.GetInt32(PropertyTags.RenderingPosition) is >= 0)
            .OrderBy(a => a.Properties.GetInt32(PropertyTags.RenderingPosition))
            .Select(a => Make(a, identity)).ToList();

    private static RtfPlace Make(MapiAttachment attachment, MimeIdentity identity)
    {
        bool isPicture = attachment.Method == AttachMethod.ByValue && attachment.Content is not null
            && MimeAttachmentBuilder.TypeOf(attachment) is { MediaType: "image", MediaSubtype: "png" or "jpeg" or "gif" or "bmp" };
        string? id = isPicture ? MimeAttachmentBuilder.ContentIdOf(attachment) ?? identity.NextContentId() : null;
        return new RtfPlace(attachment, id, id is null ? null : "<img src=\"cid:" + id.Replace("\"", "%22") + "\" alt=\"\">");
    }
}
