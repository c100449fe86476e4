namespace PstMigration.Transfer;

/// <summary>Work that goes into several places: what goes into one of them is done in order, several places at once.</summary>
/// <typeparam name="T">A piece of work.</typeparam>
public sealed class KeyedQueues<T>
{
    private readonly List<List<T>> _queues = [];
    private readonly Dictionary<string, List<T>> _byKey = new(StringComparer.Ordinal);

    /// <summary>How many pieces there are.</summary>
    public int Count => _queues.Sum(q => q.Count);

    /// <summary>Adds a piece of work behind all others of its place.</summary>
    public void Add(string key, T work)
    {
        if (!_byKey.TryGetValue(key ?? throw new ArgumentNullException(nameof(key)), out List<T>? queue))
        {
            _byKey.Add(key, queue = []);
            _queues.Add(queue);
        }

        queue.Add(work);
    }

    /// <summary>Does all of it. An exception of one piece stops everything: what may go wrong with one alone is not to be thrown.</summary>
    /// <param name="atOnce">In how many places at once.</param>
    /// <param name="run">Does one piece.</param>
    /// <param name="cancellationToken">Stops all.</param>
    public async Task RunAsync(int atOnce, Func<T, CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        if (run is null)
        {
            throw new ArgumentNullException(nameof(run));
        }

        if (atOnce == 1)
        {
            foreach (T work in _queues.SelectMany(q => q))
            {
                cancellationToken.ThrowIfCancellationRequested();
                await run(work, cancellationToken).ConfigureAwait(false);
            }

            return;
        }

        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using SemaphoreSlim slots = new(atOnce);

        // Each on threads of its own: much of reading a file does not wait.
        Task[] running = [.. _queues.Select(q => Task.Run(() => RunAsync(q, slots, run, stop), CancellationToken.None))];
        await Task.WhenAll(running).ConfigureAwait(false);
    }

    private static async Task RunAsync(List<T> queue, SemaphoreSlim slots, Func<T, CancellationToken, Task> run, CancellationTokenSource stop)
    {
        await slots.WaitAsync(stop.Token).ConfigureAwait(false);
        try
        {
            foreach (T work in queue)
            {
                stop.Token.ThrowIfCancellationRequested();
                await run(work, stop.Token).ConfigureAwait(false);
            }
        }
        catch
        {
            stop.Cancel();
            throw;
        }
        finally
        {
            slots.Release();
        }
    }
}
