using System.Runtime.CompilerServices;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// What was copied into the mailbox before, read once from all its items, and what was written since. The mailbox is the truth; there is
/// nothing else to ask. What lies in no folder of it (<see cref="SeenFolders"/>) is gone. Safe for several threads.
/// </summary>
/// <param name="client">The mailbox.</param>
/// <param name="before">What was known of it until now: what was sent without an answer is still looked for; null at first.</param>
internal sealed class GraphCopies(GraphClient client, GraphCopies? before = null) : IDisposable
{
    private readonly object _gate = new();
    private readonly SemaphoreSlim _reading = new(1);
    private readonly CopyIndex<GraphCopy> _index = new(c => new ItemKey(client.StoreKey, c.Id));
    private readonly Dictionary<ItemMarker, ItemSearch> _unsure = before?.TakeUnsure() ?? [];
    private readonly HashSet<ItemMarker> _unanswered = [];
    private readonly HashSet<string> _gone = new(StringComparer.Ordinal);
    private bool _isRead;

    /// <summary>All items in folders of the mailbox; empty before it was read.</summary>
    public KnownItems Items { get; } = new();

    /// <summary>Whether all it has sent is known among the <see cref="Items"/>. What arrived without an answer is only there when the mailbox is read anew.</summary>
    public bool KnowsAll
    {
        get
        {
            lock (_gate)
            {
                return _unanswered.Count == 0;
            }
        }
    }

    /// <summary>The copies of the item with a key, the newest first.</summary>
    public async Task<IReadOnlyList<RememberedItem>> FindAsync(ItemKey key, CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<RememberedItem> found = Find(key);
        foreach (RememberedItem item in found)
        {
            await CountAsync(item, cancellationToken).ConfigureAwait(false);
        }

        return found.Count == 0 ? found : Find(key);
    }

    /// <summary>The copy with a marker. One that was sent in this run without an answer is looked for once more.</summary>
    public async Task<RememberedItem?> FindAsync(ItemMarker marker, CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken).ConfigureAwait(false);
        if (Search(marker) is ItemSearch search && await FindSentAsync(search, cancellationToken).ConfigureAwait(false) is FoundCopy arrived)
        {
            Add(arrived);
        }

        if (Find(marker) is RememberedItem item)
        {
            await CountAsync(item, cancellationToken).ConfigureAwait(false);
        }

        return Find(marker);
    }

    /// <summary>Looks for a copy that was sent without an answer. An older one that is gone has the same marker, and is no answer.</summary>
    public Task<FoundCopy?> FindSentAsync(ItemSearch search, CancellationToken cancellationToken) => search.FindAsync(client, IsGone, cancellationToken);

    /// <summary>The whole copies of items of an identity that were there before.</summary>
    public async Task<IReadOnlyList<RememberedItem>> FindAsync(ItemIdentity identity, CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken).ConfigureAwait(false);
        foreach (RememberedItem item in Find(identity))
        {
            await CountAsync(item, cancellationToken).ConfigureAwait(false);
        }

        return [.. Find(identity).Where(i => i.IsWhole)];
    }

    /// <summary>The copies of items of a store as the mailbox shows them now.</summary>
    public async IAsyncEnumerable<ListedCopy> ReadAsync(string sourceStore, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (FoundCopy copy in ReadMailboxAsync(cancellationToken).ConfigureAwait(false))
        {
            if (copy.List(sourceStore, client.StoreKey) is ListedCopy listed)
            {
                yield return listed;
            }
        }
    }

    /// <summary>A copy that was made but lacks attachments: a run was killed, or an answer was lost. Null where there is none.</summary>
    public GraphCopy? Incomplete(ItemMarker marker)
    {
        lock (_gate)
        {
            return _index.Find(marker) is { IsWhole: false } item ? _index.PlaceOf(item) : null;
        }
    }

    /// <summary>Whether it was sent in this run without an answer, and not found since.</summary>
    public bool IsUnsure(ItemMarker marker) => Search(marker) is not null;

    /// <summary>Records a copy that was just made, or became whole.</summary>
    public void Add(ItemProvenance provenance, IReadOnlyList<ItemLoss> losses, GraphCopy copy, bool isWhole)
    {
        ItemMarker marker = Provenance.MarkerOf(provenance);
        lock (_gate)
        {
            _unsure.Remove(marker);
            _unanswered.Remove(marker);
            copy = copy with { IsCounted = true };
            if (_index.Find(marker) is RememberedItem known)
            {
                _index.Update(known, r => r with { IsWhole = isWhole, Losses = losses }, copy);
            }
            else
            {
                _index.Add(CopyRecord.Of(provenance, losses, isWhole), copy);
            }
        }
    }

    /// <summary>Records a copy nobody knows of whether it arrived.</summary>
    public void AddUnsure(ItemMarker marker, ItemSearch search)
    {
        lock (_gate)
        {
            _unsure[marker] = search;
            _unanswered.Add(marker);
        }
    }

    /// <summary>Records that a copy was taken back.</summary>
    public void Forget(ItemMarker marker)
    {
        lock (_gate)
        {
            if (_index.Find(marker) is RememberedItem item)
            {
                _index.Remove(item);
            }
        }
    }

    /// <summary>Whether a copy was found for an item of another source, which would be without one if it went.</summary>
    public bool IsFound(RememberedItem item) => Items.IsFound(PlaceOf(item).Id);

    /// <summary>Records that a copy was put into the deleted items.</summary>
    public void Remove(RememberedItem item)
    {
        GraphCopy copy = Drop(item);
        if (copy.Kind == GraphFolderKind.Mail)
        {
            Items.Move(copy.Id, to: null, isDeleted: true);
        }
        else
        {
            // Nothing else is looked for among the deleted items.
            Items.Remove(copy.Id);
        }
    }

    /// <summary>Records that a copy is gone.</summary>
    public void Forget(RememberedItem item) => Items.Remove(Drop(item).Id);

    /// <summary>Where a copy is.</summary>
    public GraphCopy PlaceOf(RememberedItem item)
    {
        lock (_gate)
        {
            return _index.PlaceOf(item);
        }
    }

    /// <summary>The older copy of the same item that one was written to replace; null where there is none, or none any more.</summary>
    public RememberedItem? FindReplaced(RememberedItem item)
    {
        lock (_gate)
        {
            return _index.PlaceOf(item).Replaces is string replaced ? _index.Find(_index.RecordOf(item).Key).FirstOrDefault(o => _index.PlaceOf(o).Id == replaced) : null;
        }
    }

    /// <summary>Records where a copy and its source are now.</summary>
    public void Move(RememberedItem item, string to, FolderPath sourceFolder, bool isDeleted)
    {
        lock (_gate)
        {
            _index.Update(item, r => r with { SourceFolder = Fold.Of(sourceFolder) }, _index.PlaceOf(item));
        }

        Items.Move(PlaceOf(item).Id, to, isDeleted);
    }

    /// <summary>Records that the item of a copy has another key now.</summary>
    public void Adopt(RememberedItem item, ItemProvenance provenance)
    {
        lock (_gate)
        {
            _index.Adopt(item, provenance);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _reading.Dispose();

    private IReadOnlyList<RememberedItem> Find(ItemKey key)
    {
        lock (_gate)
        {
            IReadOnlyList<RememberedItem> found = _index.Find(key);
            return found.Count < 2 ? found : [.. found.OrderByDescending(i => _index.PlaceOf(i).Created)];
        }
    }

    private IReadOnlyList<RememberedItem> Find(ItemIdentity identity)
    {
        lock (_gate)
        {
            return _index.Find(identity);
        }
    }

    private RememberedItem? Find(ItemMarker marker)
    {
        lock (_gate)
        {
            return _index.Find(marker);
        }
    }

    private Dictionary<ItemMarker, ItemSearch> TakeUnsure()
    {
        lock (_gate)
        {
            return new(_unsure);
        }
    }

    private ItemSearch? Search(ItemMarker marker)
    {
        lock (_gate)
        {
            return _unsure.TryGetValue(marker, out ItemSearch? search) ? search : null;
        }
    }

    private void Add(FoundCopy found)
    {
        lock (_gate)
        {
            _unsure.Remove(found.Marker);
            if (_index.Find(found.Marker) is null)
            {
                _index.Add(found.Record, found.Copy);
            }
        }
    }

    /// <summary>Counts the attachments of a copy a run may have been killed over, the first time somebody asks for it.</summary>
    private async Task CountAsync(RememberedItem item, CancellationToken cancellationToken)
    {
        GraphCopy copy = PlaceOf(item);
        if (item.IsWhole || copy.IsCounted)
        {
            return;
        }

        int? count = null;
        try
        {
            count = await client.Items(copy.Kind).CountPartsAsync(copy, cancellationToken).ConfigureAwait(false);
        }
        catch (GraphRequestException e) when (e.IsNotFound)
        {
            // Somebody has deleted it since the list was read.
        }

        if (count is null)
        {
            Forget(item);
            return;
        }

        lock (_gate)
        {
            _index.Update(item, r => r with { IsWhole = count >= copy.AttachmentCount }, copy with { IsCounted = true });
        }
    }

    private GraphCopy Drop(RememberedItem item)
    {
        lock (_gate)
        {
            _index.Remove(item);
            return _index.PlaceOf(item);
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_isRead)
            {
                await foreach (FoundCopy copy in ReadMailboxAsync(cancellationToken).ConfigureAwait(false))
                {
                }
            }
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>All copies as the mailbox shows them now. The first pass to come to the end is what is remembered; whoever looks something up meanwhile makes one of its own.</summary>
    private async IAsyncEnumerable<FoundCopy> ReadMailboxAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        bool isFirst = !_isRead;
        SeenFolders folders = await SeenFolders.ReadAsync(client.Folders, cancellationToken).ConfigureAwait(false);
        string? deletedItems = folders.DeletedItems;
        List<FoundCopy> deleted = [];
        await foreach (FoundCopy copy in ListAsync(folders, cancellationToken).ConfigureAwait(false))
        {
            if (isFirst && deletedItems is not null && copy.LiesIn == deletedItems && copy.PlacedIn is not null && copy.PlacedIn != deletedItems)
            {
                deleted.Add(copy);
            }
            else if (isFirst)
            {
                Add(copy);
            }

            yield return copy;
        }

        AddDeleted(deleted);
        _isRead = true;
    }

    private void AddDeleted(List<FoundCopy> deleted)
    {
        // What people have deleted is not brought back. What a newer copy took the place of is forgotten: were the item changed back,
        // it would count as there.
        foreach (FoundCopy copy in deleted.OrderByDescending(c => c.Copy.Created))
        {
            int slash = copy.Key.IndexOf('/');
            if (slash < 0 || Find(new ItemKey(copy.Key[..slash], copy.Key[(slash + 1)..])).Count == 0)
            {
                Add(copy);
            }
        }
    }

    /// <summary>Notes a listed item.</summary>
    /// <returns>False where it lies in no folder.</returns>
    private async ValueTask<bool> NoteAsync(ListedItem item, SeenFolders folders, CancellationToken cancellationToken)
    {
        bool isMail = item.Kind == GraphFolderKind.Mail;
        bool isSeen = !isMail || await folders.HasAsync(item.FolderId, cancellationToken).ConfigureAwait(false);
        if (isSeen)
        {
            Items.Add(new KnownItem(item.Kind, item.Id, item.Kind == GraphFolderKind.Tasks ? item.FolderId : null, KnownItems.StoreOf(item.Copy?.Key), isMail && folders.IsDeleted(item.FolderId))
            {
                MessageId = KnownItems.FoldOf(item.MessageId),
                Outline = item.Outline,
                Version = item.Version,
                LiesIn = item.FolderId is string folder ? string.Intern(folder) : null,
            });
        }
        else if (item.Copy is not null)
        {
            lock (_gate)
            {
                _gone.Add(item.Id);
            }
        }

        return isSeen;
    }

    private bool IsGone(FoundCopy copy)
    {
        lock (_gate)
        {
            return _gone.Contains(copy.Copy.Id);
        }
    }

    /// <summary>All copies there are, and on the way what else the mailbox has. What the sign-in may not see holds none for it.</summary>
    private async IAsyncEnumerable<FoundCopy> ListAsync(SeenFolders folders, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (GraphFolderKind kind in (GraphFolderKind[])Enum.GetValues(typeof(GraphFolderKind)))
        {
            if (kind != GraphFolderKind.Mail && !await client.Folders.IsOpenAsync(kind, cancellationToken).ConfigureAwait(false))
            {
                continue;
            }

            await foreach (ListedItem item in client.Items(kind).ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                if (await NoteAsync(item, folders, cancellationToken).ConfigureAwait(false) && item.Copy is FoundCopy copy)
                {
                    yield return copy;
                }
            }
        }
    }
}
