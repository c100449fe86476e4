using System.Globalization;
using System.Text;
using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Makes the machine-readable part of a report: of delivery (RFC 3464) or of reading (RFC 8098), by [MS-OXCMAIL]. A part that came with the report is
/// written as it came.
/// </summary>
internal sealed class MimeReportBuilder(MapiItem item, MimeAddresses addresses)
{
    private const string DeliveryStatus = "delivery-status";
    private const string Notification = "disposition-notification";

    /// <summary>What stands before the type of a part in UTF-8 (RFC 6533).</summary>
    private const string Global = "global-";

    /// <summary>A longer part is an attachment like any other.</summary>
    private const int MaximumLength = 1024 * 1024;

    private readonly bool _isRead = IsOfKind(item, "IPNRN") || IsOfKind(item, "IPNNRN");

    /// <summary>The value of report-type; null for items that are no report.</summary>
    public static string? TypeOf(MapiItem item) => !item.IsOfClass("REPORT") ? null
        : IsOfKind(item, "IPNRN") || IsOfKind(item, "IPNNRN") ? "disposition-notification"
        : IsOfKind(item, "NDR") || IsOfKind(item, "DR") ? "delivery-status"
        : null;

    /// <summary>The attachment that is the part a report came with; null where it came with none.</summary>
    public static MapiAttachment? StatusPart(MapiItem item)
    {
        string? type = TypeOf(item);
        return type is null ? null : item.Attachments.FirstOrDefault(a => a.Content?.IsLongerThan(MaximumLength) == false
            && a.Properties.GetString(PropertyTags.AttachMimeTag)?.Trim().ToUpperInvariant() is string said
            && (said == "MESSAGE/" + type.ToUpperInvariant() || said == "MESSAGE/" + Global.ToUpperInvariant() + type.ToUpperInvariant()));
    }

    /// <summary>The part.</summary>
    public MimePart Build()
    {
        byte[] bytes = StatusPart(item)?.Content is BinarySource stored
            ? stored.ToArray()
            : Encoding.UTF8.GetBytes(_isRead ? ReadFields() : DeliveryFields());
        bool isSevenBit = CharsetDetector.IsSevenBit(bytes);
        return new MimePart("message", (isSevenBit ? "" : Global) + (_isRead ? Notification : DeliveryStatus))
        {
            Content = new MimeContent(new MemoryStream(bytes, writable: false)),

            // Neither type may be encoded unless it must.
            ContentTransferEncoding = isSevenBit ? ContentEncoding.SevenBit : ContentEncoding.EightBit,
        };
    }

    private static bool IsOfKind(MapiItem item, string kind) => item.MessageClass.EndsWith("." + kind, StringComparison.OrdinalIgnoreCase);

    private string ReadFields()
    {
        PropertyBag p = item.Properties;
        StringBuilder fields = new();
        ItemParty reader = ItemParty.Author(p);
        Add(fields, "Final-Recipient", TypedAddress(addresses.Of(reader)?.Address, reader.AddressType, reader.Address));
        Add(fields, "Original-Message-ID", p.GetString(ReportNames.OriginalMessageId) ?? p.GetString(PropertyTags.InReplyToId));
        Add(fields, "Disposition", "manual-action/MDN-sent-manually; " + (IsOfKind(item, "IPNRN") ? "displayed" : "deleted"));
        Add(fields, "X-MSExch-Correlation-Key", p.GetBinary(ReportNames.ParentKey) is { Length: > 0 } key ? Convert.ToBase64String(key) : null);
        return fields.ToString();
    }

    private string DeliveryFields()
    {
        PropertyBag p = item.Properties;
        StringBuilder fields = new();
        Add(fields, "Reporting-MTA", "dns; " + (Text(p.GetString(ReportNames.ReportingMta)) is { Length: > 0 } mta ? mta : "unknown.invalid"));
        Add(fields, "Original-Envelope-Id", null);
        foreach (MapiRecipient recipient in item.Recipients.Where(r => r.Kind != RecipientKind.Originator))
        {
            PropertyBag r = recipient.Properties;
            fields.Append("\r\n");
            Add(fields, "Final-Recipient", TypedAddress(
                addresses.Of(recipient)?.Address, r.GetString(PropertyTags.AddressType) ?? "", r.GetString(PropertyTags.EmailAddress) ?? ""));
            Add(fields, "Action", Action());
            Add(fields, "Status", Status(r.GetInt32(ReportNames.StatusCode)));
            Add(fields, "Diagnostic-Code", Text(r.GetString(ReportNames.SupplementaryInfo)) is { Length: > 0 } info ? "smtp; " + info : null);
            Add(fields, "Remote-MTA", Text(r.GetString(ReportNames.RemoteMta)) is { Length: > 0 } remote ? "dns; " + remote : null);
        }

        return fields.ToString();
    }

    /// <summary>RFC 3464 2.3.2: the type is free, and what stands behind it any text. The address that bounced is mostly the very one that is none.</summary>
    private static string TypedAddress(string? smtp, string type, string address) =>
        smtp is not null and not MailAddress.Unresolved ? Internet(smtp)
        : type.Equals("SMTP", StringComparison.OrdinalIgnoreCase) && address.Length > 0 ? Internet(address)
        : type.Equals("X400", StringComparison.OrdinalIgnoreCase) ? "x400; " + address
        : address.Length > 0 && !type.Equals("EX", StringComparison.OrdinalIgnoreCase) ? "unknown; " + address
        : "rfc822; " + MailAddress.Unresolved;

    private static string Internet(string address) => (address.Any(c => c >= 0x80) ? "utf-8; " : "rfc822; ") + address;

    private string Action() =>
        IsOfKind(item, "Expanded.DR") ? "expanded" : IsOfKind(item, "Relayed.DR") ? "relayed" : IsOfKind(item, "Delayed.DR") ? "delayed"
        : IsOfKind(item, "DR") ? "delivered" : "failed";

    /// <summary>A stored code has the three numbers of the status as its digits.</summary>
    private string Status(int? code) => code is >= 200 and <= 599
        ? string.Format(CultureInfo.InvariantCulture, "{0}.{1}.{2}", code / 100, code / 10 % 10, code % 10)
        : Action() switch { "failed" => "5.0.0", "delayed" => "4.0.0", _ => "2.0.0" };

    private static void Add(StringBuilder fields, string name, string? value)
    {
        if (Text(value) is { Length: > 0 } text)
        {
            fields.Append(name).Append(": ").Append(text).Append("\r\n");
        }
    }

    private static string Text(string? value) => MimeAddresses.Clean(value ?? "").Trim();
}
