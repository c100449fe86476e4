using System.Runtime.CompilerServices;
using PstMigration.Mapi;
using PstMigration.Pst.Compat;
using PstMigration.Pst.Ndb.BTrees;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Files;

namespace PstMigration.Pst.Ndb.Editing;

/// <summary>
/// As much of a large file as its first commits rely on while the rest is verified beside them: the pages of both trees above the leaves, one in
/// twenty, with levels and key ranges; and that every page, leaves too, is named once. One item is added to 5 GB in the time this
/// takes, so it reads bytes rather than structures.
/// </summary>
internal sealed class TreeOutline
{
    // Twenty to the eighth is more nodes than 32 bits can name.
    private const int MaxLevel = 8;

    private readonly IFileBytes _file;
    private readonly PstLayout _layout;
    private readonly long _end;
    private readonly byte[] _page;
    private readonly Stack<(BTreeEntry Page, ulong Last, int Level)> _pending = new();
    private ulong[] _ids = new ulong[1024];
    private long[] _offsets = new long[1024];
    private int _count;

    private TreeOutline(IFileBytes file, PstHeader header, PstLayout layout)
    {
        _file = file;
        _layout = layout;
        _end = header.Root.FileLength;
        _page = new byte[layout.PageSize];
    }

    /// <summary>The id a page may get next.</summary>
    public BlockId NextPage => new(_count == 0 ? 0 : _ids[_count - 1] + 1);

    /// <summary>Reads and verifies.</summary>
    /// <exception cref="PstException">PstDamaged, PstReadFailed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static TreeOutline Read(IFileBytes file, PstHeader header, PstLayout layout, CancellationToken cancellation)
    {
        TreeOutline outline = new(file, header, layout);
        outline.Walk(header.Root.BlockTree, PageType.Bbt, cancellation);
        outline.Walk(header.Root.NodeTree, PageType.Nbt, cancellation);
        outline.CheckNamedOnce();
        return outline;
    }

    private void Walk(BlockReference root, PageType type, CancellationToken cancellation)
    {
        Name(root.Id.Value, root.Offset, type);
        _pending.Push((new BTreeEntry(0, root), KeyRange.All.Last, -1));
        while (_pending.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            (BTreeEntry entry, ulong last, int level) = _pending.Pop();
            BTreePageMeta meta = ReadPage(entry, level, type);
            if (meta.Level > 0)
            {
                TakeChildren(entry, meta, last, level < 0, type);
            }
        }
    }

    private BTreePageMeta ReadPage(BTreeEntry entry, int level, PageType type)
    {
        long offset = entry.Child.Offset;
        if (_file.ReadAt(offset, _page) != _page.Length)
        {
            throw Damaged(type, PstDamageReason.OutsideFile, offset);
        }

        PageTrailer trailer = PageTrailer.Read(_page, _layout);
        if (trailer.Type != type || trailer.TypeRepeat != type || trailer.Id != entry.Child.Id)
        {
            throw Damaged(type, PstDamageReason.TrailerMismatch, offset);
        }

        if (trailer.Crc != MapiCrc.Compute(_page.AsSpan(0, _layout.PageTrailerOffset)))
        {
            throw Damaged(type, PstDamageReason.ChecksumMismatch, offset);
        }

        BTreePageMeta meta = BTreePageMeta.Read(_page, _layout);
        if (level < 0 ? meta.Level > MaxLevel : meta.Level != level)
        {
            throw Damaged(type, PstDamageReason.WrongLevel, offset);
        }

        bool isSized = meta.Level == 0 || (meta.Count > 0 && meta.EntrySize >= _layout.BTreeEntrySize && meta.Count * meta.EntrySize <= _layout.BTreeMetaOffset);
        return isSized ? meta : throw Damaged(type, PstDamageReason.LimitExceeded, offset);
    }

    [MethodImpl(Compiled.Optimized)]
    private void TakeChildren(BTreeEntry entry, BTreePageMeta meta, ulong last, bool isRoot, PageType type)
    {
        int width = _layout.IdSize;
        ulong mask = TreeKeys.MaskOf(type);
        ulong highest = type == PageType.Nbt ? mask : ulong.MaxValue;
        ulong previous = 0;
        for (int i = 0; i < meta.Count; i++)
        {
            ReadOnlySpan<byte> bytes = _page.AsSpan(i * meta.EntrySize, _layout.BTreeEntrySize);
            ulong key = _layout.ReadId(bytes);
            bool isInPlace = i == 0 ? isRoot || (key & mask) == (entry.Key & mask) : (key & mask) > previous;
            if (!isInPlace || key > highest || (key & mask) > last)
            {
                throw Damaged(type, PstDamageReason.KeyOutOfRange, entry.Child.Offset);
            }

            previous = key & mask;
            Name(_layout.ReadId(bytes[width..]), (long)_layout.ReadId(bytes[(2 * width)..]), type);
        }

        for (int i = 0; meta.Level > 1 && i < meta.Count; i++)
        {
            ulong lastOfChild = i + 1 < meta.Count ? (_layout.ReadId(_page.AsSpan((i + 1) * meta.EntrySize)) & mask) - 1 : last;
            _pending.Push((BTreeEntry.Read(_page.AsSpan(i * meta.EntrySize), _layout), lastOfChild, meta.Level - 1));
        }
    }

    private void Name(ulong id, long offset, PageType type)
    {
        if (offset < _layout.FirstAMapOffset || offset > _end - _layout.PageSize || offset % _layout.PageSize != 0)
        {
            throw Damaged(type, PstDamageReason.OutsideFile, offset);
        }

        // A tree that leads back into itself ends here, at the latest.
        if (_count >= _end / _layout.PageSize)
        {
            throw Damaged(type, PstDamageReason.Cycle, offset);
        }

        if (_count == _ids.Length)
        {
            Array.Resize(ref _ids, 2 * _count);
            Array.Resize(ref _offsets, 2 * _count);
        }

        _ids[_count] = id;
        _offsets[_count++] = offset;
    }

    private void CheckNamedOnce()
    {
        Array.Sort(_ids, 0, _count);
        Array.Sort(_offsets, 0, _count);
        for (int i = 1; i < _count; i++)
        {
            if (_ids[i] == _ids[i - 1] || _offsets[i] == _offsets[i - 1])
            {
                throw Damaged(PageType.Bbt, PstDamageReason.Cycle, _offsets[i]);
            }
        }
    }

    private static PstException Damaged(PageType type, PstDamageReason reason, long offset) =>
        PstException.Damaged(type == PageType.Nbt ? PstStructure.NodeTreePage : PstStructure.BlockTreePage, reason, offset);
}
