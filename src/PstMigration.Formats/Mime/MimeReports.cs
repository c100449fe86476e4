using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Reads delivery and read reports ([MS-OXCMAIL], [MS-OXOMSG]): their message class, and what they say of each recipient.</summary>
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

        if (Groups<MessageDeliveryStatus>(report) is { Count: > 0 } delivery)
        {
            string action = delivery.Select(g => g["Action"]).FirstOrDefault(a => a is not null)?.ToUpperInvariant() ?? "";
            return "REPORT.IPM.Note." + action switch
            {
                "DELIVERED" => "DR",
                "DELAYED" => "Delayed.DR",
                "RELAYED" => "Relayed.DR",
                "EXPANDED" => "Expanded.DR",
                _ => "NDR",
            };
        }

        if (Groups<MessageDispositionNotification>(report) is { Count: > 0 } notification)
        {
            bool isRead = (notification[0]["Disposition"] ?? "").IndexOf("displayed", StringComparison.OrdinalIgnoreCase) >= 0;
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

        if (Groups<MessageDispositionNotification>(report).FirstOrDefault() is ReportFields fields)
        {
            p.Set(ReportNames.OriginalMessageId, Text(fields["Original-Message-ID"]));
            p.Set(ReportNames.ParentKey, Key(fields["X-MSExch-Correlation-Key"]));
        }

        if (Groups<MessageDeliveryStatus>(report) is not { Count: > 0 } delivery)
        {
            return;
        }

        p.Set(ReportNames.ReportingMta, AfterType(delivery[0]["Reporting-MTA"]));
        MapiRecipient[] asked = item.Recipients.ToArray();
        item.Recipients.Clear();
        foreach (ReportFields group in delivery.Take(MaximumRecipients))
        {
            if (AfterType(group["Final-Recipient"] ?? group["Original-Recipient"]) is { Length: > 0 } address)
            {
                MapiRecipient recipient = MimeParty.ToRecipient(Party(address, Text(group["X-Display-Name"])), RecipientKind.To);
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

    private static List<ReportFields> Groups<T>(MultipartReport report)
        where T : MimePart => report.OfType<T>().FirstOrDefault() is T part ? ReportFields.Read(part) : [];

    /// <summary>RFC 3464 2.3.2: an address of any type, and what bounced is often none at all. It is kept as it stands.</summary>
    private static ItemParty Party(string address, string? name)
    {
        IReadOnlyList<ItemParty> read = AddressLine.Read(address);
        ItemParty party = read.Count == 1 && read[0].AddressType.Length > 0 ? read[0] : new ItemParty("", null, "", address);
        return name is null ? party : party with { Name = name };
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
