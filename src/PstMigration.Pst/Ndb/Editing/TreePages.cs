using PstMigration.Pst.Ndb.BTrees;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Files;

namespace PstMigration.Pst.Ndb.Editing;

/// <summary>
/// Writes the pages of one B-tree beside those that are there. Pages that were replaced are noted, to be freed when the tree without them
/// is committed.
/// </summary>
internal sealed class TreePages
{
    private readonly IDurableFile _file;
    private readonly TreePageReader _reader;
    private readonly PstLayout _layout;
    private readonly PageType _type;
    private readonly FreeSpace _space;
    private readonly PageIds _ids;
    private readonly List<long> _written = [];
    private readonly List<long> _replaced = [];
    private readonly byte[] _page;

    public TreePages(IDurableFile file, PstLayout layout, PageType type, FreeSpace space, PageIds ids)
    {
        _file = file;
        _layout = layout;
        _type = type;
        _space = space;
        _ids = ids;
        _page = new byte[layout.PageSize];
        _reader = new TreePageReader(file, layout, type);
    }

    /// <summary>Pages written so far and still in use.</summary>
    public IReadOnlyList<long> Written => _written;

    /// <summary>Pages of the committed tree that the new one does without.</summary>
    public IReadOnlyList<long> Replaced => _replaced;

    /// <inheritdoc cref="TreePageReader.EntrySize"/>
    public int EntrySize(int level) => _reader.EntrySize(level);

    /// <summary>The most entries of a page at a level.</summary>
    public int MaxCount(int level) => _layout.BTreeMetaOffset / EntrySize(level);

    /// <inheritdoc cref="TreePageReader.ReadRoot"/>
    public BTreePage ReadRoot(BlockReference root) => _reader.ReadRoot(root);

    /// <inheritdoc cref="TreePageReader.Read(BTreeEntry, int, ulong?)"/>
    public BTreePage Read(BTreeEntry entry, int level, ulong? end = null) => _reader.Read(entry, level, end);

    /// <summary>Writes a page into free room.</summary>
    /// <exception cref="PstException">PstWriteFailed.</exception>
    public BTreeEntry Write(ReadOnlySpan<byte> entries, int count, int level)
    {
        int size = EntrySize(level);
        long offset = _space.Allocate(_layout.PageSize, _layout.PageSize);
        _written.Add(offset);
        BlockId id = _ids.Next();
        _page.AsSpan().Clear();
        entries[..(count * size)].CopyTo(_page);
        BTreePageMeta.For(count, size, level, _layout).Write(_page, _layout);
        PageTrailer.Seal(_page, _type, id, offset, _layout);
        _file.WriteAt(offset, _page, _page.Length);
        return new BTreeEntry(count == 0 ? 0 : _layout.ReadId(_page), new BlockReference(id, offset));
    }

    /// <summary>Drops a page whose entries go to others.</summary>
    public void Drop(BlockReference page)
    {
        if (_ids.IsNew(page.Id))
        {
            _written.Remove(page.Offset);
            _space.Free(page.Offset, _layout.PageSize);
        }
        else
        {
            _replaced.Add(page.Offset);
        }
    }

    /// <summary>Gives the room of everything written back: the tree is not to be committed.</summary>
    public void Abandon()
    {
        foreach (long offset in _written)
        {
            _space.Free(offset, _layout.PageSize);
        }

        _written.Clear();
        _replaced.Clear();
    }
}
