using PstMigration.Mapi;

namespace PstMigration.Sandbox;

/// <summary>
/// Start and end of a single calendar item in a stream, as /events shows them. A series is none of these: what /events shows of one is a rule in JSON, and the sandbox makes none of the
/// blob in a stream.
/// </summary>
internal sealed record EventTimes(DateTime Start, DateTime End)
{
    private const string Utc = "UTC";

    /// <summary>Those of an item; null for other items, for a series, and where one is missing.</summary>
    public static EventTimes? Of(MapiItem item)
    {
        if (ItemDetails.Read(item) is not AppointmentDetails details || details.IsRecurring || details.Start is not DateTimeOffset start || details.End is not DateTimeOffset end || end < start)
        {
            return null;
        }

        // A day is a day in the zone it was made in.
        if (!details.IsAllDay)
        {
            return new EventTimes(start.UtcDateTime, end.UtcDateTime);
        }

        DateTime first = Local(start).Date;
        DateTime last = Local(end).Date;
        return new EventTimes(first, last > first ? last : first.AddDays(1));

        DateTime Local(DateTimeOffset time) => details.TimeZone?.Zone is TimeZoneInfo zone ? TimeZoneInfo.ConvertTime(time, zone).DateTime : time.UtcDateTime;
    }

    /// <summary>Sets them.</summary>
    public void Take(MailItem item)
    {
        item.Properties.Set(EventTags.LocalStart, new ZonedTime(DateTime.SpecifyKind(Start, DateTimeKind.Unspecified), Utc).Text);
        item.Properties.Set(EventTags.LocalEnd, new ZonedTime(DateTime.SpecifyKind(End, DateTimeKind.Unspecified), Utc).Text);
        item.Properties.Set(EventTags.StartZone, Utc);
        item.Properties.Set(EventTags.EndZone, Utc);
    }
}
