using System.Globalization;
using PstMigration.Mapi;
using PstMigration.Tests;

namespace PstMigration.Transfer.Tests;

/// <summary>A target in memory whose Inbox has a name of its own, and that can be told to answer in its own way.</summary>
internal sealed class MemoryTarget : IItemTarget, IItemReplacer, IItemMover, IItemRemover
{
    private readonly object _gate = new();
    private readonly CopyIndex<int> _copies = new(i => new ItemKey("memory:2", i.ToString(CultureInfo.InvariantCulture)));
    private readonly List<(string Folder, string Subject, string Body)?> _items = [];
    private int _inFlight;

    public string Name => "memory";

    public string StoreKey => "memory:2";

    public TargetTraits Traits { get; init; } = new() { KeepsFolderClasses = false };

    public List<string> Folders { get; } = [];

    public IEnumerable<(string Folder, string Subject)> Items => _items.OfType<(string Folder, string Subject, string Body)>().Select(i => (i.Folder, i.Subject));

    public IEnumerable<string> Bodies => _items.OfType<(string Folder, string Subject, string Body)>().Select(i => i.Body);

    public bool Completed { get; private set; }

    /// <summary>The most commits that were in flight at once.</summary>
    public int MostInFlight { get; private set; }

    /// <summary>What happens instead of a plain write; null writes.</summary>
    public Func<MapiItem, WriteResult?> OnWrite { get; set; } = _ => null;

    /// <summary>What a commit waits for.</summary>
    public Func<MapiItem, CancellationToken, Task> OnCommit { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>What looking up a key throws.</summary>
    public Func<ItemKey, Exception?> OnFind { get; set; } = _ => null;

    /// <summary>What looking up a marker throws.</summary>
    public Func<ItemMarker, Exception?> OnFindMarker { get; set; } = _ => null;

    /// <summary>What opening a folder throws.</summary>
    public Func<FolderPath, Exception?> OnOpenFolder { get; set; } = _ => null;

    /// <summary>What preparing throws.</summary>
    public Func<MapiItem, Exception?> OnPrepare { get; set; } = _ => null;

    /// <summary>The losses of each item.</summary>
    public Func<MapiItem, IReadOnlyList<ItemLoss>> LossesOf { get; set; } = _ => [];

    /// <summary>Whether an item the answer to which got lost had arrived after all.</summary>
    public bool UnsureArrives { get; init; }

    public WriteResult? Refuse(string messageClass) =>
        MessageClasses.IsOfClass(messageClass, "IPM.Task") ? WriteResult.Skipped(TestError.Of("ItemClassNotCarried"), "tasks are not taken") : null;

    public Task<TargetFolder> OpenFolderAsync(FolderPath path, FolderRole role, string containerClass, CancellationToken cancellationToken)
    {
        if (OnOpenFolder(path) is Exception failure)
        {
            throw failure;
        }

        FolderPath mine = role == FolderRole.Inbox ? FolderPath.Parse("Posteingang") : path;
        if (!Folders.Contains(mine.ToString()))
        {
            Folders.Add(mine.ToString());
        }

        return Task.FromResult(new TargetFolder(mine));
    }

    public ValueTask<IReadOnlyList<RememberedItem>> FindAsync(ItemKey key, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return OnFind(key) is Exception failure ? throw failure : new(_copies.Find(key));
        }
    }

    public ValueTask<RememberedItem?> FindAsync(ItemMarker marker, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return OnFindMarker(marker) is Exception failure ? throw failure : new(_copies.Find(marker));
        }
    }

    public ValueTask<PreparedItem> PrepareAsync(TargetFolder folder, MapiItem item, ItemProvenance provenance, CancellationToken cancellationToken) =>
        OnPrepare(item) is Exception failure ? throw failure : new(new PreparedItem(folder, item, provenance));

    public async Task<WriteResult> CommitAsync(PreparedItem prepared, CancellationToken cancellationToken)
    {
        int now = Interlocked.Increment(ref _inFlight);
        lock (_gate)
        {
            MostInFlight = Math.Max(MostInFlight, now);
        }

        try
        {
            await OnCommit(prepared.Item, cancellationToken);
            WriteResult? other = OnWrite(prepared.Item);
            return other is null ? Write(prepared) : Answer(prepared, other);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    public Task<WriteResult?> ReplaceAsync(RememberedItem old, PreparedItem prepared, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            WriteResult written = Write(prepared);
            _items[_copies.PlaceOf(old)] = null;
            _copies.Remove(old);
            return Task.FromResult<WriteResult?>(written);
        }
    }

    public Task<bool> MoveAsync(RememberedItem item, TargetFolder folder, FolderPath sourceFolder, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            int place = _copies.PlaceOf(item);
            _items[place] = _items[place]!.Value with { Folder = folder.Path.ToString() };
            _copies.Update(item, r => r with { SourceFolder = Fold.Of(sourceFolder) }, place);
            return Task.FromResult(true);
        }
    }

    public Task<bool> RemoveAsync(RememberedItem item, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _items[_copies.PlaceOf(item)] = null;
            _copies.Remove(item);
            return Task.FromResult(true);
        }
    }

    public Task<IReadOnlyList<WrittenFile>> CompleteAsync(CancellationToken cancellationToken)
    {
        Completed = true;
        return Task.FromResult<IReadOnlyList<WrittenFile>>([]);
    }

    public ValueTask DisposeAsync() => default;

    private WriteResult Answer(PreparedItem prepared, WriteResult other)
    {
        if (other.Fate == ItemFate.Unsure && UnsureArrives)
        {
            Write(prepared);
        }

        return other;
    }

    private WriteResult Write(PreparedItem prepared)
    {
        lock (_gate)
        {
            IReadOnlyList<ItemLoss> losses = LossesOf(prepared.Item);
            _items.Add((prepared.Folder.Path.ToString(), prepared.Item.Subject, prepared.Item.Properties.GetString(PropertyTags.Body) ?? ""));
            _copies.Add(CopyRecord.Of(prepared.Provenance, losses), _items.Count - 1);
            return WriteResult.Copied(new ItemKey("memory:2", (_items.Count - 1).ToString(CultureInfo.InvariantCulture)), losses);
        }
    }
}
