namespace PstMigration.Mapi;

/// <summary>An appointment or meeting ([MS-OXOCAL]), single or a series.</summary>
public sealed record AppointmentDetails : ItemDetails
{
    private const int IsMeetingFlag = 1;
    private const int IsReceivedFlag = 2;
    private const int IsCanceledFlag = 4;

    private static readonly PropertyName s_sequence = Lid(0x8201);
    private static readonly PropertyName s_busyStatus = Lid(0x8205);
    private static readonly PropertyName s_location = Lid(0x8208);
    private static readonly PropertyName s_start = Lid(0x820D);
    private static readonly PropertyName s_end = Lid(0x820E);
    private static readonly PropertyName s_allDay = Lid(0x8215);
    private static readonly PropertyName s_recurrence = Lid(0x8216);
    private static readonly PropertyName s_state = Lid(0x8217);
    private static readonly PropertyName s_response = Lid(0x8218);
    private static readonly PropertyName s_recurring = Lid(0x8223);
    private static readonly PropertyName s_recurrenceText = Lid(0x8232);
    private static readonly PropertyName s_globalId = new(PropertySets.Meeting, 0x0003);
    private static readonly PropertyName s_cleanGlobalId = new(PropertySets.Meeting, 0x0023);

    internal AppointmentDetails(MapiItem item)
        : base(item)
    {
        PropertyBag p = item.Properties;
        int state = p.GetInt32(s_state) ?? 0;

        // Start and end as mail programs of before 2000 store them, in MAPI's own properties.
        Start = p.Date(s_start) ?? p.Date(new PropertyKey(0x0060));
        End = p.Date(s_end) ?? p.Date(new PropertyKey(0x0061));
        IsAllDay = p.Flag(s_allDay);
        Location = p.Text(s_location);
        BusyStatus = (BusyStatus)(p.GetInt32(s_busyStatus) ?? (int)BusyStatus.Busy);
        IsMeeting = (state & IsMeetingFlag) != 0;
        IsReceived = (state & IsReceivedFlag) != 0;
        IsCanceled = (state & IsCanceledFlag) != 0;
        Response = (MeetingResponse)(p.GetInt32(s_response) ?? 0);
        Organizer = ItemParty.Author(p);
        Attendees = MeetingAttendee.ReadAll(item);
        TimeZone = AppointmentTimeZone.Read(p);
        Recurrence = p.Blob(s_recurrence) is byte[] value && AppointmentRecurrence.TryRead(value, out AppointmentRecurrence? recurrence)
            ? recurrence
            : null;
        IsRecurring = p.Flag(s_recurring) || Recurrence is not null;
        RecurrenceText = p.Text(s_recurrenceText);
        GlobalId = (p.Blob(s_cleanGlobalId) ?? p.Blob(s_globalId)) is byte[] id && GlobalObjectId.TryRead(id, out GlobalObjectId? read) ? read : null;
        Sequence = p.GetInt32(s_sequence) ?? 0;
        Reminder = ItemReminder.Read(p);
    }

    /// <summary>When it starts; of a series, when its first occurrence starts.</summary>
    public DateTimeOffset? Start { get; }

    /// <summary>When it ends; of a series, when its first occurrence ends.</summary>
    public DateTimeOffset? End { get; }

    /// <summary>Whether it lasts whole days.</summary>
    public bool IsAllDay { get; }

    /// <summary>The place.</summary>
    public string Location { get; }

    /// <summary>How it shows in the calendar.</summary>
    public BusyStatus BusyStatus { get; }

    /// <summary>Whether others take part.</summary>
    public bool IsMeeting { get; }

    /// <summary>Whether somebody else called the meeting.</summary>
    public bool IsReceived { get; }

    /// <summary>Whether it was called off.</summary>
    public bool IsCanceled { get; }

    /// <summary>What the owner of the calendar answered.</summary>
    public MeetingResponse Response { get; }

    /// <summary>Who called the meeting, or who made the appointment.</summary>
    public ItemParty Organizer { get; }

    /// <summary>Who takes part.</summary>
    public IReadOnlyList<MeetingAttendee> Attendees { get; }

    /// <summary>The time zone it was made in; null where none is stored.</summary>
    public AppointmentTimeZone? TimeZone { get; }

    /// <summary>Whether it is a series, or a changed occurrence of one.</summary>
    public bool IsRecurring { get; }

    /// <summary>When it comes again; null for a single appointment, and where the value is damaged.</summary>
    public AppointmentRecurrence? Recurrence { get; }

    /// <summary>The recurrence in words, in the language of who made it.</summary>
    public string RecurrenceText { get; }

    /// <summary>What names the meeting in every calendar; null where none is stored.</summary>
    public GlobalObjectId? GlobalId { get; }

    /// <summary>How often the meeting was changed.</summary>
    public int Sequence { get; }

    /// <summary>The reminder; null where there is none.</summary>
    public ItemReminder? Reminder { get; }

    /// <summary>
    /// The occurrences in their order: deleted ones left out, changed ones as they are now. One for a single appointment; none where
    /// it has no times, or a series in a calendar that cannot be computed (<see cref="RecurrencePattern.IsComputable"/>). A series
    /// without end has no last one: take as many as you need.
    /// </summary>
    public IEnumerable<CalendarOccurrence> Occurrences() => Recurrence is null ? Single()
        : Recurrence.Pattern.IsComputable ? Series(Recurrence)
        : [];

    private static PropertyName Lid(uint lid) => new(PropertySets.Appointment, lid);

    private IEnumerable<CalendarOccurrence> Single()
    {
        if (Start is DateTimeOffset start)
        {
            yield return new CalendarOccurrence(InZone(start), InZone(End is DateTimeOffset end && end >= start ? end : start), Subject, Location, null);
        }
    }

    private DateTimeOffset InZone(DateTimeOffset time) => TimeZone?.Zone is TimeZoneInfo zone ? TimeZoneInfo.ConvertTime(time, zone) : time;

    private IEnumerable<CalendarOccurrence> Series(AppointmentRecurrence recurrence)
    {
        TimeSpan offset = OffsetOfFirst(recurrence);
        foreach (AppointmentOccurrence one in recurrence.Occurrences())
        {
            yield return new CalendarOccurrence(
                Zoned(one.Start, offset),
                Zoned(one.End, offset),
                one.Exception?.Subject ?? Subject,
                one.Exception?.Location ?? Location,
                one.Exception);
        }
    }

    private DateTimeOffset Zoned(DateTime local, TimeSpan offset)
    {
        DateTime unspecified = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        return new DateTimeOffset(unspecified, TimeZone?.Zone?.GetUtcOffset(unspecified) ?? offset);
    }

    // Where no zone is stored, the first occurrence is known both in UTC and in the time of the series.
    private TimeSpan OffsetOfFirst(AppointmentRecurrence recurrence)
    {
        if (Start is not DateTimeOffset start)
        {
            return TimeSpan.Zero;
        }

        double minutes = (recurrence.Pattern.StartDate.Date.AddMinutes(recurrence.StartOffset) - start.UtcDateTime).TotalMinutes;
        return Math.Abs(minutes) <= 14 * 60 ? TimeSpan.FromMinutes(Math.Round(minutes)) : TimeSpan.Zero;
    }
}
