using System.Globalization;
using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// Makes the service's event of a calendar item. Attendees are never written: the service would mail them. Attachments and changed occurrences follow the create.
/// </summary>
internal sealed class EventWriter
{
    private const int LongestSubject = 255;

    /// <summary>
    /// Occurrences that are changed or left out after the create, each by two requests. The service itself counts no more than 999 occurrences of a numbered series (recurrenceRange).
    /// </summary>
    private const int MostExceptions = 1000;

    /// <summary>What a writer stores that has the program's default in mind ([MS-OXORMDR]).</summary>
    public const int UnsetReminder = 0x5AE980E1;

    /// <summary>That default, in minutes.</summary>
    public const int DefaultReminder = 15;

    private const int Received = 2;
    private const int Canceled = 4;

    /// <summary>What Outlook names in these sets means something to the service.</summary>
    private static readonly Guid[] s_outlook =
        [PropertySets.Appointment, PropertySets.Meeting, PropertySets.CalendarAssistant, PropertySets.Common, PropertySets.Task];

    private readonly MapiItem _item;
    private readonly PropertyBag _p;
    private readonly MessageDetail _detail;
    private readonly LossList _losses;
    private readonly AppointmentRecurrence? _recurrence;
    private readonly EventTimes _times;
    private PatternedRecurrence? _series;

    /// <summary>A writer for one item.</summary>
    /// <exception cref="MailDataException">It does not say when it is.</exception>
    public EventWriter(MapiItem item, MessageDetail detail, LossList losses)
    {
        _item = item;
        _p = item.Properties;
        _detail = detail;
        _losses = losses;
        _recurrence = RecurrenceOf(_p);
        _times = EventTimes.Of(_p, _recurrence) ?? throw new MailDataException(MailboxErrorIds.EventWithoutTime, Strings.EventWithoutTime);
    }

    /// <summary>The event without attachments.</summary>
    public Event Write(MessageBody body, ItemProvenance provenance)
    {
        ExtendedPropertyList extended = new(_losses);
        Provenance.Write(extended, provenance);
        _series = _recurrence is null ? null : EventRecurrence.Write(_recurrence.Pattern, _times.StartZone.Name);
        if ((_recurrence is not null && _series is null) || (_recurrence is null && _p.GetBinary(CalendarNames.Recurrence) is not null))
        {
            _losses.Add(LossKind.Field, "Recurrence");
        }

        if (!_times.StartZone.IsExact || !_times.EndZone.IsExact)
        {
            _losses.Add(LossKind.Field, "TimeZone");
        }

        Event model = new()
        {
            Subject = Subject(extended),
            Body = body.Model,
            Importance = _p.GetInt32(PropertyTags.Importance) switch { 0 => Importance.Low, 2 => Importance.High, _ => Importance.Normal },
            Sensitivity = (Sensitivity)Math.Min(3, Math.Max(0, (int)ItemDetails.Read(_item).Sensitivity)),
            Start = _times.StartModel,
            End = _times.EndModel,
            IsAllDay = _times.IsAllDay,
            ShowAs = Busy(_p.GetInt32(CalendarNames.BusyStatus)) ?? FreeBusyStatus.Busy,
            ResponseRequested = false,
        };
        WriteReminder(model, _p.GetBoolean(CalendarNames.IsReminderSet), _p.GetInt32(CalendarNames.ReminderMinutes));
        if (GraphText.Clean(_p.GetString(CalendarNames.Location) ?? "").Trim() is { Length: > 0 } location)
        {
            model.Location = new Location { DisplayName = GraphText.Shorten(location, LongestSubject) };
        }

        if (MessageWriter.Categories(_p) is List<string> categories)
        {
            model.Categories = categories;
        }

        if (_series is not null)
        {
            model.Recurrence = _series;
        }

        WritePeople(model, extended);
        WriteProperties(extended);
        if (!string.Equals(_item.MessageClass, "IPM.Appointment", StringComparison.OrdinalIgnoreCase))
        {
            _losses.Add(LossKind.MessageClass, _item.MessageClass);
        }

        extended.AddCarried(ExtendedPropertyReader.EventIds);
        model.SingleValueExtendedProperties = extended.Single;
        if (extended.Multiple.Count > 0)
        {
            model.MultiValueExtendedProperties = extended.Multiple;
        }

        return model;
    }

    /// <summary>
    /// The occurrences that are left out or changed: the last <see cref="MostExceptions"/>, since those to come matter more than those that were; earlier ones are told as lost. After <see cref="Write"/>.
    /// </summary>
    public IReadOnlyList<EventException> Exceptions()
    {
        if (_series is null)
        {
            return [];
        }

        Dictionary<DateTime, MapiItem> items = EventExceptions.Items(_item, _times.StartZone);
        Dictionary<DateTime, AppointmentException> changed = _recurrence!.Exceptions.GroupBy(e => e.OriginalStart.Date).ToDictionary(g => g.Key, g => g.First());
        HashSet<DateTime> days = [.. changed.Keys, .. _recurrence.Pattern.DeletedDates.Select(d => d.Date)];
        if (days.Count > MostExceptions)
        {
            _losses.Add(LossKind.TooLarge, "Occurrences");
        }

        return
        [
            .. days.OrderBy(d => d).Skip(days.Count - MostExceptions).Select(d => new EventException(
                d.AddMinutes(_recurrence.StartOffset),
                changed.TryGetValue(d, out AppointmentException? change) ? Change(change, items.TryGetValue(d, out MapiItem? item) ? item : null) : null)),
        ];
    }

    /// <summary>How a busy state is called; null for none.</summary>
    public static FreeBusyStatus? Busy(int? status) => status switch
    {
        0 => FreeBusyStatus.Free,
        1 => FreeBusyStatus.Tentative,
        2 => FreeBusyStatus.Busy,
        3 => FreeBusyStatus.Oof,
        4 => FreeBusyStatus.WorkingElsewhere,
        _ => null,
    };

    /// <summary>The series an item says it is; null where it is none, or cannot be read.</summary>
    public static AppointmentRecurrence? RecurrenceOf(PropertyBag p) =>
        p.GetBinary(CalendarNames.Recurrence) is byte[] value && AppointmentRecurrence.TryRead(value, out AppointmentRecurrence? recurrence) ? recurrence : null;

    private static void WriteReminder(Event model, bool? isSet, int? minutes)
    {
        model.IsReminderOn = isSet == true;
        model.ReminderMinutesBeforeStart = minutes is null or UnsetReminder or < 0 ? DefaultReminder : minutes;
    }

    private Event Change(AppointmentException e, MapiItem? item)
    {
        bool isAllDay = e.AllDay ?? _times.IsAllDay;
        Event change = new()
        {
            Start = EventTimes.Model(isAllDay ? e.Start.Date : e.Start, _times.StartZone.Name),
            End = EventTimes.Model(isAllDay && e.End.TimeOfDay != TimeSpan.Zero ? e.End.Date.AddDays(1) : e.End, _times.StartZone.Name),
        };
        if (e.AllDay is not null)
        {
            change.IsAllDay = isAllDay;
        }

        if (e.Subject is not null)
        {
            change.Subject = GraphText.Shorten(GraphText.Clean(e.Subject), LongestSubject);
        }

        if (e.Location is not null)
        {
            change.Location = new Location { DisplayName = GraphText.Shorten(GraphText.Clean(e.Location), LongestSubject) };
        }

        if (Busy(e.BusyStatus) is FreeBusyStatus busy)
        {
            change.ShowAs = busy;
        }

        if (e.Reminder is not null || e.ReminderDelta is not null)
        {
            WriteReminder(change, e.Reminder ?? _p.GetBoolean(CalendarNames.IsReminderSet), e.ReminderDelta ?? _p.GetInt32(CalendarNames.ReminderMinutes));
        }

        if (e.HasOwnBody && item is not null)
        {
            change.Body = MessageBody.Read(item, canAttach: false, _losses.Within(Place(e))).Model;
        }

        if (item?.Attachments.Count > 0 || (e.HasOwnBody && item is null))
        {
            _losses.Add(LossKind.Field, Place(e) + "/" + (item is null ? "Body" : "Attachments"));
        }

        return change;
    }

    private static string Place(AppointmentException e) => "Occurrence " + e.OriginalStart.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private string Subject(ExtendedPropertyList extended)
    {
        string subject = GraphText.Clean(_item.Subject);
        if (subject.Length <= LongestSubject)
        {
            return subject;
        }

        extended.AddOwn(MailboxPropertyNames.Subject, PropertyValue.FromString(GraphText.Shorten(subject, 20_000)));
        _losses.Add(LossKind.TextChanged, "Subject");
        return GraphText.Shorten(subject, LongestSubject);
    }

    private void WritePeople(Event model, ExtendedPropertyList extended)
    {
        EventPeople people = EventPeople.Of(_item);
        if (people.HasOthers)
        {
            people.AddTo(model.Body!);
            _losses.Add(LossKind.Field, "Attendees");
        }

        int state = _p.GetInt32(CalendarNames.StateFlags) ?? 0;
        if ((state & Received) != 0)
        {
            _losses.Add(LossKind.Field, "Organizer");
        }

        if ((state & Canceled) != 0)
        {
            _losses.Add(LossKind.Field, "Canceled");
        }

        people.Write(extended, _losses);
    }

    private void WriteProperties(ExtendedPropertyList extended)
    {
        List<KeyValuePair<PropertyKey, PropertyValue>> kept = [];
        foreach (KeyValuePair<PropertyKey, PropertyValue> property in _p)
        {
            PropertyKey key = property.Key;
            if (key == PropertyTags.Sensitivity || CarriedProperties.Of(key, hasHeaders: false) == PropertyCarriage.Implied && !IsOfOutlook(key))
            {
                continue;
            }

            if (key.Name is null || IsOfOutlook(key))
            {
                kept.Add(property);
            }
            else if (_detail == MessageDetail.Full)
            {
                extended.Add(key, property.Value);
            }
            else
            {
                extended.AddLoss(key);
            }
        }

        List<PropertyKey> left = [];
        extended.AddOwn(MailboxPropertyNames.Kept, PropertyValue.FromString(KeptProperties.Write(kept, left)));
        // The series is made again of what the service has.
        left.RemoveAll(k => k == CalendarNames.Recurrence);
        left.ForEach(extended.AddLoss);
    }

    private static bool IsOfOutlook(PropertyKey key) => key.Name is PropertyName name && Array.IndexOf(s_outlook, name.Set) >= 0;
}
