using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>Decides how each attachment of an item is sent, and which cannot be.</summary>
internal sealed class AttachmentPlanner(MessageDetail detail, Func<OutlookItem, long> measure, LossList losses)
{
    private const int AttachMhtmlRef = 4; // PidTagAttachFlags: the HTML body shows it.
    private const int LongestName = 255;

    /// <summary>The attachments that can be sent, in their order.</summary>
    /// <param name="item">The item that has them.</param>
    /// <param name="html">The item's HTML, to see which pictures it shows; null for a text body.</param>
    public List<PlannedAttachment> Plan(MapiItem item, string? html)
    {
        List<PlannedAttachment> planned = [];
        for (int i = 0; i < item.Attachments.Count; i++)
        {
            if (Plan(item.Attachments[i], i, html) is PlannedAttachment attachment)
            {
                planned.Add(attachment);
            }
        }

        return planned;
    }

    private PlannedAttachment? Plan(MapiAttachment attachment, int index, string? html)
    {
        string name = Name(attachment, index);
        switch (attachment.Method)
        {
            case AttachMethod.EmbeddedMessage when attachment.HasEmbeddedItem:
                return PlanItem(attachment, name);
            case AttachMethod.ByReference or AttachMethod.ByReferenceResolve or AttachMethod.ByReferenceOnly or AttachMethod.ByWebReference:
                // The path is never opened: it could be a UNC path that signs in somewhere.
                losses.Add(LossKind.AttachmentByReference, name);
                return null;
            case AttachMethod.Ole:
                losses.Add(LossKind.OleObject, name);
                return PlanFile(attachment, name, "application/octet-stream", html);
            default:
                return PlanFile(attachment, name, ContentType(attachment), html);
        }
    }

    private PlannedAttachment? PlanFile(MapiAttachment attachment, string name, string? contentType, string? html)
    {
        if (attachment.Content is not BinarySource content)
        {
            losses.Add(LossKind.Field, name);
            return null;
        }

        if (content.IsLongerThan(SizeLimits.Attachment))
        {
            losses.Add(LossKind.AttachmentTooLarge, name);
            return null;
        }

        PropertyBag p = attachment.Properties;
        string? contentId = Text(p.GetString(PropertyTags.AttachContentId))?.Trim('<', '>');
        return new PlannedAttachment(name, content)
        {
            ContentType = contentType,
            ContentId = contentId,
            ContentLocation = Text(p.GetString(PropertyTags.AttachContentLocation)),
            IsInline = contentId is not null && (((p.GetInt32(PropertyTags.AttachFlags) ?? 0) & AttachMhtmlRef) != 0
                || p.GetBoolean(PropertyTags.AttachmentHidden) == true
                || html?.IndexOf("cid:" + contentId, StringComparison.OrdinalIgnoreCase) >= 0),
        };
    }

    private PlannedAttachment? PlanItem(MapiAttachment attachment, string name)
    {
        MapiItem inner = attachment.OpenEmbedded();
        LossList innerLosses = losses.Within(name);
        innerLosses.AddAll(inner);
        // The service keeps one level: what hangs on the embedded item does not travel.
        for (int i = 0; i < inner.Attachments.Count; i++)
        {
            innerLosses.Add(LossKind.NestedAttachment, Name(inner.Attachments[i], i));
        }

        OutlookItem model = inner.IsOfClass("IPM.Contact")
            ? new ContactWriter(detail, innerLosses).Write(inner, null)
            : new MessageWriter(detail, innerLosses).Write(inner, MessageBody.Read(inner, canAttach: false, innerLosses), null);
        if (!ItemClasses.IsMail(inner.MessageClass) && model is Message)
        {
            innerLosses.Add(LossKind.MessageClass, inner.MessageClass);
        }

        long size = measure(model);
        if (size + 2048 > SizeLimits.Json)
        {
            losses.Add(LossKind.AttachmentTooLarge, name);
            return null;
        }

        return new PlannedAttachment(name, model, size);
    }

    private static string Name(MapiAttachment attachment, int index)
    {
        string name = GraphText.Clean(attachment.Name).Trim();
        if (name.Length == 0)
        {
            string extension = Text(attachment.Properties.GetString(PropertyTags.AttachExtension)) is { Length: <= 10 } text && text[0] == '.' ? text : "";
            name = "attachment" + (index + 1) + extension;
        }

        if (name.Length <= LongestName)
        {
            return name;
        }

        // Keep the extension: it is what opens the file.
        int dot = name.LastIndexOf('.');
        string tail = dot > 0 && name.Length - dot <= 16 ? name[dot..] : "";
        return GraphText.Shorten(name, LongestName - tail.Length) + tail;
    }

    private static string? ContentType(MapiAttachment attachment)
    {
        string? text = Text(attachment.Properties.GetString(PropertyTags.AttachMimeTag));
        int slash = text?.IndexOf('/') ?? -1;
        bool plain = slash > 0 && slash < text!.Length - 1 && text.Length <= 127
            && text.All(c => c is > ' ' and < '\u007F' and not (';' or ',' or '"' or '<' or '>' or '(' or ')'));
        // A multipart part would be taken apart.
        return plain && !text!.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) ? text : null;
    }

    private static string? Text(string? text) => text is null ? null : GraphText.Clean(text).Trim() is { Length: > 0 } clean ? clean : null;
}
