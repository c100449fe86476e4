using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Reads a series with its left out and changed occurrences into the recurrence Outlook stores.</summary>
/// <param name="master">The event of the series.</param>
/// <param name="clock">The times of the object.</param>
/// <param name="zone">The zone of the series.</param>
internal sealed class CalendarSeries(CalendarComponent master, CalendarClock clock, CalendarZone? zone)
{
    private const int MaximumExceptions = 1000;

    /// <summary>What an occurrence may have of its own and the recurrence no place for.</summary>
    private static readonly string[] s_noPlace = ["DESCRIPTION", "ATTACH"];

    /// <summary>Sets the recurrence; false for rules Outlook has no pattern for.</summary>
    public bool Read(string rule, DateTimeOffset first, TimeSpan length, List<CalendarComponent> changed, PropertyBag p, LossList losses)
    {
        DateTime start = CalendarClock.Local(first, zone);
        if (CalendarRule.Read(rule, start, t => CalendarClock.Local(t, zone)) is not RecurrencePattern pattern)
        {
            return false;
        }

        List<AppointmentException> exceptions = [.. changed.Take(MaximumExceptions).Select(c => Exception(c, losses)).OfType<AppointmentException>()];
        if (changed.Count > MaximumExceptions || exceptions.Count < changed.Count)
        {
            return false;
        }

        IEnumerable<DateTime> deleted = Deleted().Concat(exceptions.Select(e => e.OriginalStart.Date)).Distinct().OrderBy(d => d);
        int offset = (int)start.TimeOfDay.TotalMinutes;
        AppointmentRecurrence recurrence = new()
        {
            Pattern = pattern with { DeletedDates = [.. deleted], ModifiedDates = [.. exceptions.Select(e => e.Start.Date).OrderBy(d => d)] },
            StartOffset = offset,
            EndOffset = offset + (int)Math.Min(Math.Max(length.TotalMinutes, 0), 5_000_000),
            Exceptions = [.. exceptions.OrderBy(e => e.OriginalStart)],
        };
        p.Set(CalendarNames.Recurrence, recurrence.ToArray());
        p.Set(CalendarNames.IsRecurring, true);
        if (zone is not null)
        {
            p.Set(CalendarNames.TimeZoneStruct, zone.Rules.ToArray());
            p.Set(CalendarNames.TimeZoneText, zone.Id);
            p.Set(CalendarNames.RecurrenceZone, zone.ToDefinition());
        }

        return true;
    }

    private IEnumerable<DateTime> Deleted() =>
        from line in master.All("EXDATE")
        from time in line.Times.OfType<CalendarTime>().Take(MaximumExceptions)
        select (time.IsDate ? time.Value : CalendarClock.Local(CalendarClock.ToUtc(time, clock.ZoneOf(line, zone)), zone)).Date;

    private AppointmentException? Exception(CalendarComponent other, LossList losses)
    {
        if (other.Find("RECURRENCE-ID") is not { Time: { } original } id || other.Find("DTSTART") is not { Time: { } begins } line)
        {
            return null;
        }

        foreach (string property in s_noPlace.Where(n => Differs(other, n) is not null))
        {
            losses.Add(LossKind.Field, "RecurrenceException: " + property);
        }

        DateTimeOffset from = CalendarClock.ToUtc(begins, clock.ZoneOf(line, zone));
        int? busy = CalendarValues.Busy(other.Find("X-MICROSOFT-CDO-BUSYSTATUS")?.Value);
        return new AppointmentException
        {
            Start = CalendarClock.Local(from, zone),
            End = CalendarClock.Local(clock.EndOf(other, begins, clock.ZoneOf(line, zone), from), zone),
            OriginalStart = original.IsDate ? original.Value : CalendarClock.Local(CalendarClock.ToUtc(original, clock.ZoneOf(id, zone)), zone),
            Subject = Differs(other, "SUMMARY"),
            Location = Differs(other, "LOCATION"),
            BusyStatus = busy is not null && busy != CalendarValues.Busy(master.Find("X-MICROSOFT-CDO-BUSYSTATUS")?.Value) ? busy : null,
            AllDay = begins.IsDate != master.Find("DTSTART")!.Time!.Value.IsDate ? begins.IsDate : null,
        };
    }

    private string? Differs(CalendarComponent other, string property)
    {
        string? own = other.Find(property)?.Text;
        return own is not null && own != master.Find(property)?.Text ? own : null;
    }
}
