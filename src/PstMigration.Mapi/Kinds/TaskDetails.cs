namespace PstMigration.Mapi;

/// <summary>A task ([MS-OXOTASK]). Its start and due days are midnights in the time zone of who wrote it, stored as if that were UTC.</summary>
public sealed record TaskDetails : ItemDetails
{
    private static readonly PropertyName s_state = Lid(0x8101);
    private static readonly PropertyName s_percent = Lid(0x8102);
    private static readonly PropertyName s_start = Lid(0x8104);
    private static readonly PropertyName s_due = Lid(0x8105);
    private static readonly PropertyName s_completed = Lid(0x810F);
    private static readonly PropertyName s_actualEffort = Lid(0x8110);
    private static readonly PropertyName s_estimatedEffort = Lid(0x8111);
    private static readonly PropertyName s_recurrence = Lid(0x8116);
    private static readonly PropertyName s_complete = Lid(0x811C);
    private static readonly PropertyName s_owner = Lid(0x811F);
    private static readonly PropertyName s_assigner = Lid(0x8121);
    private static readonly PropertyName s_recurring = Lid(0x8126);

    internal TaskDetails(MapiItem item)
        : base(item)
    {
        PropertyBag p = item.Properties;
        State = (TaskState)(p.GetInt32(s_state) ?? 0);
        double share = p.TryGet(s_percent, out PropertyValue percent) ? percent.AsDouble() ?? 0 : 0;
        PercentComplete = share is >= 0 and <= 1 ? (int)Math.Round(share * 100) : 0;
        IsComplete = p.Flag(s_complete) || State == TaskState.Complete;
        StartDate = Day(p.Date(s_start));
        DueDate = Day(p.Date(s_due));
        CompletedDate = Day(p.Date(s_completed));
        Owner = p.Text(s_owner);
        Assigner = p.Text(s_assigner);
        ActualEffort = p.Minutes(s_actualEffort);
        EstimatedEffort = p.Minutes(s_estimatedEffort);
        IsRecurring = p.Flag(s_recurring);
        Recurrence = p.Blob(s_recurrence) is byte[] value && RecurrencePattern.TryRead(value, out RecurrencePattern? pattern) ? pattern : null;
        Reminder = ItemReminder.Read(p);
    }

    /// <summary>How far it is.</summary>
    public TaskState State { get; }

    /// <summary>0 to 100.</summary>
    public int PercentComplete { get; }

    /// <summary>Whether it is done.</summary>
    public bool IsComplete { get; }

    /// <summary>The day it is to begin, without a time zone.</summary>
    public DateTime? StartDate { get; }

    /// <summary>The day it is to be done, without a time zone.</summary>
    public DateTime? DueDate { get; }

    /// <summary>The day it was done, without a time zone.</summary>
    public DateTime? CompletedDate { get; }

    /// <summary>Whose it is.</summary>
    public string Owner { get; }

    /// <summary>Who assigned it.</summary>
    public string Assigner { get; }

    /// <summary>The work it took.</summary>
    public TimeSpan? ActualEffort { get; }

    /// <summary>The work it was thought to take.</summary>
    public TimeSpan? EstimatedEffort { get; }

    /// <summary>Whether it comes again.</summary>
    public bool IsRecurring { get; }

    /// <summary>When it comes again; null where it does not, or the pattern is damaged.</summary>
    public RecurrencePattern? Recurrence { get; }

    /// <summary>The reminder; null where there is none.</summary>
    public ItemReminder? Reminder { get; }

    private static PropertyName Lid(uint lid) => new(PropertySets.Task, lid);

    private static DateTime? Day(DateTimeOffset? time) => time is DateTimeOffset t ? DateTime.SpecifyKind(t.UtcDateTime, DateTimeKind.Unspecified) : null;
}
