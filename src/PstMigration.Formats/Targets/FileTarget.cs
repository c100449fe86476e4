using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Files as the end of a transfer: what all kinds of them have in common. Everything but preparing is done by one thread at a time.</summary>
public abstract class FileTarget : IItemTarget
{
    private protected FileTarget(string path, string storeKey, ItemTargetOptions? options)
    {
        Name = path;
        StoreKey = storeKey;
        Options = options ?? new ItemTargetOptions();
        Key = new TreeKey(path);
    }

    /// <summary>The full path of the file or directory.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public string StoreKey { get; }

    /// <inheritdoc/>
    public abstract TargetTraits Traits { get; }

    private protected ItemTargetOptions Options { get; }

    /// <summary>Proves what is written.</summary>
    private protected TreeKey Key { get; }

    /// <summary>The keys that prove what is there.</summary>
    private protected TreeKeys Keys { get; } = new();

    private protected object Gate { get; } = new();

    /// <inheritdoc/>
    public WriteResult? Refuse(string messageClass) => null;

    /// <inheritdoc/>
    public Task<TargetFolder> OpenFolderAsync(FolderPath path, FolderRole role, string containerClass, CancellationToken cancellationToken) =>
        ChangeAsync(() => Find(path ?? throw new ArgumentNullException(nameof(path)), role, containerClass ?? ""), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RememberedItem>> FindAsync(ItemKey key, CancellationToken cancellationToken) =>
        new(ChangeAsync(() => Find(key), cancellationToken));

    /// <inheritdoc/>
    public ValueTask<RememberedItem?> FindAsync(ItemMarker marker, CancellationToken cancellationToken) =>
        new(ChangeAsync(() => Find(marker), cancellationToken));

    /// <inheritdoc/>
    public ValueTask<PreparedItem> PrepareAsync(TargetFolder folder, MapiItem item, ItemProvenance provenance, CancellationToken cancellationToken)
    {
        if (item is null || provenance is null)
        {
            throw new ArgumentNullException(item is null ? nameof(item) : nameof(provenance));
        }

        cancellationToken.ThrowIfCancellationRequested();
        return new(Prepare(folder, item, provenance, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<WriteResult> CommitAsync(PreparedItem prepared, CancellationToken cancellationToken) => ChangeAsync(() => Commit(prepared), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<WrittenFile>> CompleteAsync(CancellationToken cancellationToken) => ChangeAsync(Complete, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        lock (Gate)
        {
            Close();
        }

        GC.SuppressFinalize(this);
        return default;
    }

    /// <summary>Finds a folder, making it where it is missing.</summary>
    private protected abstract TargetFolder Find(FolderPath path, FolderRole role, string containerClass);

    /// <summary>What is remembered of the item with a key.</summary>
    private protected abstract IReadOnlyList<RememberedItem> Find(ItemKey key);

    /// <summary>What is remembered of an item with a marker.</summary>
    private protected abstract RememberedItem? Find(ItemMarker marker);

    /// <summary>Makes an item ready. Any thread.</summary>
    private protected abstract PreparedItem Prepare(TargetFolder folder, MapiItem item, ItemProvenance provenance, CancellationToken cancellationToken);

    /// <summary>Puts a prepared item into its place.</summary>
    private protected abstract WriteResult Commit(PreparedItem prepared);

    /// <summary>Commits what is not committed yet.</summary>
    private protected abstract IReadOnlyList<WrittenFile> Complete();

    /// <summary>Closes what is open, and takes away what was not completed.</summary>
    private protected abstract void Close();

    /// <summary>Does something alone.</summary>
    private protected Task<T> ChangeAsync<T>(Func<T> change, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (Gate)
        {
            return Task.FromResult(change());
        }
    }

    private protected static T Own<T>(TargetFolder folder)
        where T : TargetFolder => folder as T ?? throw new ArgumentException("A folder of this target is needed.", nameof(folder));

    private protected static T Own<T>(PreparedItem prepared)
        where T : PreparedItem => prepared as T ?? throw new ArgumentException("An item this target has prepared is needed.", nameof(prepared));

    /// <summary>The kinds of losses, each once: details name attachments of one item.</summary>
    private protected static IReadOnlyList<ItemLoss> KindsOf(IEnumerable<ItemLoss> losses) => [.. losses.Select(l => l with { Detail = "" }).Distinct()];
}
