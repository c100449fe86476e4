namespace PstMigration.Mapi;

/// <summary>The copies a target holds, by key and by marker: the one index of all targets, some 200 bytes a copy. One caller at a time.</summary>
/// <typeparam name="TPlace">Where a copy is in the target.</typeparam>
/// <param name="keyOf">The key of what is at a place.</param>
public sealed class CopyIndex<TPlace>(Func<TPlace, ItemKey> keyOf)
{
    private const int None = -1;

    /// <summary>Of thousands of one identity, which say as good as nothing of themselves, so many are found.</summary>
    private const int MostOfIdentity = 100;

    private readonly Dictionary<Guid, int> _byKey = [];
    private readonly Dictionary<Guid, int> _byMarker = [];
    private readonly List<Entry> _entries = [];
    private Dictionary<long, List<int>>? _byIdentity;

    /// <summary>How many copies there are.</summary>
    public int Count { get; private set; }

    /// <summary>Notes a copy.</summary>
    public void Add(in CopyRecord record, TPlace place)
    {
        int older = record.Key != default && _byKey.TryGetValue(record.Key, out int known) ? known : None;
        _entries.Add(new Entry(record, place, older));
        int entry = _entries.Count - 1;
        Count++;
        if (record.Key != default)
        {
            _byKey[record.Key] = entry;
        }

        if (record.Marker != default)
        {
            _byMarker[record.Marker] = entry;
        }
    }

    /// <summary>The copies of the item with a key, the newest first.</summary>
    public IReadOnlyList<RememberedItem> Find(ItemKey key) => _byKey.Count == 0 ? [] : Find(Fold.Of(key));

    /// <summary>The same for a folded key (<see cref="Fold.Of(ItemKey)"/>).</summary>
    public IReadOnlyList<RememberedItem> Find(Guid key)
    {
        if (!_byKey.TryGetValue(key, out int entry))
        {
            return [];
        }

        List<RememberedItem> found = [];
        for (; entry != None; entry = _entries[entry].Older)
        {
            if (!_entries[entry].IsRemoved)
            {
                found.Add(Describe(entry));
            }
        }

        return found;
    }

    /// <summary>The copy with a marker; null where there is none.</summary>
    public RememberedItem? Find(ItemMarker marker) =>
        _byMarker.TryGetValue(Fold.Of(marker), out int entry) && !_entries[entry].IsRemoved ? Describe(entry) : null;

    /// <summary>The copies of items of an identity that were known when this was asked first, the newest first; of very many some.</summary>
    public IReadOnlyList<RememberedItem> Find(ItemIdentity identity)
    {
        _byIdentity ??= ListIdentities();
        return _byIdentity.TryGetValue(Fold.Of(identity.Value), out List<int>? found)
            ? [.. Enumerable.Reverse(found).Where(e => !_entries[e].IsRemoved).Take(MostOfIdentity).Select(Describe)]
            : [];
    }

    /// <summary>Where a copy is.</summary>
    public TPlace PlaceOf(RememberedItem item) => _entries[EntryOf(item)].Place;

    /// <summary>What is noted of a copy.</summary>
    public CopyRecord RecordOf(RememberedItem item) => _entries[EntryOf(item)].Record;

    /// <summary>Changes what is noted of a copy.</summary>
    public void Update(RememberedItem item, Func<CopyRecord, CopyRecord> change, TPlace place)
    {
        int entry = EntryOf(item);
        Entry old = _entries[entry];
        CopyRecord changed = change(old.Record);
        _entries[entry] = old with { Record = changed with { Key = old.Record.Key, Marker = old.Record.Marker }, Place = place };
    }

    /// <summary>Notes that the item of a copy has another key, version and folder now.</summary>
    public void Adopt(RememberedItem item, ItemProvenance provenance)
    {
        (CopyRecord old, TPlace place) = (RecordOf(item), PlaceOf(item));
        Remove(item);
        Add(CopyRecord.Of(provenance, old.Losses, old.IsWhole), place);
    }

    /// <summary>Forgets a copy.</summary>
    public void Remove(RememberedItem item)
    {
        int entry = EntryOf(item);
        if (!_entries[entry].IsRemoved)
        {
            _entries[entry] = _entries[entry] with { IsRemoved = true };
            Count--;
        }
    }

    private static int EntryOf(RememberedItem item) => (item ?? throw new ArgumentNullException(nameof(item))).Entry;

    private Dictionary<long, List<int>> ListIdentities()
    {
        Dictionary<long, List<int>> identities = [];
        for (int entry = 0; entry < _entries.Count; entry++)
        {
            if (_entries[entry].Record.Identity is not 0 and long identity)
            {
                (identities.TryGetValue(identity, out List<int>? known) ? known : identities[identity] = new(1)).Add(entry);
            }
        }

        return identities;
    }

    private RememberedItem Describe(int entry) => new(_entries[entry].Record, keyOf(_entries[entry].Place), entry);

    private readonly record struct Entry(CopyRecord Record, TPlace Place, int Older, bool IsRemoved = false);
}
