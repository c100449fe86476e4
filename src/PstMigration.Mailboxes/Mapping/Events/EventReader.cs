using System.Globalization;
using Microsoft.Graph.Models;
using PstMigration.Mapi;
using Pattern = PstMigration.Mapi.RecurrencePattern;

namespace PstMigration.Mailboxes;

/// <summary>
/// Makes a calendar item of the service's event. What was kept with it when it was written comes back as it was, as far as nobody has changed it since; the rest is made of
/// what the service says.
/// </summary>
internal sealed class EventReader
{
    private const int Meeting = 1;

    private static readonly PropertyName s_private = new(PropertySets.Common, 0x8506);

    private readonly Event _event;
    private readonly MapiItem _item;
    private readonly PropertyBag _p;
    private readonly PropertyBag _kept;
    private readonly string? _people;

    private EventReader(Event model, IEnumerable<MapiAttachment> attachments)
    {
        _event = model;
        _item = new MapiItem(attachments: attachments);
        _p = _item.Properties;
        ExtendedPropertyReader.Read(model.SingleValueExtendedProperties, model.MultiValueExtendedProperties, _p);
        _kept = KeptProperties.Read(_p.GetString(MailboxPropertyNames.Kept));
        _people = KeptPeople.Take(_p);
        _p.Remove(MailboxPropertyNames.Kept);
    }

    /// <summary>Reads one.</summary>
    /// <param name="model">The event with its extended properties, its changed and its left out occurrences.</param>
    /// <param name="attachments">Its attachments.</param>
    public static MapiItem Read(Event model, IEnumerable<MapiAttachment> attachments)
    {
        EventReader reader = new(model, attachments);
        reader.ReadAll();
        return reader._item;
    }

    private void ReadAll()
    {
        foreach (KeyValuePair<PropertyKey, PropertyValue> property in _kept)
        {
            _p[property.Key] = property.Value;
        }

        _p.Set(PropertyTags.MessageClass, "IPM.Appointment");
        _p.Set(PropertyTags.Subject, _p.GetString(MailboxPropertyNames.Subject) ?? _event.Subject ?? "");
        _p.Remove(MailboxPropertyNames.Subject);
        _p.Set(PropertyTags.Importance, _event.Importance switch { Importance.Low => 0, Importance.High => 2, _ => 1 });
        _p.Set(PropertyTags.Sensitivity, (int)(_event.Sensitivity ?? Sensitivity.Normal));
        _p.Set(s_private, _event.Sensitivity == Sensitivity.Private);
        if (_event.Categories is { Count: > 0 } categories)
        {
            _p.Set(PropertyNames.Keywords, categories.ToArray());
        }

        ReadBody();
        ReadPeople();
        ReadText(CalendarNames.Location, _event.Location?.DisplayName ?? "");
        if (Busy(_event.ShowAs) is int busy)
        {
            _p.Set(CalendarNames.BusyStatus, busy);
        }

        ReadTimes();
        ReadReminder();
        if (_event.IsCancelled == true)
        {
            _p.Set(CalendarNames.StateFlags, (_p.GetInt32(CalendarNames.StateFlags) ?? 0) | 4);
        }

        _p.SetTime(PropertyTags.CreationTime, _event.CreatedDateTime);
        _p.SetTime(PropertyTags.LastModificationTime, _event.LastModifiedDateTime);
        bool hasFiles = _item.Attachments.Any(a => !OccurrenceItems.IsOne(a));
        _p.Set(PropertyTags.MessageFlags, (int)(MessageFlags.Read | (hasFiles ? MessageFlags.HasAttachments : MessageFlags.None)));
        _p.Set(PropertyTags.HasAttachments, hasFiles);
    }

    private void ReadText(PropertyName name, string text)
    {
        // An absent text and an empty one are the same to the service.
        if (text.Length > 0 || _p.Contains(name))
        {
            _p.Set(name, text.Length > 0 || _kept.GetString(name)?.Trim().Length == 0 ? (text.Length > 0 ? text : _kept.GetString(name)) : "");
        }
    }

    private void ReadBody()
    {
        if (_event.Body?.Content is string content && _people is not null)
        {
            _event.Body.Content = EventPeople.RemoveFrom(content, _event.Body.ContentType == BodyType.Html, _people);
        }

        MessageReader.ReadBody(_event.Body, _p);
    }

    private void ReadPeople()
    {
        if (_people is not null)
        {
            EventPeople.Read(_people, _item);
            return;
        }

        MessageReader.ReadParty(_event.Organizer, _p, PropertyTags.SentRepresentingName, PropertyTags.SentRepresentingAddressType, PropertyTags.SentRepresentingEmailAddress, PropertyTags.SentRepresentingSmtpAddress, PropertyTags.SentRepresentingEntryId);
        List<Attendee> attendees = _event.Attendees ?? [];
        foreach ((AttendeeType type, RecipientKind kind, PropertyTag names) in new[]
        {
            (AttendeeType.Required, RecipientKind.To, PropertyTags.DisplayTo), (AttendeeType.Optional, RecipientKind.Cc, PropertyTags.DisplayCc), (AttendeeType.Resource, RecipientKind.Bcc, PropertyTags.DisplayBcc),
        })
        {
            Attendee[] some = [.. attendees.Where(a => (a.Type ?? AttendeeType.Required) == type)];
            int before = _item.Recipients.Count;
            _p.Set(names, MessageReader.ReadRecipients([.. some.Select(a => new Recipient { EmailAddress = a.EmailAddress })], kind, _item));
            for (int i = 0; i < Math.Min(some.Length, _item.Recipients.Count - before); i++)
            {
                int status = some[i].Status?.Response switch
                {
                    ResponseType.Organizer => 1,
                    ResponseType.TentativelyAccepted => 2,
                    ResponseType.Accepted => 3,
                    ResponseType.Declined => 4,
                    _ => 0,
                };
                _item.Recipients[before + i].Properties.Set(CalendarNames.TrackStatus, status);
            }
        }

        if (attendees.Count > 0)
        {
            _p.Set(CalendarNames.StateFlags, Meeting | (_event.IsOrganizer == false ? 2 : 0));
        }

        if (_event.ICalUId is { Length: > 0 } uid)
        {
            GlobalObjectId id = GlobalObjectId.FromUid(uid);
            _p.Set(CalendarNames.GlobalId, id.ToArray());
            _p.Set(CalendarNames.CleanGlobalId, id.ToClean().ToArray());
        }
    }

    private void ReadTimes()
    {
        AppointmentRecurrence? keptSeries = _kept.GetBinary(CalendarNames.Recurrence) is byte[] value && AppointmentRecurrence.TryRead(value, out AppointmentRecurrence? known) ? known : null;
        bool wasSeries = keptSeries is not null && EventRecurrence.Write(keptSeries.Pattern, null) is not null;
        EventTimes? kept = EventTimes.Of(_kept, wasSeries ? keptSeries : null);
        if (EventTimes.Of(_event, kept) is not EventTimes times)
        {
            return;
        }

        bool isSame = kept is not null && times.IsSame(kept);
        if (!isSame)
        {
            WriteTimes(times);
        }

        if (times.IsAllDay || kept is null || _p.Contains(CalendarNames.IsAllDay))
        {
            // An item that does not say so and one that says no are the same to the service, but not to a comparison.
            _p.Set(CalendarNames.IsAllDay, times.IsAllDay);
        }

        if (EventRecurrence.Read(_event.Recurrence) is not Pattern pattern)
        {
            if (wasSeries)
            {
                _p.Remove(CalendarNames.Recurrence);
                _p.Set(CalendarNames.IsRecurring, false);
            }

            return;
        }

        ReadSeries(times, pattern, isSame ? keptSeries : null);
    }

    private void WriteTimes(EventTimes times)
    {
        DateTimeOffset start = times.StartZone.ToUtc(times.Start);
        DateTimeOffset end = times.EndZone.ToUtc(times.End);
        foreach (PropertyKey key in new PropertyKey[] { CalendarNames.Start, CalendarNames.CommonStart, CalendarNames.StartDate })
        {
            _p.Set(key, start);
        }

        foreach (PropertyKey key in new PropertyKey[] { CalendarNames.End, CalendarNames.CommonEnd, CalendarNames.EndDate })
        {
            _p.Set(key, end);
        }

        _p.Set(CalendarNames.Duration, (int)Math.Min(Math.Max((end - start).TotalMinutes, 0), int.MaxValue));
        _p.Remove(CalendarNames.TimeZoneStruct);
        _p.Remove(CalendarNames.TimeZoneText);
        _p.Remove(CalendarNames.RecurrenceZone);
        _p.Set(CalendarNames.StartZone, Definition(times.StartZone, times.Start.Year));
        _p.Set(CalendarNames.EndZone, Definition(times.EndZone, times.End.Year));
    }

    private void ReadSeries(EventTimes times, Pattern pattern, AppointmentRecurrence? kept)
    {
        List<(AppointmentException Exception, Event Model)> changed = [.. (_event.ExceptionOccurrences ?? []).Select(e => Exception(e, times)).OfType<(AppointmentException, Event)>().OrderBy(e => e.Item1.OriginalStart)];
        List<DateTime> deleted = [.. Cancelled().Concat(changed.Select(c => c.Exception.OriginalStart.Date)).Distinct().OrderBy(d => d)];
        AppointmentRecurrence series = new()
        {
            Pattern = pattern with { DeletedDates = deleted, ModifiedDates = [.. changed.Select(c => c.Exception.Start.Date).OrderBy(d => d)] },
            StartOffset = (int)times.Start.TimeOfDay.TotalMinutes,
            EndOffset = (int)times.Start.TimeOfDay.TotalMinutes + (int)Math.Min(Math.Max((times.End - times.Start).TotalMinutes, 0), 5_000_000),
            Exceptions = [.. changed.Select(c => c.Exception)],
        };
        if (kept is not null && IsSame(kept, series))
        {
            // Word for word as it was, with all the service has no place for.
            series = kept;
        }
        else
        {
            _p.Set(CalendarNames.Recurrence, series.ToArray());
            _p.Set(CalendarNames.IsRecurring, true);
            _p.Set(CalendarNames.TimeZoneStruct, times.StartZone.Rules(times.Start.Year).ToArray());
            _p.Set(CalendarNames.TimeZoneText, times.StartZone.Name);
            _p.Set(CalendarNames.RecurrenceZone, Definition(times.StartZone, times.Start.Year));
        }

        foreach (AppointmentException exception in series.Exceptions)
        {
            Event? model = changed.Find(c => c.Exception.OriginalStart.Date == exception.OriginalStart.Date).Model;
            _item.Attachments.Add(EventExceptions.ToAttachment(exception, _item, times.StartZone, exception.HasOwnBody ? model?.Body : null));
        }
    }

    /// <summary>Whether the kept series says what the service says now.</summary>
    private bool IsSame(AppointmentRecurrence kept, AppointmentRecurrence now)
    {
        bool isPattern = EventRecurrence.Describe(EventRecurrence.Write(kept.Pattern, null)) == EventRecurrence.Describe(_event.Recurrence);
        HashSet<DateTime> left = [.. kept.Pattern.DeletedDates.Select(d => d.Date), .. kept.Exceptions.Select(e => e.OriginalStart.Date)];
        return isPattern && left.SetEquals(now.Pattern.DeletedDates.Select(d => d.Date)) && kept.Exceptions.Count == now.Exceptions.Count
            && kept.Exceptions.OrderBy(e => e.OriginalStart).Zip(now.Exceptions, IsSame).All(same => same);
    }

    private bool IsSame(AppointmentException kept, AppointmentException now) =>
        kept.OriginalStart.Date == now.OriginalStart.Date && kept.Start == now.Start && kept.End == now.End
        && Trim(kept.Subject ?? _event.Subject) == Trim(now.Subject ?? _event.Subject)
        && Trim(kept.Location ?? _event.Location?.DisplayName) == Trim(now.Location ?? _event.Location?.DisplayName)
        && (kept.BusyStatus ?? Busy(_event.ShowAs)) == (now.BusyStatus ?? Busy(_event.ShowAs));

    private static string Trim(string? text) => GraphText.Clean(text ?? "").Trim();

    private (AppointmentException, Event)? Exception(Event e, EventTimes times)
    {
        EventZone zone = times.StartZone;
        bool isAllDay = e.IsAllDay ?? times.IsAllDay;
        if (e.OriginalStart is not DateTimeOffset original || EventTimes.In(zone, e.Start, isAllDay) is not DateTime start || EventTimes.In(zone, e.End, isAllDay) is not DateTime end)
        {
            return null;
        }

        DateTime originalStart = times.IsAllDay && original.TimeOfDay == TimeSpan.Zero ? original.UtcDateTime.Date : zone.ToLocal(original);
        bool hasBody = e.Body?.Content is { Length: > 0 } own && Text(own, e.Body) != Text(_event.Body?.Content ?? "", _event.Body);
        return (
            new AppointmentException
            {
                Start = Minute(start),
                End = Minute(end),
                OriginalStart = originalStart.Date.AddMinutes((int)times.Start.TimeOfDay.TotalMinutes),
                Subject = Differs(e.Subject, _event.Subject),
                Location = Differs(e.Location?.DisplayName, _event.Location?.DisplayName),
                BusyStatus = e.ShowAs is not null && e.ShowAs != _event.ShowAs ? Busy(e.ShowAs) : null,
                AllDay = isAllDay != times.IsAllDay ? isAllDay : null,
                Reminder = e.IsReminderOn is not null && e.IsReminderOn != _event.IsReminderOn ? e.IsReminderOn : null,
                ReminderDelta = e.ReminderMinutesBeforeStart is not null && e.ReminderMinutesBeforeStart != _event.ReminderMinutesBeforeStart ? e.ReminderMinutesBeforeStart : null,
                HasOwnBody = hasBody,
            },
            e);
    }

    private static string Text(string content, Microsoft.Graph.Models.ItemBody? body) =>
        (body?.ContentType == BodyType.Html ? HtmlToText.Convert(content) : content).Replace("\r\n", "\n").Trim();

    private static DateTime Minute(DateTime time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerMinute), DateTimeKind.Unspecified);

    private static string? Differs(string? own, string? series) => own is not null && own != (series ?? "") ? own : null;

    /// <summary>The days that are left out: each is named by the series' id and its day.</summary>
    private IEnumerable<DateTime> Cancelled()
    {
        foreach (string text in _event.CancelledOccurrences ?? [])
        {
            if (DateTime.TryParseExact(text[(text.LastIndexOf('.') + 1)..], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime day))
            {
                yield return day;
            }
        }
    }

    private void ReadReminder()
    {
        bool isOn = _event.IsReminderOn == true;
        int minutes = _event.ReminderMinutesBeforeStart ?? EventWriter.DefaultReminder;
        bool isSame = (_kept.GetBoolean(CalendarNames.IsReminderSet) == true) == isOn
            && (!isOn || _kept.GetInt32(CalendarNames.ReminderMinutes) is int known && (known == minutes || (known == EventWriter.UnsetReminder && minutes == EventWriter.DefaultReminder)));
        if (isSame)
        {
            return;
        }

        _p.Set(CalendarNames.IsReminderSet, isOn);
        _p.Set(CalendarNames.ReminderMinutes, minutes);
        if (isOn && _p.GetTime(CalendarNames.Start) is DateTimeOffset start)
        {
            _p.Set(CalendarNames.ReminderTime, start);
            _p.Set(CalendarNames.ReminderSignal, start.AddMinutes(-Math.Min(minutes, 10_000_000)));
        }
    }

    private static byte[] Definition(EventZone zone, int year) => new TimeZoneDefinition(zone.Name, [new TimeZoneRule(true, true, 1601, zone.Rules(year))]).ToArray();

    private static int? Busy(FreeBusyStatus? status) => status switch
    {
        FreeBusyStatus.Free => 0,
        FreeBusyStatus.Tentative => 1,
        FreeBusyStatus.Busy => 2,
        FreeBusyStatus.Oof => 3,
        FreeBusyStatus.WorkingElsewhere => 4,
        _ => null,
    };
}
