using System.Text;
using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Reads delivery and read reports ([MS-OXCMAIL] 2.2.3.7): their message class, and what they say of each recipient.</summary>
internal static class MimeReports
{
    private const int MaximumRecipients = 1000;

    /// <summary>What a message met, worst last, and how that ends the class of the report ([MS-OXCMAIL] 2.2.3.7.1.1).</summary>
    private static readonly (string Action, string Suffix)[] s_actions =
        [("delivered", "DR"), ("expanded", "Expanded.DR"), ("relayed", "Relayed.DR"), ("delayed", "Delayed.DR"), ("failed", "NDR")];

    /// <summary>Longer parts are not looked at.</summary>
    private const int MaximumLength = 1024 * 1024;

    /// <summary>The class of a multipart/report, or null for any other message.</summary>
    public static string? ClassOf(MimeEntity? body)
    {
        if (body is not MultipartReport report)
        {
            return null;
        }

        if (Groups<MessageDeliveryStatus>(report) is { Count: > 0 } delivery)
        {
            return "REPORT.IPM.Note." + s_actions[Severity(delivery)].Suffix;
        }

        // Without a disposition it tells of nothing (RFC 8098 3.1).
        return Groups<MessageDispositionNotification>(report).Select(g => g["Disposition"]).FirstOrDefault(d => d is not null) is string disposition
            ? "REPORT.IPM.Note." + (disposition.IndexOf("displayed", StringComparison.OrdinalIgnoreCase) >= 0 ? "IPNRN" : "IPNNRN")
            : null;
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

        if (Groups<MessageDispositionNotification>(report) is [ReportFields fields, ..])
        {
            p.Set(ReportNames.OriginalMessageId, fields["Original-Message-ID"]);
            p.Set(ReportNames.ParentKey, Key(fields["X-MSExch-Correlation-Key"]));
        }

        if (Groups<MessageDeliveryStatus>(report) is not { Count: > 0 } delivery)
        {
            return;
        }

        p.Set(ReportNames.ReportingMta, delivery[0].Value("Reporting-MTA"));
        MapiRecipient[] asked = item.Recipients.ToArray();
        item.Recipients.Clear();
        int severity = Severity(delivery);
        foreach (ReportFields group in delivery.Where(g => (SeverityOf(g) ?? severity) == severity).Take(MaximumRecipients))
        {
            if (group.Recipient is ItemParty party)
            {
                MapiRecipient recipient = MimeParty.ToRecipient(party, RecipientKind.To);
                PropertyBag r = recipient.Properties;
                r.Set(ReportNames.SupplementaryInfo, group["X-Supplementary-Info"] ?? group.Value("Diagnostic-Code"));
                r.Set(ReportNames.RemoteMta, group.Value("Remote-MTA"));
                if (group.Status is int status)
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

    /// <summary>The worst that became of the message for anybody; a report that does not say tells of a failure.</summary>
    private static int Severity(IEnumerable<ReportFields> delivery) => delivery.Max(SeverityOf) ?? s_actions.Length - 1;

    private static int? SeverityOf(ReportFields group)
    {
        // Comments may stand behind it (RFC 3464 2.1).
        string action = (group["Action"] ?? "").Split(' ', '\t', '(', ';')[0];
        int index = Array.FindIndex(s_actions, a => a.Action.Equals(action, StringComparison.OrdinalIgnoreCase));
        return index < 0 ? null : index;
    }

    private static IReadOnlyList<ReportFields> Groups<T>(MultipartReport report)
        where T : MimePart
    {
        return report.OfType<T>().Select(PartSource.Of).FirstOrDefault()?.TryToArray(MaximumLength) is byte[] content
            ? ReportFields.Read(HtmlDecoder.Decode(content, 0, CharsetDetector.Guess(content)?.CodePage ?? 0), f => MimeAddresses.Clean(EncodedWords.Decode(f, Encoding.UTF8)))
            : [];
    }

    private static byte[]? Key(string? value)
    {
        try
        {
            return value is null ? null : Convert.FromBase64String(value);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
