namespace PstMigration.Mapi;

/// <summary>
/// One changed occurrence of a series ([MS-OXOCAL] 2.2.1.44.2 ExceptionInfo and 2.2.1.44.3 ExtendedException). What is null is
/// as in the series. Times are in the time zone of the series.
/// </summary>
public sealed record AppointmentException
{
    /// <summary>When it starts now.</summary>
    public DateTime Start { get; init; }

    /// <summary>When it ends now.</summary>
    public DateTime End { get; init; }

    /// <summary>When it would have started.</summary>
    public DateTime OriginalStart { get; init; }

    /// <summary>The subject.</summary>
    public string? Subject { get; init; }

    /// <summary>The meeting type, as appointment state flags.</summary>
    public int? MeetingType { get; init; }

    /// <summary>Minutes the reminder comes before.</summary>
    public int? ReminderDelta { get; init; }

    /// <summary>Whether there is a reminder.</summary>
    public bool? Reminder { get; init; }

    /// <summary>The place.</summary>
    public string? Location { get; init; }

    /// <summary>0 free, 1 tentative, 2 busy, 3 out of office, 4 elsewhere.</summary>
    public int? BusyStatus { get; init; }

    /// <summary>Whether it has attachments of its own.</summary>
    public bool? Attachment { get; init; }

    /// <summary>Whether it lasts all day.</summary>
    public bool? AllDay { get; init; }

    /// <summary>The colour.</summary>
    public int? Color { get; init; }

    /// <summary>Whether it has a body of its own, in the embedded item.</summary>
    public bool HasOwnBody { get; init; }

    /// <summary>What changed last, as flags; null in values written before Outlook 2007.</summary>
    public int? ChangeHighlight { get; init; }
}
