using System;
using System.Collections.Generic;
using System.Linq;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Reads the text/calendar part of a message about a meeting into the properties Outlook has for it ([MS-OXCICAL]). What it cannot read
/// stays an attachment.
/// </summary>
internal sealed class CalendarReader
{
    private const int MeetingAndReceived = 3;
    private const int CanceledToo = 7;

    private readonly CalendarComponent _calendar;
    private readonly CalendarComponent _event;
    private readonly PropertyBag _p;

    private CalendarReader(CalendarComponent calendar, CalendarComponent master, PropertyBag properties)
    {
        _calendar = calendar;
        _event = master;
        _p = properties;
    }

    /// <summary>The message class a method gives; null for methods that make no message about a meeting.</summary>
    public static string? ClassOf(string method, CalendarComponent master) => method.ToUpperInvariant() switch
    {
        "REQUEST" => "IPM.Schedule.Meeting.Request",
        "CANCEL" => "IPM.Schedule.Meeting.Canceled",
        "COUNTER" => "IPM.Schedule.Meeting.Resp.Tent",
        "REPLY" => master.Properties.Where(p => p.Name == "ATTENDEE").Select(p => p.Parameter("PARTSTAT")?.ToUpperInvariant()).FirstOrDefault() switch
        {
            "ACCEPTED" => "IPM.Schedule.Meeting.Resp.Pos",
            "DECLINED" => "IPM.Schedule.Meeting.Resp.Neg",
            "TENTATIVE" => "IPM.Schedule.Meeting.Resp.Tent",
            _ => null,
        },
        _ => null,
    };

    /// <summary>Adds what the object says to an item; false where it is none of ours or cannot be understood, and nothing is changed.</summary>
    /// <param name="text">The iCalendar object.</param>
    /// <param name="item">The item.</param>
    /// <param name="isOwn">Whether an appointment this project wrote (PUBLISH) is read as one.</param>
    public static bool TryRead(string text, MapiItem item, bool isOwn)
    {
        CalendarComponent? calendar = CalendarComponent.Parse(text);
        List<CalendarComponent> events = calendar?.Children.Where(c => c.Name == "VEVENT").ToList() ?? [];
        CalendarComponent? master = events.FirstOrDefault(e => e.Find("RECURRENCE-ID") is null) ?? events.FirstOrDefault();
        string method = calendar?.Find("METHOD")?.Value.Trim() ?? "";
        if (master is null || master.Find("DTSTART")?.Time is null)
        {
            return false;
        }

        bool isAppointment = isOwn && method.Equals("PUBLISH", StringComparison.OrdinalIgnoreCase);
        string? messageClass = isAppointment ? "IPM.Appointment" : ClassOf(method, master);
        PropertyBag read = new();
        CalendarReader reader = new(calendar!, master, read);
        if (messageClass is null || !reader.ReadTimes(events.Where(e => e != master).ToList()))
        {
            return false;
        }

        reader.ReadIdentity();
        reader.ReadState(method.ToUpperInvariant(), isAppointment);
        foreach (KeyValuePair<PropertyKey, PropertyValue> property in read)
        {
            item.Properties[property.Key] = property.Value;
        }

        item.Properties.Set(PropertyTags.MessageClass, messageClass);
        return true;
    }

    private void ReadIdentity()
    {
        GlobalObjectId id = GlobalObjectId.FromUid(_event.Find("UID")?.Text ?? "");
        _p.Set(CalendarNames.CleanGlobalId, id.ToClean().ToArray());
        GlobalObjectId own = id;
        if (_event.Find("RECURRENCE-ID") is { Time: { } replaced } property)
        {
            DateTimeOffset time = ToUtc(replaced, ZoneOf(property));
            own = id.ForOccurrence((ZoneOf(property)?.ToLocal(time) ?? time.UtcDateTime).Date);
            _p.Set(CalendarNames.ReplacedStart, time);
        }

        _p.Set(CalendarNames.GlobalId, own.ToArray());
        _p.Set(CalendarNames.Sequence, Int(_event.Find("SEQUENCE")?.Value));
        _p.Set(CalendarNames.Location, _event.Find("LOCATION")?.Text ?? "");
    }

    private bool ReadTimes(List<CalendarComponent> changed)
    {
        CalendarProperty startLine = _event.Find("DTSTART")!;
        CalendarTime start = startLine.Time!.Value;
        CalendarZone? zone = ZoneOf(startLine);
        if (start.ZoneId is not null && zone is null && !start.IsUtc)
        {
            return false;
        }

        DateTimeOffset first = ToUtc(start, zone);
        DateTimeOffset last = EndOf(_event, start, zone, first);
        _p.Set(CalendarNames.Start, first);
        _p.Set(CalendarNames.End, last);
        _p.Set(CalendarNames.CommonStart, first);
        _p.Set(CalendarNames.CommonEnd, last);
        _p.Set(CalendarNames.StartDate, first);
        _p.Set(CalendarNames.EndDate, last);
        _p.Set(CalendarNames.Duration, (int)Math.Min(Math.Max((last - first).TotalMinutes, 0), int.MaxValue));
        _p.Set(CalendarNames.IsAllDay, start.IsDate);
        if (zone is not null)
        {
            byte[] definition = new TimeZoneDefinition(zone.Id, [new TimeZoneRule(true, true, 1601, zone.Rules)]).ToArray();
            _p.Set(CalendarNames.StartZone, definition);
            _p.Set(CalendarNames.EndZone, definition);
        }

        if (_event.Find("RRULE")?.Value is not string rule)
        {
            return true;
        }

        DateTime localStart = Local(first, zone);
        if (CalendarRule.Read(rule, localStart, t => Local(t, zone)) is not RecurrencePattern pattern)
        {
            return false;
        }

        ReadRecurrence(pattern, localStart, last - first, changed, zone);
        return true;
    }

    private void ReadRecurrence(RecurrencePattern pattern, DateTime start, TimeSpan length, List<CalendarComponent> changed, CalendarZone? zone)
    {
        const int MaximumExceptions = 1000;
        List<DateTime> deleted = [];
        foreach (CalendarProperty line in _event.Properties.Where(p => p.Name == "EXDATE"))
        {
            foreach (string value in line.Value.Split(','))
            {
                if (CalendarTime.Parse(value, line.Parameter("TZID")) is CalendarTime time && deleted.Count < MaximumExceptions)
                {
                    deleted.Add((time.IsDate ? time.Value : Local(ToUtc(time, ZoneOf(line) ?? zone), zone)).Date);
                }
            }
        }

        List<AppointmentException> exceptions = [];
        foreach (CalendarComponent other in changed.Take(MaximumExceptions))
        {
            if (other.Find("RECURRENCE-ID") is { Time: { } original } id && other.Find("DTSTART") is { Time: { } begins } line)
            {
                DateTimeOffset from = ToUtc(begins, ZoneOf(line) ?? zone);
                DateTime was = original.IsDate ? original.Value : Local(ToUtc(original, ZoneOf(id) ?? zone), zone);
                exceptions.Add(new AppointmentException
                {
                    Start = Local(from, zone),
                    End = Local(EndOf(other, begins, ZoneOf(line) ?? zone, from), zone),
                    OriginalStart = was,
                    Subject = Differs(other, "SUMMARY"),
                    Location = Differs(other, "LOCATION"),
                    BusyStatus = Busy(other.Find("X-MICROSOFT-CDO-BUSYSTATUS")?.Value) is int busy && busy != Busy(_event.Find("X-MICROSOFT-CDO-BUSYSTATUS")?.Value) ? busy : null,
                    AllDay = begins.IsDate != _event.Find("DTSTART")!.Time!.Value.IsDate ? begins.IsDate : null,
                });
            }
        }

        deleted.AddRange(exceptions.Select(e => e.OriginalStart.Date));
        int offset = (int)start.TimeOfDay.TotalMinutes;
        AppointmentRecurrence recurrence = new()
        {
            Pattern = With(pattern, deleted.Distinct().OrderBy(d => d).ToList(), exceptions.Select(e => e.Start.Date).OrderBy(d => d).ToList()),
            StartOffset = offset,
            EndOffset = offset + (int)Math.Min(Math.Max(length.TotalMinutes, 0), 5_000_000),
            Exceptions = exceptions.OrderBy(e => e.OriginalStart).ToList(),
        };
        _p.Set(CalendarNames.Recurrence, recurrence.ToArray());
        _p.Set(CalendarNames.IsRecurring, true);
        if (zone is not null)
        {
            _p.Set(CalendarNames.TimeZoneStruct, zone.Rules.ToArray());
            _p.Set(CalendarNames.TimeZoneText, zone.Id);
            _p.Set(CalendarNames.RecurrenceZone, new TimeZoneDefinition(zone.Id, [new TimeZoneRule(true, true, 1601, zone.Rules)]).ToArray());
        }
    }

    private static RecurrencePattern With(RecurrencePattern p, IReadOnlyList<DateTime> deleted, IReadOnlyList<DateTime> modified) => new()
    {
        Frequency = p.Frequency,
        PatternType = p.PatternType,
        CalendarType = p.CalendarType,
        Interval = p.Interval,
        Days = p.Days,
        DayOfMonth = p.DayOfMonth,
        Nth = p.Nth,
        End = p.End,
        OccurrenceCount = p.OccurrenceCount,
        FirstDayOfWeek = p.FirstDayOfWeek,
        StartDate = p.StartDate,
        EndDate = p.EndDate,
        DeletedDates = deleted,
        ModifiedDates = modified,
    };

    private void ReadState(string method, bool isAppointment)
    {
        int busy = Busy(_event.Find("X-MICROSOFT-CDO-BUSYSTATUS")?.Value) ?? (_event.Find("TRANSP")?.Value.Trim().ToUpperInvariant() == "TRANSPARENT" ? 0 : 2);
        bool hasPeople = _event.Find("ORGANIZER") is not null || _event.Find("ATTENDEE") is not null;
        bool isCanceled = method == "CANCEL" || _event.Find("STATUS")?.Value.Trim().ToUpperInvariant() == "CANCELLED";

        // A request is shown as tentative until it is answered; what it asks for stands beside.
        _p.Set(CalendarNames.BusyStatus, isAppointment ? busy : method == "CANCEL" ? 0 : method == "REQUEST" ? 1 : busy);
        _p.Set(CalendarNames.IntendedBusyStatus, Busy(_event.Find("X-MICROSOFT-CDO-INTENDEDSTATUS")?.Value) ?? busy);
        _p.Set(CalendarNames.StateFlags, isAppointment ? (hasPeople ? 1 : 0) | (isCanceled ? 4 : 0) : isCanceled ? CanceledToo : MeetingAndReceived);
        _p.Set(CalendarNames.ResponseStatus, method switch { "REQUEST" => 5, "CANCEL" => 5, _ => 0 });
        if (_event.Find("X-MICROSOFT-DISALLOW-COUNTER")?.Value.Trim().ToUpperInvariant() == "TRUE")
        {
            _p.Set(CalendarNames.ForbidsCounter, true);
        }

        if (method == "COUNTER")
        {
            _p.Set(CalendarNames.IsCounterProposal, true);
            SetTime(CalendarNames.ProposedStart, "X-MS-OLK-PROPOSEDSTART");
            SetTime(CalendarNames.ProposedEnd, "X-MS-OLK-PROPOSEDEND");
        }

        string trigger = _event.Children.FirstOrDefault(c => c.Name == "VALARM")?.Find("TRIGGER")?.Value.Trim() ?? "";
        if (trigger.StartsWith("-P", StringComparison.Ordinal) && Minutes(trigger.Substring(1)) is int minutes)
        {
            _p.Set(CalendarNames.ReminderMinutes, minutes);
            _p.Set(CalendarNames.IsReminderSet, true);
        }
    }

    private void SetTime(PropertyName name, string property)
    {
        if (_event.Find(property) is { Time: { } time } line)
        {
            _p.Set(name, ToUtc(time, ZoneOf(line)));
        }
    }

    private string? Differs(CalendarComponent other, string property)
    {
        string? own = other.Find(property)?.Text;
        return own is not null && own != _event.Find(property)?.Text ? own : null;
    }

    private DateTimeOffset EndOf(CalendarComponent component, CalendarTime start, CalendarZone? zone, DateTimeOffset first)
    {
        if (component.Find("DTEND") is { Time: { } end } line)
        {
            DateTimeOffset last = ToUtc(end, ZoneOf(line) ?? zone);
            return last >= first ? last : first;
        }

        return component.Find("DURATION")?.Value is string text && Minutes(text) is int minutes ? first.AddMinutes(minutes)
            : start.IsDate ? first.AddDays(1) : first;
    }

    private CalendarZone? ZoneOf(CalendarProperty line) => CalendarZoneReader.Find(_calendar, line.Parameter("TZID")) ?? (line.Time?.IsDate == true ? OnlyZone() : null);

    /// <summary>A day has no zone of its own; the object's is meant where it has one.</summary>
    private CalendarZone? OnlyZone() =>
        _calendar.Children.FirstOrDefault(c => c.Name == "VTIMEZONE")?.Find("TZID")?.Value.Trim() is string id ? CalendarZoneReader.Find(_calendar, id) : null;

    private static DateTimeOffset ToUtc(CalendarTime time, CalendarZone? zone) =>
        time.IsUtc || zone is null ? new DateTimeOffset(time.Value, TimeSpan.Zero) : zone.ToUtc(time.Value);

    private static DateTime Local(DateTimeOffset time, CalendarZone? zone) => zone?.ToLocal(time) ?? DateTime.SpecifyKind(time.UtcDateTime, DateTimeKind.Unspecified);

    private static int? Busy(string? text) => text?.Trim().ToUpperInvariant() switch
    {
        "FREE" => 0,
        "TENTATIVE" => 1,
        "BUSY" => 2,
        "OOF" => 3,
        "WORKINGELSEWHERE" => 4,
        _ => null,
    };

    private static int Int(string? text) =>
        int.TryParse(text?.Trim(), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int value) ? value : 0;

    /// <summary>A duration such as P1DT2H30M, in minutes.</summary>
    private static int? Minutes(string duration)
    {
        long total = 0;
        long number = 0;
        foreach (char c in duration.Trim().TrimStart('+').ToUpperInvariant())
        {
            switch (c)
            {
                case >= '0' and <= '9' when number < 100_000_000:
                    number = (number * 10) + c - '0';
                    break;
                case 'P' or 'T':
                    break;
                case 'W' or 'D' or 'H' or 'M' or 'S':
                    total += number * (c switch { 'W' => 7 * 24 * 60, 'D' => 24 * 60, 'H' => 60, 'M' => 1, _ => 0 });
                    number = 0;
                    break;
                default:
                    return null;
            }
        }

        return total <= 10_000_000 ? (int)total : null;
    }
}
