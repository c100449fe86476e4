namespace PstMigration.Pst.Tests.Ndb.Editing;

/// <summary>Does work in the background when it is told to, or never.</summary>
internal sealed class HeldScheduler : TaskScheduler
{
    private readonly Queue<Task> _tasks = new();

    /// <summary>Whether work waits.</summary>
    public bool IsWaiting => _tasks.Count > 0;

    /// <summary>Does all that waits, on this thread.</summary>
    public void Release()
    {
        while (_tasks.Count > 0)
        {
            TryExecuteTask(_tasks.Dequeue());
        }
    }

    protected override IEnumerable<Task> GetScheduledTasks() => _tasks.ToArray();

    protected override void QueueTask(Task task) => _tasks.Enqueue(task);

    // A task that is waited for is done by whoever waits.
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => TryExecuteTask(task);
}
