using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>The named properties of tasks ([MS-OXOTASK] 2.2.2).</summary>
internal static class TaskNames
{
    public static readonly PropertyName Status = Task(0x8101);
    public static readonly PropertyName PercentComplete = Task(0x8102);
    public static readonly PropertyName Start = Task(0x8104);
    public static readonly PropertyName Due = Task(0x8105);
    public static readonly PropertyName Completed = Task(0x810F);
    public static readonly PropertyName Recurrence = Task(0x8116);
    public static readonly PropertyName IsComplete = Task(0x811C);
    public static readonly PropertyName IsRecurring = Task(0x8126);

    /// <summary>Start and due day again, as flags have them.</summary>
    public static readonly PropertyName CommonStart = new(PropertySets.Common, 0x8516);
    public static readonly PropertyName CommonEnd = new(PropertySets.Common, 0x8517);

    private static PropertyName Task(uint lid) => new(PropertySets.Task, lid);
}
