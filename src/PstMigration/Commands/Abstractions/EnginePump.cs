using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using System.Runtime.ExceptionServices;
using PstMigration.Errors;

namespace PstMigration.Commands;

/// <summary>
/// Runs asynchronous work while the pipeline thread stays here and makes the engine calls the work asks for. The engine
/// accepts calls from that thread only.
/// </summary>
/// <remarks>
/// The queue is bounded, so a slow consumer downstream slows the work down. When an engine call throws (an error under
/// <c>-ErrorAction Stop</c>, a consumer such as <c>Select-Object -First</c> that has enough, Ctrl+C) the work is cancelled and
/// awaited, calls still queued are dropped, and the engine's exception goes on unchanged.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "Late callers may still hold the queue; it has no handle to free.")]
internal sealed class EnginePump
{
    private const int QueueLength = 256;

    private readonly CancellationTokenSource _stop;
    private readonly BlockingCollection<Action> _queue = new(QueueLength);
    private readonly int _pipelineThread = Environment.CurrentManagedThreadId;

    /// <summary>A pump on this thread.</summary>
    internal EnginePump(CancellationTokenSource stop) => _stop = stop;

    /// <summary>Whether the caller may call the engine itself.</summary>
    internal bool IsPipelineThread => Environment.CurrentManagedThreadId == _pipelineThread;

    /// <summary>Runs the work to its end. Throws what an engine call threw, else <see cref="PipelineStoppedException"/> if stopped early, else what the work threw.</summary>
    internal void Run(Func<CancellationToken, Task> work)
    {
        CancellationToken token = _stop.Token;

        // Not given the token: work that never started could not end either.
        Task worker = Task.Run(() => work(token), CancellationToken.None);
        _ = worker.ContinueWith(_ => _queue.CompleteAdding(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        ExceptionDispatchInfo? engineFault = null;
        foreach (Action call in _queue.GetConsumingEnumerable(CancellationToken.None))
        {
            if (engineFault is not null)
            {
                continue;
            }

            try
            {
                call();
            }
            catch (Exception e)
            {
                engineFault = ExceptionDispatchInfo.Capture(e);
                _stop.Cancel();
            }
        }

        try
        {
            worker.GetAwaiter().GetResult();
        }
        catch (Exception) when (engineFault is not null)
        {
            // What the work makes of its cancellation is not the reason.
        }
        catch (Exception) when (token.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }

        engineFault?.Throw();
    }

    /// <summary>Has the pipeline thread make the call, after those before it. A call that comes after the work has ended is dropped.</summary>
    /// <exception cref="OperationCanceledException">The pipeline is stopping.</exception>
    internal void Post(Action call)
    {
        if (IsPipelineThread)
        {
            call();
            return;
        }

        try
        {
            _queue.Add(call, _stop.Token);
        }
        catch (InvalidOperationException)
        {
            // A timer or an event of something the work left behind: the cmdlet is past the point it speaks of.
        }
    }

    /// <summary>Has the pipeline thread make the call and gives its answer; an error about data is an answer, too.</summary>
    internal async Task<T> AskAsync<T>(Func<T> call)
    {
        TaskCompletionSource<T> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration cancelled = _stop.Token.Register(() => answer.TrySetCanceled());
        Post(() =>
        {
            try
            {
                answer.TrySetResult(call());
            }
            catch (Exception e) when (ErrorRecords.IsAboutData(e))
            {
                answer.TrySetException(e);
            }
        });
        if (_queue.IsCompleted)
        {
            answer.TrySetCanceled();
        }

        return await answer.Task.ConfigureAwait(false);
    }
}
