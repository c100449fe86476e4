using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>The named properties of appointments and meetings ([MS-OXOCAL]).</summary>
internal static class CalendarNames
{
    public static readonly PropertyName Sequence = Appointment(0x8201);
    public static readonly PropertyName BusyStatus = Appointment(0x8205);
    public static readonly PropertyName Location = Appointment(0x8208);
    public static readonly PropertyName Start = Appointment(0x820D);
    public static readonly PropertyName End = Appointment(0x820E);
    public static readonly PropertyName Duration = Appointment(0x8213);
    public static readonly PropertyName IsAllDay = Appointment(0x8215);
    public static readonly PropertyName Recurrence = Appointment(0x8216);
    public static readonly PropertyName StateFlags = Appointment(0x8217);
    public static readonly PropertyName ResponseStatus = Appointment(0x8218);
    public static readonly PropertyName IsRecurring = Appointment(0x8223);
    public static readonly PropertyName IntendedBusyStatus = Appointment(0x8224);
    public static readonly PropertyName ReplacedStart = Appointment(0x8228);
    public static readonly PropertyName TimeZoneStruct = Appointment(0x8233);
    public static readonly PropertyName TimeZoneText = Appointment(0x8234);
    public static readonly PropertyName ProposedStart = Appointment(0x8250);
    public static readonly PropertyName ProposedEnd = Appointment(0x8251);
    public static readonly PropertyName IsCounterProposal = Appointment(0x8257);
    public static readonly PropertyName ForbidsCounter = Appointment(0x825A);
    public static readonly PropertyName StartZone = Appointment(0x825E);
    public static readonly PropertyName EndZone = Appointment(0x825F);
    public static readonly PropertyName RecurrenceZone = Appointment(0x8260);

    public static readonly PropertyName ReminderMinutes = new(PropertySets.Common, 0x8501);
    public static readonly PropertyName IsReminderSet = new(PropertySets.Common, 0x8503);
    public static readonly PropertyName CommonStart = new(PropertySets.Common, 0x8516);
    public static readonly PropertyName CommonEnd = new(PropertySets.Common, 0x8517);

    public static readonly PropertyName GlobalId = new(PropertySets.Meeting, 0x0003);
    public static readonly PropertyName CleanGlobalId = new(PropertySets.Meeting, 0x0023);

    /// <summary>Start and end as meeting mail has them too.</summary>
    public static readonly PropertyTag StartDate = new(0x0060, PropertyType.Time);
    public static readonly PropertyTag EndDate = new(0x0061, PropertyType.Time);

    /// <summary>Of a recipient: 1 organizer's own, 2 tentative, 3 accepted, 4 declined.</summary>
    public static readonly PropertyTag TrackStatus = new(0x5FFF, PropertyType.Integer32);

    private static PropertyName Appointment(uint lid) => new(PropertySets.Appointment, lid);
}
