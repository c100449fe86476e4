namespace PstMigration.Pst.Ndb.BTrees;

/// <summary>
/// Remembers recently used pages, bounded in two generations: when the young one is full it becomes the old one, and what
/// was used neither since then is forgotten. Safe for several threads.
/// </summary>
internal sealed class PageCache(int capacity)
{
    private readonly object _gate = new();
    private readonly int _generationSize = capacity / 2;
    private Dictionary<long, BTreePage> _young = [];
    private Dictionary<long, BTreePage> _old = [];

    public bool TryGet(long offset, out BTreePage? page)
    {
        lock (_gate)
        {
            if (_young.TryGetValue(offset, out page))
            {
                return true;
            }

            if (!_old.TryGetValue(offset, out page))
            {
                return false;
            }

            AddYoung(offset, page);
            return true;
        }
    }

    public void Add(long offset, BTreePage page)
    {
        lock (_gate)
        {
            AddYoung(offset, page);
        }
    }

    private void AddYoung(long offset, BTreePage page)
    {
        if (_young.Count >= _generationSize)
        {
            (_young, _old) = (_old, _young);
            _young.Clear();
        }

        _young[offset] = page;
    }
}
