namespace PstMigration.Mapi;

/// <summary>How far a task is ([MS-OXOTASK] 2.2.2.2.2).</summary>
public enum TaskState
{
    /// <summary>Not started.</summary>
    NotStarted = 0,

    /// <summary>In progress.</summary>
    InProgress = 1,

    /// <summary>Complete.</summary>
    Complete = 2,

    /// <summary>Waiting for somebody.</summary>
    Waiting = 3,

    /// <summary>Deferred.</summary>
    Deferred = 4,
}
