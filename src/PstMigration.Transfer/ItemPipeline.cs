using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>
/// The items on their way: opened and prepared on several threads, looked up and given their folders in the order of the source, committed as the target allows,
/// and given back in the order they came. A bounded number and a bounded size are on their way, so memory does not grow with the source.
/// </summary>
internal sealed class ItemPipeline : IDisposable
{
    /// <summary>A small item behind a large one need not wait for it.</summary>
    private const int ItemsPerThread = 8;

    /// <summary>Bytes on their way, as the source counts them; one item may be larger.</summary>
    private const long MostBytes = 128L * 1024 * 1024;

    private readonly IItemTarget _target;
    private readonly FolderMapper _folders;
    private readonly ItemCopier _copier;
    private readonly CancellationTokenSource _stop;
    private readonly WorkPlaces _work;
    private readonly Gate _commits;
    private readonly Gate _lookups;
    private readonly Queue<(Task<ItemResult> Task, ItemKey Key, long Size)> _pending = new();
    private readonly HashSet<ItemKey> _keys = [];

    // What has its copy, where an item may come from several folders.
    private readonly HashSet<Guid>? _done;
    private readonly int _most;
    private ItemTurn _last = ItemTurn.Over;
    private long _bytes;
    private ExceptionDispatchInfo? _failure;

    public ItemPipeline(
        IItemSource source, IItemTarget target, FolderMapper folders, ClaimedFolders? claimed, TransferOptions options, CancellationToken cancellationToken)
    {
        _target = target;
        _done = source.Traits.IsStill ? [] : null;
        _folders = folders;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        int threads = Math.Max(1, Math.Min(options.Threads, source.Traits.OpensAtOnce));
        _work = new WorkPlaces(threads, Token);
        _commits = new Gate(Math.Max(1, target.Traits.CommitsAtOnce), Token);
        _lookups = new Gate(1, Token);
        _most = Math.Max(threads, target.Traits.CommitsAtOnce) * ItemsPerThread;
        _copier = new ItemCopier(source.Traits, MovedItems.Of(source, target), options, folders, claimed, this);
    }

    /// <summary>Where the items go.</summary>
    public IItemTarget Target => _target;

    /// <summary>Stops with the run, and when the run cannot go on.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Whether one has to be taken out before this one can come in. An item that comes again, changed or moved while it is read, waits for itself, or it would not be found.</summary>
    public bool IsFull(SourceItem item) =>
        _pending.Count >= _most || _keys.Contains(item.Key) || (_pending.Count > 0 && _bytes + (item.Summary.Size ?? 0) > MostBytes);

    /// <summary>Begins with an item. What the target remembers of it is looked up first; where that fails it is the item's fate, told in its turn.</summary>
    /// <param name="folder">The folder it is in.</param>
    /// <param name="item">The item.</param>
    /// <param name="isLast">Whether it came before, and was to come again at the end.</param>
    public async Task AddAsync(SourceFolder folder, SourceItem item, bool isLast = false)
    {
        Task<IReadOnlyList<RememberedItem>> lookUp = item.Summary.MessageClass is { Length: > 0 } known && _target.Refuse(known) is not null
            ? Task.FromResult<IReadOnlyList<RememberedItem>>([])
            : FindAsync(item.Key);
        if (!lookUp.IsCompleted)
        {
            await Task.WhenAny(lookUp).ConfigureAwait(false);
        }

        ItemTurn turn = new(_last);
        _last = turn;
        long size = item.Summary.Size ?? 0;
        _bytes += size;
        bool isAgain = _done?.Contains(Fold.Of(item.Key)) == true;
        _pending.Enqueue((RunAsync(folder, item, lookUp, turn, isAgain, isLast), item.Key, size));
        _keys.Add(item.Key);
    }

    /// <summary>The next result, once it is complete; null where none is pending.</summary>
    /// <exception cref="MailDataException">The run cannot go on.</exception>
    public async Task<ItemResult?> NextAsync()
    {
        if (_pending.Count == 0)
        {
            return null;
        }

        ItemResult result = await _pending.Peek().Task.ConfigureAwait(false);
        TakeOut();
        return result;
    }

    /// <summary>The next result if it is complete already.</summary>
    public bool TryNext([NotNullWhen(true)] out ItemResult? result)
    {
        result = null;
        if (_pending.Count > 0 && _pending.Peek().Task.Status == TaskStatus.RanToCompletion)
        {
            result = _pending.Peek().Task.Result;
            TakeOut();
        }

        return result is not null;
    }

    /// <summary>Has a folder opened that has no items.</summary>
    public async Task OpenFolderAsync(SourceFolder folder)
    {
        using (await LookUpAsync().ConfigureAwait(false))
        {
            await _folders.OpenAsync(Target, folder, Token).ConfigureAwait(false);
        }
    }

    /// <summary>A place among as many as may open and prepare at once.</summary>
    public Task<WorkPlaces.Place> WorkAsync() => _work.EnterAsync();

    /// <summary>The place of who asks the target something, alone.</summary>
    public ValueTask<Gate.Place> LookUpAsync() => _lookups.EnterAsync();

    /// <summary>A place among those who change the target: in the order of the source where it matters, and as many at once as it takes.</summary>
    public async ValueTask<Gate.Place> CommitAsync(ItemTurn turn)
    {
        if (_target.Traits.KeepsOrder)
        {
            await turn.Previous.Committed.ConfigureAwait(false);
        }

        return await _commits.EnterAsync().ConfigureAwait(false);
    }

    /// <summary>Throws what ended the run, where an item did: all others only tell that they were stopped by it.</summary>
    public void ThrowFailure() => _failure?.Throw();

    /// <summary>Stops, and waits until nothing runs any more.</summary>
    public async Task StopAsync()
    {
        _stop.Cancel();
        foreach ((Task<ItemResult> task, _, _) in _pending)
        {
            try
            {
                await task.ConfigureAwait(false);
            }
            catch (Exception)
            {
                // What went wrong is of no interest any more: the first error, or the stop, is on its way to the caller.
            }
        }
    }

    public void Dispose()
    {
        _work.Dispose();
        _commits.Dispose();
        _lookups.Dispose();
        _stop.Dispose();
    }

    private async Task<IReadOnlyList<RememberedItem>> FindAsync(ItemKey key)
    {
        using (await LookUpAsync().ConfigureAwait(false))
        {
            return await _target.FindAsync(key, Token).ConfigureAwait(false);
        }
    }

    private void TakeOut()
    {
        (Task<ItemResult> task, ItemKey key, long size) = _pending.Dequeue();
        if (task.Status == TaskStatus.RanToCompletion && task.Result is { IsFiltered: false, Fate: ItemFate.Copied or ItemFate.AlreadyThere })
        {
            _done?.Add(Fold.Of(key));
        }

        _bytes -= size;
        _keys.Remove(key);
    }

    private async Task<ItemResult> RunAsync(SourceFolder folder, SourceItem item, Task<IReadOnlyList<RememberedItem>> lookUp, ItemTurn turn, bool isAgain, bool isLast)
    {
        try
        {
            return await _copier.CopyAsync(folder, item, lookUp, turn, isAgain, isLast).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Before those behind it get their turn: what ends the run ends it for them too.
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(e), null);
            _stop.Cancel();
            throw;
        }
        finally
        {
            turn.End();
        }
    }
}
