using PstMigration.Mapi;
using PstMigration.Pst.Ndb.BTrees;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Files;

namespace PstMigration.Pst.Ndb.Editing;

/// <summary>Reads the pages of one B-tree without mercy on damage: what cannot be trusted must not be built upon.</summary>
internal sealed class TreePageReader(IFileBytes file, PstLayout layout, PageType type)
{
    // Twenty to the eighth is more nodes than 32 bits can name.
    private const int MaxLevel = 8;

    private readonly ulong _keyMask = TreeKeys.MaskOf(type);

    /// <summary>Bytes of an entry of a page at a level.</summary>
    public int EntrySize(int level) =>
        level > 0 ? layout.BTreeEntrySize : type == PageType.Nbt ? layout.NodeEntrySize : layout.BlockEntrySize;

    /// <summary>Reads the root, which is on any level.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public BTreePage ReadRoot(BlockReference root) => Read(root, level: null);

    /// <summary>Reads the page an entry refers to.</summary>
    /// <param name="entry">The entry, whose key is the first of the page.</param>
    /// <param name="level">The level it must have.</param>
    /// <param name="end">The key all of the page are below; null where nothing is known of it.</param>
    /// <exception cref="PstException">PstDamaged.</exception>
    public BTreePage Read(BTreeEntry entry, int level, ulong? end = null)
    {
        BTreePage page = Read(entry.Child, level);
        return page.Count > 0 && page.Key(0) == (entry.Key & _keyMask) && (end is null || page.Key(page.Count - 1) < end)
            ? page
            : throw Damaged(entry.Child, PstDamageReason.KeyOutOfRange);
    }

    /// <summary>Reads the leaf with the highest keys.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public BTreePage ReadLastLeaf(BlockReference root)
    {
        BTreePage page = ReadRoot(root);
        while (page.Level > 0)
        {
            page = Read(BTreeEntry.Read(page.Entry(page.Count - 1), layout), page.Level - 1);
        }

        return page;
    }

    private BTreePage Read(BlockReference reference, int? level)
    {
        byte[] bytes = new byte[layout.PageSize];
        if (reference.Offset < layout.FirstAMapOffset || file.ReadAt(reference.Offset, bytes) != bytes.Length)
        {
            throw Damaged(reference, PstDamageReason.OutsideFile);
        }

        PageTrailer trailer = PageTrailer.Read(bytes, layout);
        if (trailer.Type != type || trailer.TypeRepeat != type)
        {
            throw Damaged(reference, PstDamageReason.WrongType);
        }

        if (trailer.Id != reference.Id)
        {
            throw Damaged(reference, PstDamageReason.TrailerMismatch);
        }

        if (trailer.Crc != MapiCrc.Compute(bytes.AsSpan(0, layout.PageTrailerOffset)))
        {
            throw Damaged(reference, PstDamageReason.ChecksumMismatch);
        }

        BTreePageMeta meta = BTreePageMeta.Read(bytes, layout);
        if (level is null ? meta.Level > MaxLevel : meta.Level != level)
        {
            throw Damaged(reference, PstDamageReason.WrongLevel);
        }

        if (meta.EntrySize < EntrySize(meta.Level) || meta.Count * meta.EntrySize > layout.BTreeMetaOffset || (meta.Count == 0 && meta.Level > 0))
        {
            throw Damaged(reference, PstDamageReason.LimitExceeded);
        }

        BTreePage page = new(bytes, meta, _keyMask, layout);
        return page.IsSorted && HasPlainKeys(page) ? page : throw Damaged(reference, PstDamageReason.WrongType);
    }

    // Readers disagree whether the high half of a NID counts; where it is set, no key is in order for all of them.
    private bool HasPlainKeys(BTreePage page)
    {
        for (int i = 0; type == PageType.Nbt && i < page.Count; i++)
        {
            if (layout.ReadId(page.Entry(i)) > uint.MaxValue)
            {
                return false;
            }
        }

        return true;
    }

    private PstException Damaged(BlockReference page, PstDamageReason reason) =>
        PstException.Damaged(type == PageType.Nbt ? PstStructure.NodeTreePage : PstStructure.BlockTreePage, reason, page.Offset);
}
