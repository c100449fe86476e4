using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Writes an appointment or a message about a meeting as iCalendar ([MS-OXCICAL], RFC 5545, RFC 5546).</summary>
internal sealed class CalendarWriter(MapiItem item, MimeAddresses addresses, LossList losses, string description)
{
    /// <summary>What calendars of this project say they were written by.</summary>
    internal const string Product = "-//PstMigration//EN";

    private const int Canceled = 4;
    private const int Meeting = 1;

    private readonly PropertyBag _p = item.Properties;

    /// <summary>PUBLISH, REQUEST, CANCEL, REPLY or COUNTER; null for items that are no calendar items.</summary>
    public static string? MethodOf(MapiItem item)
    {
        if (item.IsOfClass("IPM.Appointment"))
        {
            return "PUBLISH";
        }

        if (item.IsOfClass("IPM.Schedule.Meeting.Resp"))
        {
            return item.Properties.GetBoolean(CalendarNames.IsCounterProposal) == true ? "COUNTER" : "REPLY";
        }

        return item.IsOfClass("IPM.Schedule.Meeting.Request") ? "REQUEST" : item.IsOfClass("IPM.Schedule.Meeting.Canceled") ? "CANCEL" : null;
    }

    /// <summary>The whole object; null where the item does not say when it is, or says a time no program takes, which is a loss.</summary>
    public string? Write(string method)
    {
        DateTimeOffset? start = _p.GetTime(CalendarNames.Start) ?? _p.GetTime(CalendarNames.CommonStart) ?? _p.GetTime(CalendarNames.StartDate);
        if (start is not DateTimeOffset known)
        {
            return null;
        }

        DateTimeOffset end = _p.GetTime(CalendarNames.End) ?? _p.GetTime(CalendarNames.CommonEnd) ?? _p.GetTime(CalendarNames.EndDate) ?? known;
        if (!IsHeld(known.UtcDateTime) || !IsHeld(end.UtcDateTime))
        {
            return null;
        }

        AppointmentRecurrence? recurrence = null;
        bool isRecurring = _p.GetBinary(CalendarNames.Recurrence) is byte[] blob && AppointmentRecurrence.TryRead(blob, out recurrence);
        CalendarZone? zone = CalendarZone.Of(_p, isRecurring);
        CalendarLines lines = new();
        lines.Raw("BEGIN", "VCALENDAR");
        lines.Raw("PRODID", Product);
        lines.Raw("VERSION", "2.0");
        lines.Raw("METHOD", method);
        if (recurrence is not null)
        {
            zone?.Write(lines);
        }

        lines.Raw("BEGIN", "VEVENT");
        WriteIdentity(lines, method);
        if (_p.GetTime(CalendarNames.ReplacedStart) is DateTimeOffset replaced && recurrence is null && IsHeld(replaced.UtcDateTime))
        {
            lines.Raw("RECURRENCE-ID", CalendarLines.Utc(replaced));
        }

        WriteTimes(lines, known, end, zone, recurrence);
        WriteWhat(lines, item.Subject, _p.GetString(CalendarNames.Location) ?? "");
        lines.Text("DESCRIPTION", description);
        WriteState(lines, method);
        WriteReminder(lines);
        lines.Raw("END", "VEVENT");
        foreach (AppointmentException exception in (recurrence?.Exceptions ?? []).Where(e => IsHeld(e.OriginalStart) && IsHeld(e.Start) && IsHeld(e.End)))
        {
            WriteException(lines, method, exception, zone, recurrence!);
        }

        lines.Raw("END", "VCALENDAR");
        return lines.ToString();
    }

    private void WriteIdentity(CalendarLines lines, string method)
    {
        byte[]? id = _p.GetBinary(CalendarNames.CleanGlobalId) ?? _p.GetBinary(CalendarNames.GlobalId);
        lines.Text("UID", id is not null && GlobalObjectId.TryRead(id, out GlobalObjectId? known) ? known.Uid : OwnUid());
        lines.Raw("DTSTAMP", CalendarLines.Utc(_p.GetTime(PropertyTags.ClientSubmitTime) ?? _p.GetTime(PropertyTags.CreationTime)
            ?? new DateTimeOffset(1970, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        WriteTime(lines, "CREATED", _p.GetTime(PropertyTags.CreationTime));
        WriteTime(lines, "LAST-MODIFIED", _p.GetTime(PropertyTags.LastModificationTime));
        lines.Raw("SEQUENCE", Number(Math.Max(0, _p.GetInt32(CalendarNames.Sequence) ?? 0)));
        WritePeople(lines, method);
    }

    /// <summary>An item without an id gets one that follows from it, and is no other's (RFC 5545 3.8.4.7): appointments have no Message-ID, no time of sending and mostly one author.</summary>
    private string OwnUid() => Sha256.Hex(string.Join(
        "\n",
        MimeIdentity.Of(item).MessageId,
        Number((_p.GetTime(CalendarNames.Start) ?? _p.GetTime(CalendarNames.CommonStart))?.UtcTicks ?? 0),
        Number((_p.GetTime(CalendarNames.End) ?? _p.GetTime(CalendarNames.CommonEnd))?.UtcTicks ?? 0),
        _p.GetString(CalendarNames.Location) ?? "",
        description));

    private static void WriteTime(CalendarLines lines, string name, DateTimeOffset? time)
    {
        if (time is DateTimeOffset known)
        {
            lines.Raw(name, CalendarLines.Utc(known));
        }
    }

    private void WritePeople(CalendarLines lines, string method)
    {
        bool isReply = method is "REPLY" or "COUNTER";
        bool isMeeting = method != "PUBLISH" || ((_p.GetInt32(CalendarNames.StateFlags) ?? 0) & Meeting) != 0;
        if (!isMeeting)
        {
            return;
        }

        // A reply goes from the one who was asked to the one who asked.
        ItemParty author = ItemParty.Author(_p);
        List<MapiRecipient> people = item.Recipients.Where(r => r.SmtpAddress is not null).ToList();
        if (isReply)
        {
            string status = item.IsOfClass("IPM.Schedule.Meeting.Resp.Pos") ? "ACCEPTED" : item.IsOfClass("IPM.Schedule.Meeting.Resp.Neg") ? "DECLINED" : "TENTATIVE";
            if (people.FirstOrDefault(r => r.Kind == RecipientKind.To) is MapiRecipient organizer)
            {
                Person(lines, "ORGANIZER", organizer.DisplayName, organizer.SmtpAddress!);
            }

            if (addresses.Of(author) is { } attendee)
            {
                Person(lines, "ATTENDEE;PARTSTAT=" + status, author.Name, attendee.Address);
            }

            return;
        }

        if (addresses.Of(author) is { } host)
        {
            Person(lines, "ORGANIZER", author.Name, host.Address);
        }

        foreach (MapiRecipient person in people.Where(r => r.Kind != RecipientKind.Originator && !string.Equals(r.SmtpAddress, author.Smtp, StringComparison.OrdinalIgnoreCase)))
        {
            string role = person.Kind switch
            {
                RecipientKind.Cc => ";ROLE=OPT-PARTICIPANT",
                RecipientKind.Bcc => ";CUTYPE=RESOURCE;ROLE=NON-PARTICIPANT",
                _ => ";ROLE=REQ-PARTICIPANT",
            };
            string status = person.Properties.GetInt32(CalendarNames.TrackStatus) switch
            {
                2 => "TENTATIVE",
                3 => "ACCEPTED",
                4 => "DECLINED",
                _ => "NEEDS-ACTION",
            };
            Person(lines, "ATTENDEE" + role + ";PARTSTAT=" + status + (method == "REQUEST" ? ";RSVP=TRUE" : ""), person.DisplayName, person.SmtpAddress!);
        }
    }

    private void WriteTimes(CalendarLines lines, DateTimeOffset start, DateTimeOffset end, CalendarZone? zone, AppointmentRecurrence? recurrence)
    {
        bool isAllDay = _p.GetBoolean(CalendarNames.IsAllDay) == true;
        DateTime Local(DateTimeOffset time) => zone?.ToLocal(time) ?? time.UtcDateTime;
        if (isAllDay)
        {
            DateTime first = DayOf(start, zone);
            DateTime last = DayOf(end, zone);
            lines.Raw("DTSTART;VALUE=DATE", CalendarLines.Date(first));
            lines.Raw("DTEND;VALUE=DATE", CalendarLines.Date(last > first ? last : first < DateTime.MaxValue.Date ? first.AddDays(1) : first));
        }
        else if (recurrence is not null && zone is not null)
        {
            Zoned(lines, "DTSTART", zone, Local(start));
            Zoned(lines, "DTEND", zone, Local(end));
        }
        else
        {
            lines.Raw("DTSTART", CalendarLines.Utc(start));
            lines.Raw("DTEND", CalendarLines.Utc(end));
        }

        if (recurrence is null)
        {
            return;
        }

        DateTime lastStart = recurrence.Pattern.EndDate.Date.AddMinutes(recurrence.StartOffset);
        string until = isAllDay ? CalendarLines.Date(lastStart) : zone is null ? CalendarLines.Local(lastStart) + "Z" : CalendarLines.Utc(zone.ToUtc(lastStart));
        if (CalendarRule.Write(recurrence.Pattern, until) is not string rule)
        {
            return;
        }

        lines.Raw("RRULE", rule);
        HashSet<DateTime> changed = [.. recurrence.Exceptions.Select(e => e.OriginalStart.Date)];
        foreach (DateTime day in recurrence.Pattern.DeletedDates.Where(d => !changed.Contains(d.Date) && IsHeld(d)).OrderBy(d => d))
        {
            Moment(lines, "EXDATE", day.Date.AddMinutes(recurrence.StartOffset), zone, isAllDay);
        }
    }

    /// <summary>The day a time stands for; without a zone the nearest midnight of UTC has to do.</summary>
    private static DateTime DayOf(DateTimeOffset time, CalendarZone? zone) => zone is not null ? zone.ToLocal(time).Date
        : time.UtcDateTime < DateTime.MaxValue.AddDays(-1) ? time.UtcDateTime.AddHours(12).Date
        : time.UtcDateTime.Date;

    private void WriteException(CalendarLines lines, string method, AppointmentException exception, CalendarZone? zone, AppointmentRecurrence recurrence)
    {
        bool isAllDay = exception.AllDay ?? _p.GetBoolean(CalendarNames.IsAllDay) == true;
        lines.Raw("BEGIN", "VEVENT");
        WriteIdentity(lines, method);
        DateTime original = exception.OriginalStart.Date.AddMinutes(recurrence.StartOffset);
        Moment(lines, "RECURRENCE-ID", original, zone, _p.GetBoolean(CalendarNames.IsAllDay) == true);
        Moment(lines, "DTSTART", exception.Start, zone, isAllDay);
        Moment(lines, "DTEND", exception.End, zone, isAllDay);
        WriteWhat(lines, exception.Subject ?? item.Subject, exception.Location ?? _p.GetString(CalendarNames.Location) ?? "");
        if ((exception.BusyStatus ?? _p.GetInt32(CalendarNames.BusyStatus)) is int busy)
        {
            WriteBusy(lines, busy, "X-MICROSOFT-CDO-BUSYSTATUS");
        }

        lines.Raw("END", "VEVENT");
    }

    private static void Moment(CalendarLines lines, string name, DateTime local, CalendarZone? zone, bool isDate)
    {
        if (isDate)
        {
            lines.Raw(name + ";VALUE=DATE", CalendarLines.Date(local));
        }
        else if (zone is null)
        {
            lines.Raw(name, CalendarLines.Local(local) + "Z");
        }
        else
        {
            Zoned(lines, name, zone, local);
        }
    }

    private static void Zoned(CalendarLines lines, string name, CalendarZone zone, DateTime local) =>
        lines.Raw(name + ";TZID=" + CalendarLines.Parameter(zone.Id), CalendarLines.Local(local));

    private static void WriteWhat(CalendarLines lines, string subject, string location)
    {
        lines.Text("SUMMARY", subject);
        if (location.Length > 0)
        {
            lines.Text("LOCATION", location);
        }
    }

    private void WriteState(CalendarLines lines, string method)
    {
        bool isCanceled = method == "CANCEL" || ((_p.GetInt32(CalendarNames.StateFlags) ?? 0) & Canceled) != 0;
        int busy = _p.GetInt32(CalendarNames.BusyStatus) ?? 2;
        lines.Raw("STATUS", isCanceled ? "CANCELLED" : busy == 1 ? "TENTATIVE" : "CONFIRMED");
        lines.Raw("TRANSP", busy == 0 ? "TRANSPARENT" : "OPAQUE");
        WriteBusy(lines, busy, "X-MICROSOFT-CDO-BUSYSTATUS");
        if (_p.GetInt32(CalendarNames.IntendedBusyStatus) is int intended)
        {
            WriteBusy(lines, intended, "X-MICROSOFT-CDO-INTENDEDSTATUS");
        }

        lines.Raw("CLASS", _p.GetInt32(PropertyTags.Sensitivity) switch { 1 => "X-PERSONAL", 2 => "PRIVATE", 3 => "CONFIDENTIAL", _ => "PUBLIC" });
        lines.Raw("PRIORITY", _p.GetInt32(PropertyTags.Importance) switch { 0 => "9", 2 => "1", _ => "5" });
        if (_p.GetBoolean(CalendarNames.ForbidsCounter) == true)
        {
            lines.Raw("X-MICROSOFT-DISALLOW-COUNTER", "TRUE");
        }

        if (method == "COUNTER" && _p.GetTime(CalendarNames.ProposedStart) is DateTimeOffset proposed)
        {
            lines.Raw("X-MS-OLK-PROPOSEDSTART", CalendarLines.Utc(proposed));
            lines.Raw("X-MS-OLK-PROPOSEDEND", CalendarLines.Utc(_p.GetTime(CalendarNames.ProposedEnd) ?? proposed));
        }
    }

    private void WriteReminder(CalendarLines lines)
    {
        if (_p.GetBoolean(CalendarNames.IsReminderSet) == true && _p.GetInt32(CalendarNames.ReminderMinutes) is >= 0 and < 10_000_000 and int minutes)
        {
            lines.Raw("BEGIN", "VALARM");
            lines.Raw("ACTION", "DISPLAY");
            lines.Text("DESCRIPTION", item.Subject);
            lines.Raw("TRIGGER", "-PT" + Number(minutes) + "M");
            lines.Raw("END", "VALARM");
        }
    }

    private static void WriteBusy(CalendarLines lines, int status, string name) =>
        lines.Raw(name, status switch { 0 => "FREE", 1 => "TENTATIVE", 3 => "OOF", 4 => "WORKINGELSEWHERE", _ => "BUSY" });

    private static void Person(CalendarLines lines, string name, string shown, string address)
    {
        string clean = MimeAddresses.Clean(address).Replace(" ", "");
        lines.Raw(name + (shown.Length > 0 ? ";CN=" + CalendarLines.Parameter(shown) : ""), "mailto:" + clean);
    }

    /// <summary>A time no calendar takes makes the whole object one that is refused; without it the rest is read.</summary>
    private bool IsHeld(DateTime time)
    {
        bool isHeld = CalendarTime.IsHeld(time);
        if (!isHeld)
        {
            losses.Add(LossKind.Field, "VEVENT");
        }

        return isHeld;
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
