using PstMigration.Mapi;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Files;

namespace PstMigration.Pst.Ndb.BTrees;

/// <summary>
/// Finds and lists the entries of the NBT or the BBT. Each step down must reach the level below, so no chain of references
/// can be longer than the levels of the root, whatever a file says.
/// </summary>
internal sealed class BTreeReader
{
    // Twenty to the eighth is more nodes than 32 bits can name.
    private const int MaxLevel = 8;
    private const int CacheBytes = 4 << 20;

    private readonly IFileBytes _file;
    private readonly PstLayout _layout;
    private readonly BlockReference _root;
    private readonly PageType _type;
    private readonly PstStructure _structure;
    private readonly DamageLog _damage;
    private readonly PageCache _cache;
    private readonly ulong _keyMask;
    private readonly bool _isStrict;
    private readonly ChangeWatch? _watch;
    private BTreePage? _lastLeaf;

    /// <summary>A reader of one tree.</summary>
    /// <param name="file">The file.</param>
    /// <param name="layout">Its variant.</param>
    /// <param name="root">The root page.</param>
    /// <param name="type">Which tree.</param>
    /// <param name="damage">Where accepted damage is recorded.</param>
    /// <param name="isStrict">Whether a page whose trailer does not verify is refused, and on the way to a key one with other keys than it should have.</param>
    /// <param name="watch">Asked before a page is called damaged.</param>
    public BTreeReader(IFileBytes file, PstLayout layout, BlockReference root, PageType type, DamageLog damage, bool isStrict = false, ChangeWatch? watch = null)
    {
        _file = file;
        _layout = layout;
        _root = root;
        _type = type;
        _damage = damage;
        _structure = type == PageType.Nbt ? PstStructure.NodeTreePage : PstStructure.BlockTreePage;
        _keyMask = TreeKeys.MaskOf(type);
        _isStrict = isStrict;
        _watch = watch;
        _cache = new PageCache(CacheBytes / layout.PageSize);
    }

    /// <summary>Finds the leaf entry of a key.</summary>
    /// <exception cref="PstException">PstDamaged: a page on the way cannot be read.</exception>
    public bool TryFind(ulong key, out ReadOnlySpan<byte> entry)
    {
        key &= _keyMask;
        BTreePage? leaf = Volatile.Read(ref _lastLeaf);
        if (leaf is null || !leaf.Spans(key))
        {
            leaf = FindLeaf(key);
            if (leaf is null)
            {
                entry = default;
                return false;
            }

            Volatile.Write(ref _lastLeaf, leaf);
        }

        int index = leaf.Find(key);
        entry = index < 0 ? default : leaf.Entry(index);
        return index >= 0;
    }

    /// <summary>Reads the root page, to see whether the tree can be read at all.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public void CheckRoot() => LoadPage(_root, expectedLevel: null);

    /// <summary>Lists the leaf pages in key order. Pages that cannot be read are recorded and left out.</summary>
    /// <param name="lost">Gets the ranges of keys, ends included, of what was left out.</param>
    public IEnumerable<BTreePage> EnumerateLeaves(List<KeyRange> lost)
    {
        if (!TryLoadPage(_root, null, out BTreePage? root))
        {
            lost.Add(KeyRange.All);
            yield break;
        }

        // A page reached twice would make a small file list for ever.
        HashSet<long> visited = [_root.Offset];
        Stack<(BTreePage Page, int Next, ulong Last)> path = new();
        path.Push((root!, 0, KeyRange.All.Last));
        while (path.Count > 0)
        {
            (BTreePage page, int next, ulong last) = path.Pop();
            if (page.Level == 0)
            {
                yield return page;
                continue;
            }

            if (next >= page.Count)
            {
                continue;
            }

            path.Push((page, next + 1, last));
            ulong lastOfChild = next + 1 < page.Count ? page.Key(next + 1) - 1 : last;
            BlockReference child = BTreeEntry.Read(page.Entry(next), _layout).Child;
            if (!visited.Add(child.Offset))
            {
                _damage.Add(_structure, PstDamageReason.Cycle, child.Offset);
                lost.Add(new KeyRange(page.Key(next), lastOfChild));
            }
            else if (TryLoadPage(child, page.Level - 1, out BTreePage? loaded))
            {
                path.Push((loaded!, 0, lastOfChild));
            }
            else
            {
                lost.Add(new KeyRange(page.Key(next), lastOfChild));
            }
        }
    }

    private BTreePage? FindLeaf(ulong key)
    {
        BTreePage page = LoadPage(_root, expectedLevel: null);
        ulong last = KeyRange.All.Last;
        while (page.Level > 0)
        {
            int index = page.FindLast(key);
            if (index < 0)
            {
                return null;
            }

            BTreeEntry entry = BTreeEntry.Read(page.Entry(index), _layout);
            last = index + 1 < page.Count ? page.Key(index + 1) - 1 : last;
            page = LoadPage(entry.Child, page.Level - 1);
            if (_isStrict && !(page.IsSorted && page.Count > 0 && page.Key(0) == (entry.Key & _keyMask) && page.Key(page.Count - 1) <= last))
            {
                throw Damaged(PstDamageReason.KeyOutOfRange, entry.Child.Offset);
            }
        }

        return page;
    }

    private bool TryLoadPage(BlockReference reference, int? expectedLevel, out BTreePage? page)
    {
        try
        {
            page = LoadPage(reference, expectedLevel);
            return true;
        }
        catch (PstException e) when (e.Damage is not null)
        {
            _damage.Add(e.Damage);
            page = null;
            return false;
        }
    }

    private BTreePage LoadPage(BlockReference reference, int? expectedLevel)
    {
        if (!_cache.TryGet(reference.Offset, out BTreePage? page))
        {
            page = ReadPage(reference);
            _cache.Add(reference.Offset, page);
        }

        return expectedLevel is null || page!.Level == expectedLevel
            ? page!
            : throw Damaged(PstDamageReason.WrongLevel, reference.Offset);
    }

    private BTreePage ReadPage(BlockReference reference)
    {
        long offset = reference.Offset;
        byte[] bytes = new byte[_layout.PageSize];
        if (offset <= 0 || _file.ReadAt(offset, bytes) != bytes.Length)
        {
            throw Damaged(PstDamageReason.OutsideFile, offset);
        }

        PageTrailer trailer = PageTrailer.Read(bytes, _layout);
        if (trailer.Type != _type)
        {
            throw Damaged(PstDamageReason.WrongType, offset);
        }

        // What is left of a page with a wrong checksum is still the best index there is: what it leads to is checked again.
        if (trailer.Crc != MapiCrc.Compute(bytes.AsSpan(0, _layout.PageTrailerOffset)))
        {
            Accept(PstDamageReason.ChecksumMismatch, offset);
        }

        if (trailer.Id != reference.Id || trailer.TypeRepeat != _type)
        {
            Accept(PstDamageReason.TrailerMismatch, offset);
        }

        BTreePageMeta meta = BTreePageMeta.Read(bytes, _layout);
        int entrySize = meta.Level > 0 ? _layout.BTreeEntrySize
            : _type == PageType.Nbt ? _layout.NodeEntrySize
            : _layout.BlockEntrySize;
        return meta.Level <= MaxLevel && meta.EntrySize >= entrySize && meta.Count * meta.EntrySize <= _layout.BTreeMetaOffset
            ? new BTreePage(bytes, meta, _keyMask, _layout)
            : throw Damaged(PstDamageReason.LimitExceeded, offset);
    }

    private void Accept(PstDamageReason reason, long offset)
    {
        PstException damaged = Damaged(reason, offset);
        if (_isStrict)
        {
            throw damaged;
        }

        _damage.Add(damaged.Damage!);
    }

    private PstException Damaged(PstDamageReason reason, long offset)
    {
        _watch?.ThrowIfChanged();
        return PstException.Damaged(_structure, reason, offset);
    }
}
