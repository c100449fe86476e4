using System;
using System.Threading;
using System.Threading.Tasks;

namespace PstMigration.Pst.Ndb.Editing;

/// <summary>
/// The verification of what edits of a file rely on, done before anything is written or beside it. Until it is done nothing of the
/// state it reads may be overwritten.
/// </summary>
internal sealed class Verification : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task<EditBasis> _task;

    private Verification(Func<CancellationToken, Task<EditBasis>> start) => _task = start(_stop.Token);

    /// <summary>Whether there is something to take.</summary>
    public bool IsDone => _task.IsCompleted;

    /// <summary>Verifies at once.</summary>
    /// <exception cref="PstException">PstReadFailed.</exception>
    public static Verification Run(IFileBytes file, PstHeader header, PstLayout layout) =>
        new(_ => Task.FromResult(EditBasis.Verify(file, header, layout, CancellationToken.None)));

    /// <summary>Verifies in the background; the file has to bear reads at any time.</summary>
    /// <param name="file">The file; not to be closed before the result is disposed of.</param>
    /// <param name="header">Its header.</param>
    /// <param name="layout">Its variant.</param>
    /// <param name="scheduler">Where the work is done.</param>
    public static Verification Start(IFileBytes file, PstHeader header, PstLayout layout, TaskScheduler scheduler) =>
        new(stop => Task.Factory.StartNew(() => EditBasis.Verify(file, header, layout, stop), stop, TaskCreationOptions.LongRunning, scheduler));

    /// <summary>Waits for the end, but no longer than so.</summary>
    /// <returns>Whether there is something to take.</returns>
    public bool Wait(TimeSpan patience) => _task.IsCompleted || Task.WaitAny([_task], patience) == 0;

    /// <summary>Waits for the end.</summary>
    /// <exception cref="PstException">PstReadFailed.</exception>
    public EditBasis Take() => _task.GetAwaiter().GetResult();

    /// <summary>Stops it, and waits until nothing is read any more.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        try
        {
            _task.Wait();
        }
        catch (AggregateException)
        {
            // Cancelled, or it failed and nobody asked.
        }

        _stop.Dispose();
    }
}
