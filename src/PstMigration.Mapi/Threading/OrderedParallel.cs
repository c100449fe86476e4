namespace PstMigration.Mapi;

/// <summary>
/// Work on the items of a sequence on several threads, with results in the order of the items. No more than a few results wait to
/// be taken, however long the sequence.
/// </summary>
public static class OrderedParallel
{
    // Enough for the others to go on while one item takes longer.
    private const int AheadPerThread = 8;

    /// <summary>What becomes of each item.</summary>
    /// <param name="items">The items; listed on the caller's thread.</param>
    /// <param name="work">What is done with an item, on any thread; what it throws is thrown in the item's place and ends the sequence.</param>
    /// <param name="threads">How many threads work at once; 1 works on the caller's thread.</param>
    /// <param name="cancellationToken">Ends the sequence; work that has begun is waited for.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer threads than one.</exception>
    public static IEnumerable<TResult> Select<T, TResult>(
        IEnumerable<T> items, Func<T, TResult> work, int threads, CancellationToken cancellationToken = default)
    {
        if (items is null)
        {
            throw new ArgumentNullException(nameof(items));
        }

        if (work is null)
        {
            throw new ArgumentNullException(nameof(work));
        }

        if (threads < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(threads));
        }

        return threads == 1 ? SelectHere(items, work, cancellationToken) : SelectAhead(items, work, threads, cancellationToken);
    }

    private static IEnumerable<TResult> SelectHere<T, TResult>(IEnumerable<T> items, Func<T, TResult> work, CancellationToken cancellationToken)
    {
        foreach (T item in items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return work(item);
        }
    }

    private static IEnumerable<TResult> SelectAhead<T, TResult>(
        IEnumerable<T> items, Func<T, TResult> work, int threads, CancellationToken cancellationToken)
    {
        TaskScheduler scheduler = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, threads).ConcurrentScheduler;
        using CancellationTokenSource abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Queue<Task<TResult>> ahead = new();
        try
        {
            foreach (T item in items)
            {
                if (ahead.Count == threads * AheadPerThread)
                {
                    yield return ahead.Dequeue().GetAwaiter().GetResult();
                }

                ahead.Enqueue(Task.Factory.StartNew(() => work(item), abandoned.Token, TaskCreationOptions.DenyChildAttach, scheduler));
            }

            while (ahead.Count > 0)
            {
                yield return ahead.Dequeue().GetAwaiter().GetResult();
            }
        }
        finally
        {
            // Whoever stops early may close what the work reads from: nothing must be running then.
            abandoned.Cancel();
            foreach (Task task in ahead)
            {
                ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
                _ = task.Exception;
            }
        }
    }
}
