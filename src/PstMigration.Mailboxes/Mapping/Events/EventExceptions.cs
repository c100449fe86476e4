using System.Text;
using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// The changed occurrences of a series: in the series' own value, and each in an item among the attachments ([MS-OXOCAL] 2.2.10), which has what the value has no room
/// for, above all a body.
/// </summary>
internal static class EventExceptions
{
    /// <summary>The items of the occurrences, by the day the series has them on.</summary>
    public static Dictionary<DateTime, MapiItem> Items(MapiItem series, EventZone zone)
    {
        Dictionary<DateTime, MapiItem> items = [];
        foreach (MapiAttachment attachment in series.Attachments.Where(OccurrenceItems.IsOne))
        {
            MapiItem item = attachment.OpenEmbedded();
            if ((item.Properties.GetTime(CalendarNames.ReplacedStart) ?? attachment.Properties.GetTime(OccurrenceItems.Replaced)) is DateTimeOffset original)
            {
                items[zone.ToLocal(original).Date] = item;
            }
        }

        return items;
    }

    /// <summary>An occurrence as an attachment of its series.</summary>
    /// <param name="exception">What is changed.</param>
    /// <param name="series">The series.</param>
    /// <param name="zone">Its zone.</param>
    /// <param name="body">Its own body; null for that of the series.</param>
    public static MapiAttachment ToAttachment(AppointmentException exception, MapiItem series, EventZone zone, Microsoft.Graph.Models.ItemBody? body)
    {
        PropertyBag p = new();
        p.Set(PropertyTags.AttachMethod, (int)AttachMethod.EmbeddedMessage);
        p.Set(PropertyTags.AttachmentFlags, OccurrenceItems.AttachmentFlag);
        p.Set(PropertyTags.AttachmentHidden, true);
        p.Set(PropertyTags.RenderingPosition, -1);
        p.Set(PropertyTags.DisplayName, exception.Subject ?? series.Subject);
        p.Set(OccurrenceItems.Start, new DateTimeOffset(exception.Start, TimeSpan.Zero));
        p.Set(OccurrenceItems.End, new DateTimeOffset(exception.End, TimeSpan.Zero));
        p.Set(OccurrenceItems.Replaced, zone.ToUtc(exception.OriginalStart));
        return new MapiAttachment(p, () => Item(exception, series, zone, body));
    }

    private static MapiItem Item(AppointmentException exception, MapiItem series, EventZone zone, Microsoft.Graph.Models.ItemBody? body)
    {
        MapiItem item = new();
        PropertyBag p = item.Properties;
        p.Set(PropertyTags.MessageClass, OccurrenceItems.MessageClass);
        p.Set(PropertyTags.Subject, exception.Subject ?? series.Subject);
        p.Set(CalendarNames.Location, exception.Location ?? series.Properties.GetString(CalendarNames.Location) ?? "");
        p.Set(CalendarNames.Start, zone.ToUtc(exception.Start));
        p.Set(CalendarNames.End, zone.ToUtc(exception.End));
        p.Set(CalendarNames.CommonStart, zone.ToUtc(exception.Start));
        p.Set(CalendarNames.CommonEnd, zone.ToUtc(exception.End));
        p.Set(CalendarNames.ReplacedStart, zone.ToUtc(exception.OriginalStart));
        p.Set(CalendarNames.BusyStatus, exception.BusyStatus ?? series.Properties.GetInt32(CalendarNames.BusyStatus) ?? 2);
        p.Set(CalendarNames.IsAllDay, exception.AllDay ?? series.Properties.GetBoolean(CalendarNames.IsAllDay) == true);
        p.Set(CalendarNames.Duration, (int)Math.Max(0, (exception.End - exception.Start).TotalMinutes));
        p.Set(CalendarNames.IsReminderSet, exception.Reminder ?? series.Properties.GetBoolean(CalendarNames.IsReminderSet) == true);
        p.Set(CalendarNames.ReminderMinutes, exception.ReminderDelta ?? series.Properties.GetInt32(CalendarNames.ReminderMinutes) ?? 15);
        p.Set(PropertyTags.MessageFlags, (int)MessageFlags.Read);
        MessageReader.ReadBody(body, p);
        return item;
    }
}
