using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ndb.BTrees;

/// <summary>Writes the pages of a BBT or NBT bottom up from sorted entries, every page as full as it can be ([MS-PST] 2.2.2.7.7).</summary>
internal sealed class BTreeWriter
{
    private readonly RegionWriter _regions;
    private readonly PstLayout _layout;
    private ulong _nextPage = 1;

    public BTreeWriter(RegionWriter regions, PstLayout layout)
    {
        _regions = regions;
        _layout = layout;
    }

    /// <summary>Writes entry <paramref name="index"/> of a leaf level into <paramref name="target"/> and returns its key.</summary>
    public delegate ulong LeafWriter(int index, Span<byte> target);

    /// <summary>The id the next page gets. Pages count by one, apart from blocks.</summary>
    public BlockId NextPage => new(_nextPage);

    /// <summary>Writes a tree of <paramref name="count"/> entries, at least one.</summary>
    /// <returns>Its root page.</returns>
    public BlockReference Write(PageType type, int count, int entrySize, LeafWriter writeEntry)
    {
        List<BTreeEntry> level = WriteLevel(type, 0, count, entrySize, writeEntry);
        for (int depth = 1; level.Count > 1; depth++)
        {
            List<BTreeEntry> children = level;
            level = WriteLevel(type, depth, children.Count, _layout.BTreeEntrySize, (index, target) =>
            {
                children[index].Write(target, _layout);
                return children[index].Key;
            });
        }

        return level[0].Child;
    }

    private List<BTreeEntry> WriteLevel(PageType type, int level, int count, int entrySize, LeafWriter writeEntry)
    {
        List<BTreeEntry> pages = [];
        int perPage = _layout.BTreeMetaOffset / entrySize;
        for (int first = 0; first < count; first += perPage)
        {
            int inPage = Math.Min(perPage, count - first);
            long offset = _regions.Allocate(_layout.PageSize, _layout.PageSize, out Span<byte> page);
            ulong key = 0;
            for (int i = 0; i < inPage; i++)
            {
                ulong k = writeEntry(first + i, page.Slice(i * entrySize, entrySize));
                key = i == 0 ? k : key;
            }

            BlockId id = new(_nextPage++);
            BTreePageMeta.For(inPage, entrySize, level, _layout).Write(page, _layout);
            PageTrailer.Seal(page, type, id, offset, _layout);
            pages.Add(new BTreeEntry(key, new BlockReference(id, offset)));
        }

        return pages;
    }
}
