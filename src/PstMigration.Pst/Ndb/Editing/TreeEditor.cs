using PstMigration.Pst.Ndb.BTrees;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ndb.Editing;

/// <summary>
/// Changes a B-tree by writing new pages beside the old ones, from the leaves that change up to the root. All changes of a commit are made
/// in one pass over the pages they touch.
/// </summary>
internal sealed class TreeEditor
{
    private readonly TreePages _pages;
    private readonly PstLayout _layout;
    private readonly TreeChanges _changes;

    private TreeEditor(TreePages pages, PstLayout layout, TreeChanges changes)
    {
        _pages = pages;
        _layout = layout;
        _changes = changes;
    }

    /// <summary>Makes the changes.</summary>
    /// <returns>The root of the new tree; the old one if nothing changes.</returns>
    /// <exception cref="PstException">PstDamaged: a page on the way cannot be trusted. PstWriteFailed.</exception>
    public static BlockReference Apply(TreePages pages, PstLayout layout, BlockReference root, TreeChanges changes) =>
        changes.Count == 0 ? root : new TreeEditor(pages, layout, changes).Apply(root);

    private BlockReference Apply(BlockReference root)
    {
        BTreePage page = _pages.ReadRoot(root);
        int level = page.Level;
        SiblingWriter roots = new(_pages, level);
        Replace(root, page, 0, _changes.Count, roots, end: null);
        List<BTreeEntry> top = roots.Complete(isLast: true);
        if (top.Count == 0)
        {
            return _pages.Write([], 0, 0).Child;
        }

        while (top.Count > 1)
        {
            SiblingWriter above = new(_pages, ++level);
            foreach (BTreeEntry entry in top)
            {
                entry.Write(above.Add(), _layout);
            }

            top = above.Complete(isLast: true);
        }

        return TrimRoot(top[0], level).Child;
    }

    // Levels end where the format ends them (TreePages.Read), so this goes no deeper than eight. Keys are below the end; null for the last page
    // of a level, which nothing comes after.
    private void Replace(BlockReference reference, BTreePage page, int from, int to, SiblingWriter target, ulong? end)
    {
        if (page.Level == 0)
        {
            Merge(page, from, to, target);
        }
        else
        {
            foreach (BTreeEntry child in ReplaceChildren(page, from, to, end))
            {
                child.Write(target.Add(), _layout);
            }
        }

        _pages.Drop(reference);
    }

    private List<BTreeEntry> ReplaceChildren(BTreePage page, int from, int to, ulong? end)
    {
        SiblingWriter children = new(_pages, page.Level - 1);
        for (int i = 0; i < page.Count; i++)
        {
            BTreeEntry child = BTreeEntry.Read(page.Entry(i), _layout);
            ulong? endOfChild = i + 1 < page.Count ? page.Key(i + 1) : end;
            int next = i + 1 < page.Count ? FirstFrom(page.Key(i + 1), from, to) : to;
            if (next == from)
            {
                children.Keep(child);
            }
            else
            {
                BTreePage loaded = _pages.Read(child, page.Level - 1, endOfChild);
                Replace(child.Child, loaded, from, next, children, endOfChild);
            }

            from = next;
        }

        return children.Complete(isLast: end is null);
    }

    private void Merge(BTreePage leaf, int from, int to, SiblingWriter target)
    {
        int entry = 0;
        for (int change = from; change < to; change++)
        {
            ulong key = _changes.Key(change);
            for (; entry < leaf.Count && leaf.Key(entry) < key; entry++)
            {
                Copy(leaf, entry, target);
            }

            if (entry < leaf.Count && leaf.Key(entry) == key)
            {
                entry++;
            }

            if (!_changes.IsRemoval(change))
            {
                _changes.Write(change, target.Add());
            }
        }

        for (; entry < leaf.Count; entry++)
        {
            Copy(leaf, entry, target);
        }
    }

    private static void Copy(BTreePage page, int entry, SiblingWriter target)
    {
        Span<byte> to = target.Add();
        page.Entry(entry)[..to.Length].CopyTo(to);
    }

    // The first of the changes whose key is not below this one.
    private int FirstFrom(ulong key, int from, int to)
    {
        while (from < to)
        {
            int middle = (from + to) >> 1;
            if (_changes.Key(middle) < key)
            {
                from = middle + 1;
            }
            else
            {
                to = middle;
            }
        }

        return from;
    }

    // A root over a single page is a level too many.
    private BTreeEntry TrimRoot(BTreeEntry root, int level)
    {
        while (level > 0)
        {
            BTreePage page = _pages.Read(root, level);
            if (page.Count > 1)
            {
                break;
            }

            _pages.Drop(root.Child);
            root = BTreeEntry.Read(page.Entry(0), _layout);
            level--;
        }

        return root;
    }
}
