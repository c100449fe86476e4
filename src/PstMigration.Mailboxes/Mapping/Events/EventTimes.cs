using System.Globalization;
using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>When a calendar item is, as the service is told: local times and the names of their zones.</summary>
/// <param name="Start">When it starts; of a series, when its first occurrence does.</param>
/// <param name="StartZone">The zone of the start, and of a series.</param>
/// <param name="End">When it ends.</param>
/// <param name="EndZone">The zone of the end.</param>
/// <param name="IsAllDay">Whether it lasts whole days, from midnight to midnight.</param>
internal sealed record EventTimes(DateTime Start, EventZone StartZone, DateTime End, EventZone EndZone, bool IsAllDay)
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fffffff";

    /// <summary>Reads an item's; null where it does not say when it is.</summary>
    public static EventTimes? Of(PropertyBag p, AppointmentRecurrence? recurrence)
    {
        DateTimeOffset? start = p.GetTime(CalendarNames.Start) ?? p.GetTime(CalendarNames.CommonStart) ?? p.GetTime(CalendarNames.StartDate);
        if (start is null && recurrence is null)
        {
            return null;
        }

        DateTimeOffset? end = p.GetTime(CalendarNames.End) ?? p.GetTime(CalendarNames.CommonEnd) ?? p.GetTime(CalendarNames.EndDate);
        int year = (recurrence?.Pattern.StartDate ?? start!.Value.UtcDateTime).Year;
        EventZone startZone = EventZone.OfStart(p, recurrence is not null, year);
        EventZone endZone = EventZone.OfEnd(p, recurrence is not null, year);
        bool isAllDay = p.GetBoolean(CalendarNames.IsAllDay) == true;
        DateTime first;
        DateTime last;
        if (recurrence is not null)
        {
            first = recurrence.Pattern.StartDate.Date.AddMinutes(recurrence.StartOffset);
            last = recurrence.Pattern.StartDate.Date.AddMinutes(Math.Max(recurrence.EndOffset, recurrence.StartOffset));
        }
        else
        {
            first = startZone.ToLocal(start!.Value);
            last = end >= start ? endZone.ToLocal(end.Value) : endZone.ToLocal(start.Value);
        }

        return isAllDay
            ? new EventTimes(Day(first), startZone, Later(Day(first), Day(last)), startZone, true)
            : new EventTimes(first, startZone, last, endZone, false);
    }

    /// <summary>Reads an event's. What the service gives is in UTC unless it says otherwise; days are days in their own zone.</summary>
    /// <param name="item">The event.</param>
    /// <param name="known">The zone the item had when it was written; null where that is not known.</param>
    public static EventTimes? Of(Event item, EventTimes? known)
    {
        if (Parse(item.Start) is not DateTime start || Parse(item.End) is not DateTime end)
        {
            return null;
        }

        EventZone startZone = EventZone.Named(item.OriginalStartTimeZone, known?.StartZone) ?? EventZone.Named(item.Start!.TimeZone, null) ?? EventZone.Utc;
        EventZone endZone = EventZone.Named(item.OriginalEndTimeZone, known?.EndZone) ?? startZone;
        if (item.IsAllDay == true)
        {
            DateTime first = start.TimeOfDay == TimeSpan.Zero ? start : Day(Local(start, item.Start!.TimeZone, startZone));
            DateTime last = end.TimeOfDay == TimeSpan.Zero ? end : Day(Local(end, item.End!.TimeZone, startZone));
            return new EventTimes(first, startZone, Later(first, last), startZone, true);
        }

        return new EventTimes(Local(start, item.Start!.TimeZone, startZone), startZone, Local(end, item.End!.TimeZone, endZone), endZone, false);
    }

    /// <summary>The start as the service takes it.</summary>
    public DateTimeTimeZone StartModel => Model(Start, StartZone.Name);

    /// <summary>The end as the service takes it.</summary>
    public DateTimeTimeZone EndModel => Model(End, EndZone.Name);

    /// <summary>Whether both say the same to the second, in the same zones.</summary>
    public bool IsSame(EventTimes other) => IsAllDay == other.IsAllDay && Second(Start) == Second(other.Start) && Second(End) == Second(other.End)
        && StartZone.Name == other.StartZone.Name && (IsAllDay || EndZone.Name == other.EndZone.Name);

    /// <summary>A time in a zone as the service takes it.</summary>
    public static DateTimeTimeZone Model(DateTime local, string zone) =>
        new() { DateTime = local.ToString(Format, CultureInfo.InvariantCulture), TimeZone = zone };

    /// <summary>A time of the service's in a zone; null where there is none.</summary>
    public static DateTime? In(EventZone zone, DateTimeTimeZone? time, bool isDay) => Parse(time) is not DateTime parsed ? null
        : isDay && parsed.TimeOfDay == TimeSpan.Zero ? parsed
        : Local(parsed, time!.TimeZone, zone);

    private static DateTime Local(DateTime time, string? zone, EventZone target)
    {
        if (string.Equals(zone, target.Name, StringComparison.OrdinalIgnoreCase))
        {
            return time;
        }

        EventZone from = string.IsNullOrEmpty(zone) || string.Equals(zone, "UTC", StringComparison.OrdinalIgnoreCase) ? EventZone.Utc : EventZone.Named(zone, null) ?? EventZone.Utc;
        return target.ToLocal(from.ToUtc(time));
    }

    private static DateTime? Parse(DateTimeTimeZone? time) =>
        DateTime.TryParse(time?.DateTime, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out DateTime parsed)
            ? DateTime.SpecifyKind(parsed, DateTimeKind.Unspecified)
            : null;

    /// <summary>The nearest midnight: what was stored in a zone that is not known here is off by some hours.</summary>
    private static DateTime Day(DateTime local) => local < DateTime.MaxValue.AddDays(-1) ? local.AddHours(12).Date : local.Date;

    private static DateTime Later(DateTime first, DateTime last) => last > first ? last : first.AddDays(1);

    private static long Second(DateTime time) => time.Ticks / TimeSpan.TicksPerSecond;
}
