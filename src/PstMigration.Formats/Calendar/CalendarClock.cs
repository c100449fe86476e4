using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Turns the times of one object into points in time. Times without a zone are those of the computer they are read on (RFC 5545 3.3.5, [MS-OXCICAL]).</summary>
/// <param name="calendar">The object.</param>
/// <param name="local">The computer's zone.</param>
internal sealed class CalendarClock(CalendarComponent calendar, TimeZoneInfo local)
{
    /// <summary>The zone a time is in: its own, that of its series, of a day that of the object, else the computer's; null for UTC and for a zone nobody knows.</summary>
    /// <param name="line">The line with the time.</param>
    /// <param name="series">The zone of the series the time is about, or null.</param>
    public CalendarZone? ZoneOf(CalendarProperty line, CalendarZone? series = null)
    {
        CalendarTime? time = line.Times.FirstOrDefault();
        if (time is not { IsUtc: false } known)
        {
            return null;
        }

        int year = known.Value.Year;
        return !string.IsNullOrEmpty(known.ZoneId) ? CalendarZoneReader.Find(calendar, known.ZoneId, year)
            : series ?? (known.IsDate ? OnlyZone(year) : null) ?? CalendarZone.Of(local, year);
    }

    /// <summary>The point in time of a time in a zone; in UTC where there is none.</summary>
    public static DateTimeOffset ToUtc(CalendarTime time, CalendarZone? zone) => time.IsUtc || zone is null ? new DateTimeOffset(time.Value, TimeSpan.Zero) : zone.ToUtc(time.Value);

    /// <summary>The time of a point in time on the clocks of a zone.</summary>
    public static DateTime Local(DateTimeOffset time, CalendarZone? zone) => zone?.ToLocal(time) ?? DateTime.SpecifyKind(time.UtcDateTime, DateTimeKind.Unspecified);

    /// <summary>When an event ends.</summary>
    public DateTimeOffset EndOf(CalendarComponent component, CalendarTime start, CalendarZone? zone, DateTimeOffset first)
    {
        if (component.Find("DTEND") is { Time: { } end } line)
        {
            DateTimeOffset last = ToUtc(end, ZoneOf(line, zone));
            return last > first ? last : start.IsDate ? first.AddDays(1) : first;
        }

        return component.Find("DURATION")?.Value is string text && CalendarValues.Minutes(text) is int minutes ? first.AddMinutes(minutes)
            : start.IsDate ? first.AddDays(1) : first;
    }

    /// <summary>A day has no zone of its own; the object's is meant where it has one.</summary>
    private CalendarZone? OnlyZone(int year) =>
        calendar.Children.FirstOrDefault(c => c.Name == "VTIMEZONE")?.Find("TZID")?.Value.Trim() is string id ? CalendarZoneReader.Find(calendar, id, year) : null;
}
