using System;
using PstMigration.Mapi;

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

    /// <summary>Reads a page.</summary>
    /// <param name="reference">Where it is.</param>
    /// <param name="level">The level it must have; null for a root.</param>
    /// <exception cref="PstException">PstDamaged.</exception>
    public BTreePage Read(BlockReference reference, int? level)
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
        return page.IsSorted ? page : throw Damaged(reference, PstDamageReason.WrongType);
    }

    /// <summary>Reads all pages, each before those below it and in key order. Keys have to ascend throughout, so none is read twice.</summary>
    /// <param name="root">The root.</param>
    /// <param name="visit">Gets each page and its place.</param>
    /// <exception cref="PstException">PstDamaged.</exception>
    public void Walk(BlockReference root, Action<BlockReference, BTreePage> visit)
    {
        ulong last = 0;
        bool isFirst = true;
        Walk(root, Read(root, level: null), visit, ref last, ref isFirst);
    }

    // No deeper than the levels, which Read limits.
    private void Walk(BlockReference reference, BTreePage page, Action<BlockReference, BTreePage> visit, ref ulong last, ref bool isFirst)
    {
        visit(reference, page);
        for (int i = 0; i < page.Count; i++)
        {
            if (page.Level == 0)
            {
                if (!isFirst && page.Key(i) <= last)
                {
                    throw Damaged(reference, PstDamageReason.Cycle);
                }

                last = page.Key(i);
                isFirst = false;
            }
            else
            {
                BlockReference child = BTreeEntry.Read(page.Entry(i), layout).Child;
                Walk(child, Read(child, page.Level - 1), visit, ref last, ref isFirst);
            }
        }
    }

    private PstException Damaged(BlockReference page, PstDamageReason reason) =>
        PstException.Damaged(type == PageType.Nbt ? PstStructure.NodeTreePage : PstStructure.BlockTreePage, reason, page.Offset);
}
