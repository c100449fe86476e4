using System;
using System.Globalization;
using System.Linq;
using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Reads delivery and read reports (mapi-mime §5): their message class, and what they say of each recipient.</summary>
internal static class MimeReports
{
    private const int MaximumRecipients = 1000;

    /// <summary>The class of a multipart/report, or null for any other message.</summary>
    public static string? ClassOf(MimeEntity? body)
    {
        if (body is not MultipartReport report)
        {
            return null;
        }

        if (report.OfType<MessageDeliveryStatus>().FirstOrDefault() is MessageDeliveryStatus delivery)
        {
            string action = delivery.StatusGroups.Select(g => g["Action"]).FirstOrDefault(a => a is not null)?.Trim().ToUpperInvariant() ?? "";
            return "REPORT.IPM.Note." + action switch
            {
                "DELIVERED" => "DR",
                "DELAYED" => "Delayed.DR",
                "RELAYED" => "Relayed.DR",
                "EXPANDED" => "Expanded.DR",
                _ => "NDR",
            };
        }

        if (report.OfType<MessageDispositionNotification>().FirstOrDefault() is MessageDispositionNotification notification)
        {
            bool isRead = (notification.Fields["Disposition"] ?? "").IndexOf("displayed", StringComparison.OrdinalIgnoreCase) >= 0;
            return "REPORT.IPM.Note." + (isRead ? "IPNRN" : "IPNNRN");
        }

        return null;
    }

    /// <summary>Puts what a report says into the item and its recipients. The part itself stays an attachment.</summary>
    public static void Read(MimeEntity body, MapiItem item)
    {
        MultipartReport report = (MultipartReport)body;
        PropertyBag p = item.Properties;
        if (p.GetTime(PropertyTags.ClientSubmitTime) is DateTimeOffset time)
        {
            p.Set(ReportNames.ReportTime, time);
        }

        if (report.OfType<MessageDispositionNotification>().FirstOrDefault()?.Fields is HeaderList fields)
        {
            p.Set(ReportNames.OriginalMessageId, Text(fields["Original-Message-ID"]));
            p.Set(ReportNames.ParentKey, Key(fields["X-MSExch-Correlation-Key"]));
        }

        if (report.OfType<MessageDeliveryStatus>().FirstOrDefault() is not MessageDeliveryStatus delivery)
        {
            return;
        }

        p.Set(ReportNames.ReportingMta, AfterType(delivery.StatusGroups.FirstOrDefault()?["Reporting-MTA"]));
        MapiRecipient[] asked = item.Recipients.ToArray();
        item.Recipients.Clear();
        foreach (HeaderList group in delivery.StatusGroups.Skip(1).Take(MaximumRecipients))
        {
            if (AfterType(group["Final-Recipient"] ?? group["Original-Recipient"]) is { Length: > 0 } address)
            {
                MapiRecipient recipient = MimeParty.ToRecipient(new MailboxAddress(Text(group["X-Display-Name"]), address), RecipientKind.To);
                PropertyBag r = recipient.Properties;
                r.Set(ReportNames.SupplementaryInfo, AfterType(group["Diagnostic-Code"]));
                r.Set(ReportNames.RemoteMta, AfterType(group["Remote-MTA"]));
                if (Status(group["Status"]) is int status)
                {
                    r.Set(ReportNames.StatusCode, status);
                }

                item.Recipients.Add(recipient);
            }
        }

        // A report that names nobody still went to somebody.
        foreach (MapiRecipient recipient in item.Recipients.Count == 0 ? asked : [])
        {
            item.Recipients.Add(recipient);
        }
    }

    private static int? Status(string? text)
    {
        string[] parts = (text ?? "").Trim().Split('.', ' ', '(');
        return parts.Length >= 3 && parts.Take(3).All(n => n.Length == 1 && char.IsDigit(n[0])) && int.TryParse(string.Concat(parts.Take(3)), NumberStyles.None, CultureInfo.InvariantCulture, out int code)
            ? code
            : null;
    }

    /// <summary>What stands behind <c>rfc822;</c> or <c>dns;</c>; null where nothing does.</summary>
    private static string? AfterType(string? value)
    {
        string text = Text(value) ?? "";
        string rest = text.Substring(text.IndexOf(';') + 1).Trim();
        return rest.Length > 0 ? rest : null;
    }

    private static string? Text(string? value) => MimeAddresses.Clean(value ?? "").Trim() is { Length: > 0 } text ? text : null;

    private static byte[]? Key(string? value)
    {
        try
        {
            return Text(value) is string text ? Convert.FromBase64String(text) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
