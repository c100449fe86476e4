using System;
using System.Linq;
using MimeKit;

namespace PstMigration.Formats;

/// <summary>The message classes of delivery and read reports (mapi-mime §5).</summary>
internal static class MimeReports
{
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
}
