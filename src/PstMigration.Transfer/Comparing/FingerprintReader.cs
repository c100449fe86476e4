using System.Runtime.CompilerServices;
using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>Reads the items of a folder as fingerprints, several at once, in the order they are listed.</summary>
/// <param name="folders">The store.</param>
/// <param name="filter">Which items.</param>
/// <param name="isExact">Whether all properties are to be compared.</param>
/// <param name="threads">How many items are opened at once.</param>
internal sealed class FingerprintReader(FolderReader folders, ItemFilter filter, bool isExact, int threads)
{
    private const int AheadPerThread = 4;

    private readonly int _threads = Math.Max(1, Math.Min(threads, folders.Source.Traits.OpensAtOnce));

    /// <summary>Reads a folder. What is wrong with one item is in its place.</summary>
    /// <exception cref="MailDataException">The store cannot be used any further.</exception>
    public async IAsyncEnumerable<ReadItem> ReadAsync(SourceFolder folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using SemaphoreSlim slots = new(_threads);
        Queue<Task<ReadItem?>> ahead = new();
        try
        {
            await foreach (SourceItem item in folders.ReadAsync(folder, stop.Token).ConfigureAwait(false))
            {
                if (filter.Includes(item.Summary) == false)
                {
                    continue;
                }

                if (ahead.Count == _threads * AheadPerThread && await ahead.Dequeue().ConfigureAwait(false) is ReadItem next)
                {
                    yield return next;
                }

                ahead.Enqueue(ReadAsync(folder, item, slots, stop.Token));
            }

            while (ahead.Count > 0)
            {
                if (await ahead.Dequeue().ConfigureAwait(false) is ReadItem next)
                {
                    yield return next;
                }
            }
        }
        finally
        {
            // Whoever stops early may close what is read: nothing must be running then.
            stop.Cancel();
            foreach (Task task in ahead)
            {
                try
                {
                    await task.ConfigureAwait(false);
                }
                catch (Exception)
                {
                    // The first error, or the stop, is on its way to the caller.
                }
            }
        }
    }

    private async Task<ReadItem?> ReadAsync(SourceFolder folder, SourceItem listed, SemaphoreSlim slots, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => OpenAsync(folder, listed, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            slots.Release();
        }
    }

    private async Task<ReadItem?> OpenAsync(SourceFolder folder, SourceItem listed, CancellationToken cancellationToken)
    {
        try
        {
            MapiItem item = await listed.OpenAsync(cancellationToken).ConfigureAwait(false);
            if (filter.Includes(listed.Summary) is null && !filter.Includes(item))
            {
                return null;
            }

            await item.FetchAsync(cancellationToken).ConfigureAwait(false);
            return new ReadItem(listed.Key, folder.Path, item.MessageClass, item.Subject, ItemFingerprint.Of(item, isExact), listed.Summary.Size, null);
        }
        catch (Exception e) when (Fault.IsOfOne(e, cancellationToken))
        {
            return new ReadItem(
                listed.Key,
                folder.Path,
                listed.Summary.MessageClass ?? "",
                listed.Summary.Subject ?? "",
                null,
                listed.Summary.Size,
                Fault.Explain(e, TransferErrorIds.ItemUnreadable));
        }
    }
}

/// <summary>An item that was read, or could not be.</summary>
internal sealed record ReadItem(ItemKey Key, FolderPath Folder, string MessageClass, string Subject, ItemFingerprint? Print, long? Size, MailDataException? Error);
