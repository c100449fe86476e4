using System.Text;

namespace PstMigration.Mapi;

/// <summary>
/// The machine-readable part of a report that came as MIME: of delivery (RFC 3464) or of reading (RFC 8098). Who it is about stands there;
/// the recipients of such an item are those the report was sent to.
/// </summary>
internal static class ReportStatusPart
{
    private const string DeliveryStatus = "message/delivery-status";
    private const string Notification = "message/disposition-notification";
    private const int MaximumLength = 1024 * 1024;
    private const int MaximumRecipients = 1000;

    /// <summary>The recipients the part tells of; empty where the item has no such part, or one that names nobody.</summary>
    /// <exception cref="MailDataException">The part cannot be read.</exception>
    public static IReadOnlyList<ReportRecipient> Read(MapiItem item)
    {
        BinarySource? part = item.Attachments.FirstOrDefault(IsStatusPart)?.Content;
        return part is { Length: <= MaximumLength }
            ? [.. ReportFields.Read(Encoding.UTF8.GetString(part.ToArray())).Select(ToRecipient).OfType<ReportRecipient>().Take(MaximumRecipients)]
            : [];
    }

    private static bool IsStatusPart(MapiAttachment attachment) =>
        attachment.Properties.GetString(PropertyTags.AttachMimeTag)?.Trim() is string type
        && (type.Equals(DeliveryStatus, StringComparison.OrdinalIgnoreCase) || type.Equals(Notification, StringComparison.OrdinalIgnoreCase));

    private static ReportRecipient? ToRecipient(ReportFields group) => group.Recipient is ItemParty party
        ? new ReportRecipient(party.Name, party.Smtp, null, null, group.Status, group["X-Supplementary-Info"] ?? group.Value("Diagnostic-Code") ?? "")
        : null;
}
