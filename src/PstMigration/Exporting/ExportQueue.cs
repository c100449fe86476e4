using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PstMigration.Errors;
using PstMigration.Formats;
using PstMigration.Mapi;

namespace PstMigration.Exporting;

/// <summary>
/// Exports items on several threads and tells their outcomes in the order they came. Only a few items are on their way at a time,
/// so memory does not grow with their number.
/// </summary>
/// <param name="threads">How many items are converted at once.</param>
/// <param name="report">Takes each outcome, in order.</param>
internal sealed class ExportQueue(int threads, Action<ExportEntry, ExportOutcome> report) : IDisposable
{
    /// <summary>A small item behind a large one need not wait for it to be converted.</summary>
    private const int ItemsPerThread = 8;

    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _free = new(threads);
    private readonly Queue<Pending> _pending = new();

    /// <summary>Begins to export an item, once there is room.</summary>
    /// <exception cref="MailDataException">The run cannot go on.</exception>
    internal async Task AddAsync(ExportEntry entry, ItemExporter exporter, CancellationToken cancellationToken)
    {
        while (_pending.Count >= threads * ItemsPerThread)
        {
            await FinishOneAsync(cancellationToken).ConfigureAwait(false);
        }

        _pending.Enqueue(new Pending(entry, Task.Run(() => ConvertAsync(entry, exporter), CancellationToken.None)));
    }

    /// <summary>Waits for all items.</summary>
    /// <exception cref="MailDataException">The run cannot go on.</exception>
    internal async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (_pending.Count > 0)
        {
            await FinishOneAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Stops, and waits until no thread writes any more.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        foreach (Task<Converted> task in _pending.Select(p => p.Task))
        {
            // Not asked for its result: what went wrong is of no interest any more.
            ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
        }

        _pending.Clear();
        _free.Dispose();
        _stop.Dispose();
    }

    private async Task FinishOneAsync(CancellationToken cancellationToken)
    {
        Pending next = _pending.Peek();
        Converted converted;
        using (cancellationToken.Register(_stop.Cancel))
        {
            converted = await next.Task.ConfigureAwait(false);
        }

        _pending.Dequeue();
        cancellationToken.ThrowIfCancellationRequested();
        if (converted.Fault is MailDataException { Id: "DiskFull" } full)
        {
            throw full;
        }

        report(
            next.Entry,
            converted.Fault is not null ? new ExportOutcome(converted.Fault) : await converted.Finish!(cancellationToken).ConfigureAwait(false));
    }

    private async Task<Converted> ConvertAsync(ExportEntry entry, ItemExporter exporter)
    {
        await _free.WaitAsync(_stop.Token).ConfigureAwait(false);
        try
        {
            if (exporter.Contains(entry))
            {
                return new Converted(null, _ => Task.FromResult(new ExportOutcome(ExportedItem.AlreadyThere)));
            }

            return new Converted(null, exporter.Convert(entry, entry.Open()));
        }
        catch (Exception e) when (ErrorRecords.IsAboutData(e))
        {
            return new Converted(e, null);
        }
        finally
        {
            _free.Release();
        }
    }

    private sealed record Pending(ExportEntry Entry, Task<Converted> Task);

    private sealed record Converted(Exception? Fault, Func<CancellationToken, Task<ExportOutcome>>? Finish);
}
