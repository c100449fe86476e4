using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Reads the text/calendar part of a message about a meeting into the properties Outlook has for it ([MS-OXCICAL] 2.1.3.1.1). What it cannot read
/// whole stays an attachment.
/// </summary>
internal sealed class CalendarReader
{
    private const int MeetingAndReceived = 3;
    private const int CanceledToo = 7;

    private static readonly string[] s_notRead = ["RDATE", "EXRULE"];

    private static readonly string[] s_allDay = ["X-MICROSOFT-CDO-ALLDAYEVENT", "X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT"];

    private readonly CalendarComponent _event;
    private readonly CalendarClock _clock;
    private readonly PropertyBag _p = new();

    private CalendarReader(CalendarComponent calendar, CalendarComponent master, TimeZoneInfo local)
    {
        _event = master;
        _clock = new CalendarClock(calendar, local);
    }

    /// <summary>The message class a method gives; null for methods that make no message about a meeting.</summary>
    public static string? ClassOf(string method, CalendarComponent master) => method.ToUpperInvariant() switch
    {
        "REQUEST" => "IPM.Schedule.Meeting.Request",
        "CANCEL" => "IPM.Schedule.Meeting.Canceled",
        "COUNTER" => "IPM.Schedule.Meeting.Resp.Tent",
        "REPLY" => master.All("ATTENDEE").Select(p => p.Parameter("PARTSTAT")?.ToUpperInvariant()).FirstOrDefault() switch
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
    /// <param name="declared">The method its part says, which counts where the object says none.</param>
    /// <param name="item">The item.</param>
    /// <param name="isOwn">Whether an appointment this project wrote (PUBLISH) is read as one.</param>
    /// <param name="local">The zone of times that have none.</param>
    /// <param name="losses">Takes what of the object has no place in the item.</param>
    public static bool TryRead(string text, string declared, MapiItem item, bool isOwn, TimeZoneInfo local, LossList losses)
    {
        CalendarComponent? calendar = CalendarComponent.Parse(text);
        List<CalendarComponent> events = calendar?.Children.Where(c => c.Name == "VEVENT").ToList() ?? [];
        CalendarComponent? master = events.FirstOrDefault(e => e.Find("RECURRENCE-ID") is null) ?? events.FirstOrDefault();
        string method = calendar?.Find("METHOD")?.Value.Trim() is { Length: > 0 } said ? said : declared;
        if (master is null || !IsOneMeeting(calendar!, events, master) || !CanBeHeld(events))
        {
            return false;
        }

        bool isAppointment = isOwn && method.Equals("PUBLISH", StringComparison.OrdinalIgnoreCase) && calendar!.Find("PRODID")?.Value.Trim() == CalendarWriter.Product;
        string? messageClass = isAppointment ? "IPM.Appointment" : ClassOf(method, master);
        CalendarReader reader = new(calendar!, master, local);
        if (messageClass is null || !reader.ReadTimes(events.Where(e => e != master).ToList(), losses))
        {
            return false;
        }

        reader.ReadIdentity();
        reader.ReadState(method.ToUpperInvariant(), isAppointment);
        foreach (KeyValuePair<PropertyKey, PropertyValue> property in reader._p)
        {
            item.Properties[property.Key] = property.Value;
        }

        item.Properties.Set(PropertyTags.MessageClass, messageClass);
        CalendarPeople.Read(master, method, item);
        CalendarText.Read(master, item);
        return true;
    }

    /// <summary>
    /// Whether the object is about one meeting, and says of it what an item can: several events are one only as a series and its changed occurrences, and days
    /// added to a series (RDATE) or taken from it by a rule have no place in a pattern.
    /// </summary>
    private static bool IsOneMeeting(CalendarComponent calendar, List<CalendarComponent> events, CalendarComponent master)
    {
        bool isSeries = master.Find("RRULE") is not null && master.Find("RECURRENCE-ID") is null;
        bool isAlone = calendar.Children.TrueForAll(c => c.Name is not ("VTODO" or "VJOURNAL"));
        string uid = master.Find("UID")?.Text ?? "";
        return isAlone
            && (events.Count == 1 || (isSeries && events.TrueForAll(e => e == master || (e.Find("RECURRENCE-ID") is not null && (e.Find("UID")?.Text ?? "") == uid))))
            && master.All("RRULE").Count() <= 1
            && !events.Exists(e => e.Properties.Exists(p => Array.IndexOf(s_notRead, p.Name) >= 0))
            && !events.Exists(e => e.Find("RECURRENCE-ID")?.Parameter("RANGE") is not null);
    }

    /// <summary>Whether Outlook can hold all times of the events, and each begins at one.</summary>
    private static bool CanBeHeld(List<CalendarComponent> events)
    {
        foreach (CalendarComponent component in events)
        {
            foreach (CalendarProperty property in component.Properties.Where(p => p.Name is "DTSTART" or "DTEND" or "RECURRENCE-ID" or "EXDATE"))
            {
                if (property.Times.Any(t => t?.CanBeHeld != true))
                {
                    return false;
                }
            }
        }

        return events.TrueForAll(e => e.Find("DTSTART") is not null);
    }

    private void ReadIdentity()
    {
        GlobalObjectId id = GlobalObjectId.FromUid(_event.Find("UID")?.Text ?? "");
        _p.Set(CalendarNames.CleanGlobalId, id.ToClean().ToArray());
        GlobalObjectId own = id;
        if (_event.Find("RECURRENCE-ID") is CalendarProperty { Time: { } replaced } property)
        {
            DateTimeOffset time = CalendarClock.ToUtc(replaced, _clock.ZoneOf(property));
            own = id.ForOccurrence((_clock.ZoneOf(property)?.ToLocal(time) ?? time.UtcDateTime).Date);
            _p.Set(CalendarNames.ReplacedStart, time);
        }

        _p.Set(CalendarNames.GlobalId, own.ToArray());
        _p.Set(CalendarNames.Sequence, Int(_event.Find("SEQUENCE")?.Value));
        _p.Set(CalendarNames.Location, _event.Find("LOCATION")?.Text ?? "");
    }

    private bool ReadTimes(List<CalendarComponent> changed, LossList losses)
    {
        CalendarProperty startLine = _event.Find("DTSTART")!;
        CalendarTime start = startLine.Time!.Value;
        CalendarZone? zone = _clock.ZoneOf(startLine);
        if (!start.IsUtc && zone is null)
        {
            return false;
        }

        DateTimeOffset first = CalendarClock.ToUtc(start, zone);
        DateTimeOffset last = _clock.EndOf(_event, start, zone, first);
        bool isAllDay = IsAllDay(start, _event.Find("DTEND")?.Time);
        _p.Set(CalendarNames.Start, first);
        _p.Set(CalendarNames.End, last);
        _p.Set(CalendarNames.CommonStart, first);
        _p.Set(CalendarNames.CommonEnd, last);
        _p.Set(CalendarNames.StartDate, first);
        _p.Set(CalendarNames.EndDate, last);
        _p.Set(CalendarNames.Duration, (int)Math.Min(Math.Max((last - first).TotalMinutes, 0), int.MaxValue));
        _p.Set(CalendarNames.IsAllDay, isAllDay);
        if (zone is not null)
        {
            _p.Set(CalendarNames.StartZone, zone.ToDefinition());
            _p.Set(CalendarNames.EndZone, zone.ToDefinition());
        }

        return _event.Find("RRULE")?.Value is not string rule || new CalendarSeries(_event, _clock, zone).Read(rule, first, last - first, changed, _p, losses);
    }

    /// <summary>
    /// A date; or a floating time, or one that is said to be a whole day, from midnight to midnight ([MS-OXCICAL] 2.1.3.1.1.20.10 and 2.1.3.1.1.20.28). CDO says
    /// so of days it gives in UTC.
    /// </summary>
    private bool IsAllDay(CalendarTime start, CalendarTime? end)
    {
        bool isSaid = s_allDay.Any(n => _event.Find(n)?.Value.Trim().Equals("TRUE", StringComparison.OrdinalIgnoreCase) == true);
        bool isWhole = end is CalendarTime last && last.Value > start.Value && (last.Value - start.Value).Ticks % TimeSpan.TicksPerDay == 0;
        bool isMidnight = isWhole && start.IsMidnight && end!.Value.IsMidnight;
        return start.IsDate || (isSaid && (isMidnight || (isWhole && start.IsUtc))) || (isMidnight && start.IsFloating && end!.Value.IsFloating);
    }

    private void ReadState(string method, bool isAppointment)
    {
        int busy = CalendarValues.Busy(_event.Find("X-MICROSOFT-CDO-BUSYSTATUS")?.Value) ?? (_event.Find("TRANSP")?.Value.Trim().ToUpperInvariant() == "TRANSPARENT" ? 0 : 2);
        bool hasPeople = _event.Find("ORGANIZER") is not null || _event.Find("ATTENDEE") is not null;
        bool isCanceled = method == "CANCEL" || _event.Find("STATUS")?.Value.Trim().ToUpperInvariant() == "CANCELLED";

        // A request is shown as tentative until it is answered; what it asks for stands beside.
        _p.Set(CalendarNames.BusyStatus, isAppointment ? busy : method == "CANCEL" ? 0 : method == "REQUEST" ? 1 : busy);
        _p.Set(CalendarNames.IntendedBusyStatus, CalendarValues.Busy(_event.Find("X-MICROSOFT-CDO-INTENDEDSTATUS")?.Value) ?? busy);
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

        ReadWeight();
        string trigger = _event.Children.FirstOrDefault(c => c.Name == "VALARM")?.Find("TRIGGER")?.Value.Trim() ?? "";
        if (trigger.StartsWith("-P", StringComparison.Ordinal) && CalendarValues.Minutes(trigger.Substring(1)) is int minutes)
        {
            _p.Set(CalendarNames.ReminderMinutes, minutes);
            _p.Set(CalendarNames.IsReminderSet, true);
        }
    }

    /// <summary>CLASS and PRIORITY ([MS-OXCICAL] 2.1.3.1.1.20.4 and 2.1.3.1.1.20.17).</summary>
    private void ReadWeight()
    {
        int sensitivity = _event.Find("CLASS")?.Value.Trim().ToUpperInvariant() switch { "PERSONAL" => 1, "PRIVATE" => 2, "CONFIDENTIAL" => 3, _ => 0 };
        if (sensitivity > 0)
        {
            _p.Set(PropertyTags.Sensitivity, sensitivity);
        }

        int priority = Int(_event.Find("PRIORITY")?.Value);
        if (priority is >= 1 and <= 9 and not 5)
        {
            _p.Set(PropertyTags.Importance, priority < 5 ? 2 : 0);
            _p.Set(PropertyTags.Priority, priority < 5 ? 1 : -1);
        }
    }

    private void SetTime(PropertyName name, string property)
    {
        if (_event.Find(property) is { Time: { CanBeHeld: true } time } line)
        {
            _p.Set(name, CalendarClock.ToUtc(time, _clock.ZoneOf(line)));
        }
    }

    private static int Int(string? text) => int.TryParse(text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : 0;
}
