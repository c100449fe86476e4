using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Files;

namespace PstMigration.Pst.Ndb.Editing;

/// <summary>
/// The verification of what edits of a file rely on, done before anything is written or beside it. Until it is done nothing of the
/// state it reads may be overwritten.
/// </summary>
internal sealed class Verification : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task<TreeOutline>? _outline;
    private readonly Func<Task<EditBasis>> _start;
    private Task<EditBasis>? _whole;

    private Verification(EditBasis done)
    {
        _whole = Task.FromResult(done);
        _start = () => _whole;
    }

    private Verification(IFileBytes file, PstHeader header, PstLayout layout, TaskScheduler scheduler)
    {
        _outline = Start(() => TreeOutline.Read(file, header, layout, _stop.Token), scheduler);
        _start = () => Start(() => EditBasis.Verify(file, header, layout, _stop.Token), scheduler);
    }

    /// <summary>Whether the whole was verified.</summary>
    public bool IsDone => _whole?.IsCompleted == true;

    /// <summary>Verifies at once.</summary>
    /// <exception cref="PstException">PstReadFailed.</exception>
    public static Verification Run(IFileBytes file, PstHeader header, PstLayout layout) =>
        new(EditBasis.Verify(file, header, layout, CancellationToken.None));

    /// <summary>Verifies the outline in the background; the file has to bear reads at any time.</summary>
    /// <param name="file">The file; not to be closed before the result is disposed of.</param>
    /// <param name="header">Its header.</param>
    /// <param name="layout">Its variant.</param>
    /// <param name="scheduler">Where the work is done.</param>
    public static Verification Start(IFileBytes file, PstHeader header, PstLayout layout, TaskScheduler scheduler) =>
        new(file, header, layout, scheduler);

    /// <summary>Begins to verify the whole, if that was not begun.</summary>
    public void Begin() => _whole ??= _start();

    /// <summary>Waits for the outline, where it comes before the whole.</summary>
    /// <exception cref="PstException">PstDamaged, PstReadFailed.</exception>
    public TreeOutline? TakeOutline() => _outline?.GetAwaiter().GetResult();

    /// <summary>Waits for the whole, but no longer than so.</summary>
    /// <returns>Whether it is there.</returns>
    public bool Wait(TimeSpan patience)
    {
        Begin();
        return Task.WaitAny([_whole!], patience) == 0;
    }

    /// <summary>Waits for the whole.</summary>
    /// <exception cref="PstException">PstReadFailed.</exception>
    public EditBasis Take()
    {
        Begin();
        return _whole!.GetAwaiter().GetResult();
    }

    /// <summary>Stops it, and waits until nothing is read any more.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        try
        {
            Task.WaitAll(_outline ?? Task.CompletedTask, _whole ?? Task.CompletedTask);
        }
        catch (AggregateException)
        {
            // Cancelled, or it failed and nobody asked.
        }

        _stop.Dispose();
    }

    private Task<T> Start<T>(Func<T> verify, TaskScheduler scheduler) =>
        Task.Factory.StartNew(verify, _stop.Token, TaskCreationOptions.LongRunning, scheduler);
}
