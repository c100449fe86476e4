using System.Runtime.CompilerServices;
using PstMigration.Mapi;
using PstMigration.Pst.Compat;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Checking;

/// <summary>
/// Walks the pages of one B-tree in key order, checks each, and hands on the entries of its leaves. No page is entered twice,
/// so a damaged tree ends where it starts to repeat.
/// </summary>
internal sealed class TreeWalk
{
    // A tree of depth 8 over 20 entries a page has more leaves than any file has pages.
    private const int MaxLevel = 8;

    private readonly CheckContext _context;
    private readonly SpaceMap _space;
    private readonly HashSet<ulong> _pageIds;
    private readonly PageType _type;
    private readonly string _treeName;
    private readonly Action<ReadOnlyMemory<byte>> _onEntry;
    private readonly Stack<(BTreeEntry Entry, int Level)> _pending = new();
    private ulong _lastKey;
    private bool _hasLastKey;

    /// <summary>A walk of one tree.</summary>
    /// <param name="context">The check.</param>
    /// <param name="space">Where pages are marked.</param>
    /// <param name="pageIds">Ids of all pages seen, in both trees.</param>
    /// <param name="type">Which tree.</param>
    /// <param name="onEntry">Takes the bytes of a leaf entry.</param>
    public TreeWalk(CheckContext context, SpaceMap space, HashSet<ulong> pageIds, PageType type, Action<ReadOnlyMemory<byte>> onEntry)
    {
        _context = context;
        _space = space;
        _pageIds = pageIds;
        _type = type;
        _treeName = type == PageType.Nbt ? "NBT" : "BBT";
        _onEntry = onEntry;
    }

    /// <summary>The highest id of a page of this tree.</summary>
    public ulong HighestPageId { get; private set; }

    /// <summary>Whether all of the tree could be walked.</summary>
    public bool IsComplete { get; private set; } = true;

    private int LeafEntrySize => _type == PageType.Nbt ? _context.Layout.NodeEntrySize : _context.Layout.BlockEntrySize;

    public IEnumerable<Pause> Run(BlockReference root)
    {
        if (!IsPlaceForPage(root.Offset))
        {
            IsComplete = false;
            _context.Report(PstCheckRules.RootReference, _context.Layout.HeaderRoot, "header", _treeName, root.Offset);
            yield break;
        }

        byte[] page = new byte[_context.Layout.PageSize];
        bool isRoot = true;
        _pending.Push((new BTreeEntry(0, root), -1));
        while (_pending.Count > 0)
        {
            (BTreeEntry entry, int level) = _pending.Pop();
            IsComplete &= TryCheckPage(entry, level, isRoot, page);
            isRoot = false;
            _context.Advance();
            yield return default;
        }

        if (!_hasLastKey && IsComplete)
        {
            IsComplete = false;
            _context.Report(PstCheckRules.TreeEmpty, root.Offset, _treeName, _treeName);
        }
    }

    // Made only for a finding: a file has a page for every 20 blocks.
    private string Name(BlockId id) => $"{_treeName} page {id}";

    private bool IsPlaceForPage(long offset) =>
        offset >= _context.Layout.FirstAMapOffset
        && offset <= _context.FileLength - _context.Layout.PageSize
        && offset % _context.Layout.PageSize == 0;

    [MethodImpl(Compiled.Optimized)]
    private bool TryCheckPage(BTreeEntry entry, int level, bool isRoot, byte[] page)
    {
        long offset = entry.Child.Offset;
        BlockId id = entry.Child.Id;
        if (!IsPlaceForPage(offset))
        {
            _context.Report(PstCheckRules.PageOutside, offset, Name(id), offset);
            return false;
        }

        if (!_pageIds.Add(entry.Child.Id.Value))
        {
            _context.Report(PstCheckRules.PageTwice, offset, Name(id), entry.Child.Id.Value);
            return false;
        }

        if (!_space.TryMark(offset, page.Length))
        {
            _context.Report(PstCheckRules.Overlap, offset, Name(id), page.Length);
            return false;
        }

        if (!_space.IsInOneRegion(offset, page.Length))
        {
            _context.Report(PstCheckRules.CrossesRegion, offset, Name(id), page.Length);
        }

        if (!_context.TryRead(offset, page))
        {
            _context.Report(PstCheckRules.PageOutside, offset, Name(id), offset);
            return false;
        }

        _context.Pages++;
        HighestPageId = Math.Max(HighestPageId, entry.Child.Id.Value);
        PageTrailer trailer = PageTrailer.Read(page, _context.Layout);
        if (trailer.Type != _type || trailer.TypeRepeat != _type)
        {
            // Something else stands here.
            _context.Report(PstCheckRules.PageType, offset, Name(id), (byte)trailer.Type, (byte)trailer.TypeRepeat, (byte)_type);
            return false;
        }

        CheckTrailer(entry.Child, trailer, page);
        return TryCheckEntries(entry, level, isRoot, page, id);
    }

    private void CheckTrailer(BlockReference reference, PageTrailer trailer, byte[] page)
    {
        uint crc = MapiCrc.Compute(page.AsSpan(0, _context.Layout.PageTrailerOffset));
        if (trailer.Crc != crc)
        {
            _context.Report(PstCheckRules.PageCrc, reference.Offset, Name(reference.Id), trailer.Crc, crc);
        }

        ushort signature = TrailerSignature.Compute(reference.Offset, trailer.Id);
        if (trailer.Signature != signature)
        {
            _context.Report(PstCheckRules.PageSignature, reference.Offset, Name(reference.Id), trailer.Signature, signature);
        }

        if (trailer.Id != reference.Id)
        {
            _context.Report(PstCheckRules.PageId, reference.Offset, Name(reference.Id), trailer.Id.Value, reference.Id.Value);
        }
    }

    [MethodImpl(Compiled.Optimized)]
    private bool TryCheckEntries(BTreeEntry entry, int level, bool isRoot, byte[] page, BlockId id)
    {
        PstLayout layout = _context.Layout;
        long offset = entry.Child.Offset;
        BTreePageMeta meta = BTreePageMeta.Read(page, layout);
        if (isRoot ? meta.Level > MaxLevel : meta.Level != level)
        {
            _context.Report(PstCheckRules.PageLevel, offset, Name(id), meta.Level, isRoot ? MaxLevel : level);
            return false;
        }

        int size = meta.Level == 0 ? LeafEntrySize : layout.BTreeEntrySize;
        int limit = layout.BTreeMetaOffset / size;
        if (meta.EntrySize != size || meta.MaxCount != limit || meta.Count > limit)
        {
            _context.Report(PstCheckRules.PageCounts, offset, Name(id), meta.Count, meta.MaxCount, meta.EntrySize);
            if (meta.EntrySize < size || meta.Count * meta.EntrySize > layout.BTreeMetaOffset)
            {
                return false;
            }
        }

        if (meta.Count == 0)
        {
            if (!isRoot)
            {
                _context.Report(PstCheckRules.PageCounts, offset, Name(id), meta.Count, meta.MaxCount, meta.EntrySize);
            }

            return isRoot;
        }

        ulong first = layout.ReadId(page);
        if (!isRoot && first != entry.Key)
        {
            _context.Report(PstCheckRules.BranchKey, offset, Name(id), first, entry.Key);
        }

        if (meta.Level == 0)
        {
            TakeLeaf(meta, page, offset, id);
        }
        else
        {
            TakeBranch(meta, page, offset, id);
        }

        if (_context.Applies(PstCheckRules.StaleEntries)
            && !Zeros.Only(page.AsSpan()[(meta.Count * meta.EntrySize)..layout.BTreeMetaOffset]))
        {
            _context.Report(PstCheckRules.StaleEntries, offset, Name(id));
        }

        return true;
    }

    [MethodImpl(Compiled.Optimized)]
    private void TakeLeaf(BTreePageMeta meta, byte[] page, long offset, BlockId id)
    {
        for (int i = 0; i < meta.Count; i++)
        {
            ReadOnlyMemory<byte> entry = page.AsMemory(i * meta.EntrySize, LeafEntrySize);
            ulong key = _context.Layout.ReadId(entry.Span);
            if (_hasLastKey && key <= _lastKey)
            {
                _context.Report(PstCheckRules.KeyOrder, offset, Name(id), key, _lastKey);
            }

            _lastKey = key;
            _hasLastKey = true;
            _onEntry(entry);
        }
    }

    [MethodImpl(Compiled.Optimized)]
    private void TakeBranch(BTreePageMeta meta, byte[] page, long offset, BlockId id)
    {
        // The stack gives back the last first: pushed in reverse, the leaves come in key order.
        ulong next = 0;
        for (int i = meta.Count - 1; i >= 0; i--)
        {
            BTreeEntry child = BTreeEntry.Read(page.AsSpan(i * meta.EntrySize), _context.Layout);
            if (i < meta.Count - 1 && child.Key >= next)
            {
                _context.Report(PstCheckRules.KeyOrder, offset, Name(id), next, child.Key);
            }

            next = child.Key;
            _pending.Push((child, meta.Level - 1));
        }
    }
}
