namespace PstMigration.Pst.Ltp.Editing;

/// <summary>
/// The blocks of a tree that are being worked on, by number. A bounded number is held: the one longest unused goes, written before if it
/// was changed. What was given out stays usable as long as it is held on to, but changes to it are lost once it went.
/// </summary>
/// <param name="capacity">How many are held.</param>
/// <param name="load">Reads one.</param>
/// <param name="write">Writes one.</param>
internal sealed class EditCache<T>(int capacity, Func<int, T> load, Action<int, T> write)
    where T : class
{
    private readonly Dictionary<int, Entry> _entries = [];
    private long _clock;

    /// <summary>Whether anything has to be written.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>Gives a block to read.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public T Get(int index) => Find(index).Value;

    /// <summary>Gives a block to change.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public T Edit(int index)
    {
        Entry entry = Find(index);
        entry.IsChanged = true;
        IsChanged = true;
        return entry.Value;
    }

    /// <summary>Puts a new block in.</summary>
    public void Add(int index, T value)
    {
        MakeRoom();
        _entries.Add(index, new Entry(value) { IsChanged = true, LastUse = ++_clock });
        IsChanged = true;
    }

    /// <summary>Forgets a block that is no more.</summary>
    public void Remove(int index) => _entries.Remove(index);

    /// <summary>Forgets all blocks.</summary>
    public void Clear()
    {
        _entries.Clear();
        IsChanged = false;
    }

    /// <summary>Writes all that changed, in ascending order.</summary>
    /// <exception cref="PstException">PstWriteFailed and what else writing throws.</exception>
    public void Flush()
    {
        List<int> changed = [];
        foreach (KeyValuePair<int, Entry> pair in _entries)
        {
            if (pair.Value.IsChanged)
            {
                changed.Add(pair.Key);
            }
        }

        changed.Sort();
        foreach (int index in changed)
        {
            Write(index, _entries[index]);
        }

        IsChanged = false;
    }

    private Entry Find(int index)
    {
        if (!_entries.TryGetValue(index, out Entry? entry))
        {
            MakeRoom();
            entry = new Entry(load(index));
            _entries.Add(index, entry);
        }

        entry.LastUse = ++_clock;
        return entry;
    }

    private void MakeRoom()
    {
        if (_entries.Count < capacity)
        {
            return;
        }

        int oldest = -1;
        long use = long.MaxValue;
        foreach (KeyValuePair<int, Entry> pair in _entries)
        {
            if (pair.Value.LastUse < use)
            {
                (oldest, use) = (pair.Key, pair.Value.LastUse);
            }
        }

        Entry entry = _entries[oldest];
        if (entry.IsChanged)
        {
            Write(oldest, entry);
        }

        _entries.Remove(oldest);
    }

    private void Write(int index, Entry entry)
    {
        write(index, entry.Value);
        entry.IsChanged = false;
    }

    private sealed class Entry(T value)
    {
        public T Value { get; } = value;

        public bool IsChanged { get; set; }

        public long LastUse { get; set; }
    }
}
