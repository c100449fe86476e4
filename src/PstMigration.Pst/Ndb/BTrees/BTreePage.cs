using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ndb.BTrees;

/// <summary>A page of the NBT or BBT in memory, its counts checked.</summary>
internal sealed class BTreePage
{
    private readonly byte[] _bytes;
    private readonly PstLayout _layout;
    private readonly ulong _keyMask;

    /// <summary>A page whose meta has been checked to fit its bytes.</summary>
    /// <param name="bytes">The whole page; owned.</param>
    /// <param name="meta">Its counts.</param>
    /// <param name="keyMask">The bits of a key that count: the reserved bit of a BID and the high half of a NID do not.</param>
    /// <param name="layout">The variant.</param>
    public BTreePage(byte[] bytes, BTreePageMeta meta, ulong keyMask, PstLayout layout)
    {
        _bytes = bytes;
        _layout = layout;
        _keyMask = keyMask;
        Meta = meta;
        IsSorted = CheckSorted();
    }

    public BTreePageMeta Meta { get; }

    public int Count => Meta.Count;

    public int Level => Meta.Level;

    /// <summary>Whether the keys ascend, as they must; else a search has to look at every entry.</summary>
    public bool IsSorted { get; }

    /// <summary>The bytes of an entry.</summary>
    public ReadOnlySpan<byte> Entry(int index) => _bytes.AsSpan(index * Meta.EntrySize, Meta.EntrySize);

    public ulong Key(int index) => _layout.ReadId(_bytes.AsSpan(index * Meta.EntrySize)) & _keyMask;

    /// <summary>The entry with exactly this key, or -1.</summary>
    public int Find(ulong key)
    {
        if (!IsSorted)
        {
            for (int i = 0; i < Count; i++)
            {
                if (Key(i) == key)
                {
                    return i;
                }
            }

            return -1;
        }

        int index = FindLast(key);
        return index >= 0 && Key(index) == key ? index : -1;
    }

    /// <summary>The last entry whose key is not above this one, or -1: the child to descend to.</summary>
    public int FindLast(ulong key)
    {
        int low = 0;
        int high = Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >> 1;
            if (Key(middle) <= key)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return high;
    }

    /// <summary>Whether a key, if it is in the tree at all, is in this sorted leaf.</summary>
    public bool Spans(ulong key) => Count > 0 && IsSorted && Key(0) <= key && key <= Key(Count - 1);

    private bool CheckSorted()
    {
        for (int i = 1; i < Count; i++)
        {
            if (Key(i - 1) >= Key(i))
            {
                return false;
            }
        }

        return true;
    }
}
