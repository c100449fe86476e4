namespace PstMigration.Mapi;

/// <summary>The named properties of appointments and meetings ([MS-OXOCAL]).</summary>
public static class CalendarNames
{
    /// <summary>How often the meeting was changed (integer).</summary>
    public static readonly PropertyName Sequence = Appointment(0x8201);

    /// <summary>How it shows (integer): 0 free, 1 tentative, 2 busy, 3 out of office, 4 elsewhere.</summary>
    public static readonly PropertyName BusyStatus = Appointment(0x8205);

    /// <summary>The place (string).</summary>
    public static readonly PropertyName Location = Appointment(0x8208);

    /// <summary>When it starts (time).</summary>
    public static readonly PropertyName Start = Appointment(0x820D);

    /// <summary>When it ends (time).</summary>
    public static readonly PropertyName End = Appointment(0x820E);

    /// <summary>Minutes it lasts (integer).</summary>
    public static readonly PropertyName Duration = Appointment(0x8213);

    /// <summary>Whether it lasts whole days (boolean).</summary>
    public static readonly PropertyName IsAllDay = Appointment(0x8215);

    /// <summary>The series (binary): see <see cref="AppointmentRecurrence"/>.</summary>
    public static readonly PropertyName Recurrence = Appointment(0x8216);

    /// <summary>1 a meeting, 2 received, 4 called off (integer).</summary>
    public static readonly PropertyName StateFlags = Appointment(0x8217);

    /// <summary>The answer of the owner (integer).</summary>
    public static readonly PropertyName ResponseStatus = Appointment(0x8218);

    /// <summary>Whether it is a series (boolean).</summary>
    public static readonly PropertyName IsRecurring = Appointment(0x8223);

    /// <summary>How the organizer shows it (integer).</summary>
    public static readonly PropertyName IntendedBusyStatus = Appointment(0x8224);

    /// <summary>Of a changed occurrence: when it would have started (time).</summary>
    public static readonly PropertyName ReplacedStart = Appointment(0x8228);

    /// <summary>The zone of a series (binary): see <see cref="Mapi.TimeZoneStruct"/>.</summary>
    public static readonly PropertyName TimeZoneStruct = Appointment(0x8233);

    /// <summary>That zone in words (string).</summary>
    public static readonly PropertyName TimeZoneText = Appointment(0x8234);

    /// <summary>The start proposed instead (time).</summary>
    public static readonly PropertyName ProposedStart = Appointment(0x8250);

    /// <summary>The end proposed instead (time).</summary>
    public static readonly PropertyName ProposedEnd = Appointment(0x8251);

    /// <summary>Whether an answer proposes another time (boolean).</summary>
    public static readonly PropertyName IsCounterProposal = Appointment(0x8257);

    /// <summary>Whether no other time may be proposed (boolean).</summary>
    public static readonly PropertyName ForbidsCounter = Appointment(0x825A);

    /// <summary>The zone of the start (binary): see <see cref="TimeZoneDefinition"/>.</summary>
    public static readonly PropertyName StartZone = Appointment(0x825E);

    /// <summary>The zone of the end (binary).</summary>
    public static readonly PropertyName EndZone = Appointment(0x825F);

    /// <summary>The zone of the series (binary).</summary>
    public static readonly PropertyName RecurrenceZone = Appointment(0x8260);

    /// <summary>Minutes the reminder comes before (integer).</summary>
    public static readonly PropertyName ReminderMinutes = new(PropertySets.Common, 0x8501);

    /// <summary>Whether there is a reminder (boolean).</summary>
    public static readonly PropertyName IsReminderSet = new(PropertySets.Common, 0x8503);

    /// <summary>The time the reminder is about (time).</summary>
    public static readonly PropertyName ReminderTime = new(PropertySets.Common, 0x8502);

    /// <summary>When the reminder comes next (time).</summary>
    public static readonly PropertyName ReminderSignal = new(PropertySets.Common, 0x8560);

    /// <summary>The start again (time).</summary>
    public static readonly PropertyName CommonStart = new(PropertySets.Common, 0x8516);

    /// <summary>The end again (time).</summary>
    public static readonly PropertyName CommonEnd = new(PropertySets.Common, 0x8517);

    /// <summary>What names the meeting in every calendar (binary).</summary>
    public static readonly PropertyName GlobalId = new(PropertySets.Meeting, 0x0003);

    /// <summary>The same, of its series (binary).</summary>
    public static readonly PropertyName CleanGlobalId = new(PropertySets.Meeting, 0x0023);

    /// <summary>Start and end as meeting mail has them too.</summary>
    public static readonly PropertyTag StartDate = new(0x0060, PropertyType.Time);

    /// <summary>The end as meeting mail has it too.</summary>
    public static readonly PropertyTag EndDate = new(0x0061, PropertyType.Time);

    /// <summary>Of a recipient: 1 organizer's own, 2 tentative, 3 accepted, 4 declined.</summary>
    public static readonly PropertyTag TrackStatus = new(0x5FFF, PropertyType.Integer32);

    private static PropertyName Appointment(uint lid) => new(PropertySets.Appointment, lid);
}
