namespace PstMigration.Mapi;

/// <summary>One occurrence of an appointment.</summary>
/// <param name="Start">When it starts, with the offset of the appointment's time zone at that time.</param>
/// <param name="End">When it ends.</param>
/// <param name="Subject">Its subject: the series' unless it has its own.</param>
/// <param name="Location">Its place: the series' unless it has its own.</param>
/// <param name="Exception">What was changed about it; null for one as the series has it.</param>
public sealed record CalendarOccurrence(DateTimeOffset Start, DateTimeOffset End, string Subject, string Location, AppointmentException? Exception);
