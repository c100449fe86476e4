using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ndb.Editing;

/// <summary>
/// The subnodes of a node being changed ([MS-PST] 2.2.2.8.3.3): an SLBLOCK, or an SIBLOCK over SLBLOCKs, of which only those needed are read
/// and only those changed are written. For one thread.
/// </summary>
internal sealed class SubnodeTreeEditor
{
    private readonly INodeStore _store;

    // By NID; an empty tree has no leaf.
    private readonly List<SubnodeLeaf> _leaves = [];
    private bool _isChanged;

    private SubnodeTreeEditor(INodeStore store, BlockId root)
    {
        _store = store;
        Root = root;
    }

    /// <summary>The root as it was opened or last saved.</summary>
    public BlockId Root { get; private set; }

    /// <summary>About how many subnodes there are: SLBLOCKs that were not read count as full.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            foreach (SubnodeLeaf leaf in _leaves)
            {
                count += leaf.Entries?.Count ?? PerLeaf;
            }

            return count;
        }
    }

    private int PerLeaf => _store.Layout.MaxSubnodeEntries;

    /// <summary>Opens the tree of a root id; BID 0 is a tree without subnodes.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public static SubnodeTreeEditor Open(INodeStore store, BlockId root)
    {
        SubnodeTreeEditor tree = new(store, root);
        if (!root.IsNone)
        {
            tree.Load(root);
        }

        return tree;
    }

    /// <summary>Finds a subnode.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public bool TryFind(NodeId id, out SubnodeEntry entry)
    {
        int leaf = FindLeaf(id);
        int index = leaf < 0 ? -1 : LoadLeaf(leaf).Find(id);
        entry = index < 0 ? default : _leaves[leaf].Entries![index].Entry;
        return index >= 0;
    }

    /// <summary>The subnode with the highest id, or null.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public SubnodeEntry? Last() => _leaves.Count == 0 ? null : LoadLeaf(_leaves.Count - 1).Entries![^1].Entry;

    /// <summary>
    /// Enters a subnode or gives it other blocks, which become its own. Blocks that stay are named by the ids they had; those it has no
    /// more are released.
    /// </summary>
    /// <exception cref="PstException">PstTooManySubnodes, PstDamaged.</exception>
    public void Set(SubnodeEntry entry)
    {
        int leaf = Math.Max(FindLeaf(entry.Id), 0);
        if (_leaves.Count == 0)
        {
            _leaves.Add(new SubnodeLeaf(default, entry.Id, []));
        }

        List<SubnodeSlot> entries = LoadLeaf(leaf).Entries!;
        int index = _leaves[leaf].Find(entry.Id);
        if (index >= 0)
        {
            entries[index] = Replace(entries[index], entry);
            _leaves[leaf].IsChanged = true;
        }
        else
        {
            Insert(leaf, ~index, new SubnodeSlot(entry, OwnsData: true, OwnsSubnodes: true));
        }

        _isChanged = true;
    }

    /// <summary>Takes a subnode out and releases its blocks.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="PstException">PstDamaged.</exception>
    public bool Remove(NodeId id)
    {
        int leaf = FindLeaf(id);
        int index = leaf < 0 ? -1 : LoadLeaf(leaf).Find(id);
        if (index < 0)
        {
            return false;
        }

        Replace(_leaves[leaf].Entries![index], default);
        _leaves[leaf].Entries!.RemoveAt(index);
        _leaves[leaf].IsChanged = true;
        _isChanged = true;
        Shrink(leaf);
        return true;
    }

    /// <summary>
    /// Writes what changed. A new root belongs to the caller; the old one still has its reference, which whoever holds it has to release.
    /// </summary>
    /// <returns>The root; the old one where nothing changed.</returns>
    /// <exception cref="PstException">PstDamaged.</exception>
    public BlockId Save()
    {
        if (!_isChanged)
        {
            return Root;
        }

        List<SubnodeIndexEntry> index = new(_leaves.Count);
        foreach (SubnodeLeaf leaf in _leaves)
        {
            if (leaf.IsChanged)
            {
                WriteLeaf(leaf);
            }
            else if (_leaves.Count > 1 || leaf.Id != Root)
            {
                leaf.Id = BlockReferences.Keep(_store.Blocks, leaf.Id);
            }

            index.Add(new SubnodeIndexEntry(leaf.FirstId, leaf.Id));
        }

        Root = index.Count switch
        {
            0 => default,
            1 => index[0].Child,
            _ => SubnodeTreeWriter.WriteIndex(_store.Blocks, index),
        };
        _isChanged = false;
        return Root;
    }

    private void Load(BlockId root)
    {
        using PooledBlock block = _store.ReadBlock(root);
        SubnodeTreeHeader header = SubnodeTree.ReadHeader(block, _store.Layout);
        if (header.Level == 0)
        {
            List<SubnodeSlot> slots = ReadSlots(block, header);
            if (slots.Count > 0)
            {
                _leaves.Add(new SubnodeLeaf(root, slots[0].Entry.Id, slots));
            }

            return;
        }

        foreach (SubnodeIndexEntry child in SubnodeTree.ReadIndex(block, header, _store.Layout))
        {
            if (_leaves.Count > 0 && _leaves[^1].FirstId.Value >= child.Id.Value)
            {
                throw PstException.Damaged(PstStructure.SubnodeTree, PstDamageReason.LimitExceeded, block.Offset);
            }

            _leaves.Add(new SubnodeLeaf(child.Child, child.Id, null));
        }
    }

    private SubnodeLeaf LoadLeaf(int index)
    {
        SubnodeLeaf leaf = _leaves[index];
        if (leaf.Entries is null)
        {
            using PooledBlock block = _store.ReadBlock(leaf.Id);
            SubnodeTreeHeader header = SubnodeTree.ReadHeader(block, _store.Layout);
            List<SubnodeSlot> slots = header.Level == 0
                ? ReadSlots(block, header)
                : throw PstException.Damaged(PstStructure.SubnodeTree, PstDamageReason.WrongLevel, block.Offset);
            bool isWithinIndex = slots.Count > 0 && slots[0].Entry.Id.Value >= leaf.FirstId.Value
                && (index + 1 == _leaves.Count || slots[^1].Entry.Id.Value < _leaves[index + 1].FirstId.Value);
            leaf.Entries = isWithinIndex ? slots : throw PstException.Damaged(PstStructure.SubnodeTree, PstDamageReason.LimitExceeded, block.Offset);
        }

        return leaf;
    }

    // Other programs' entries may be in any order; of two with one id readers take either.
    private List<SubnodeSlot> ReadSlots(in PooledBlock block, SubnodeTreeHeader header)
    {
        List<SubnodeEntry> entries = [];
        SubnodeTree.ReadEntries(block, header, entries, _store.Layout);
        entries.Sort(static (a, b) => a.Id.Value.CompareTo(b.Id.Value));
        List<SubnodeSlot> slots = new(entries.Count);
        foreach (SubnodeEntry entry in entries)
        {
            if (slots.Count == 0 || slots[^1].Entry.Id != entry.Id)
            {
                slots.Add(new SubnodeSlot(entry, OwnsData: false, OwnsSubnodes: false));
            }
        }

        return slots;
    }

    // The leaf an id is in or would be entered in; -1 before the first.
    private int FindLeaf(NodeId id)
    {
        int low = 0;
        int high = _leaves.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >> 1;
            if (_leaves[middle].FirstId.Value <= id.Value)
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

    private SubnodeSlot Replace(SubnodeSlot slot, SubnodeEntry entry)
    {
        if (slot.OwnsData && slot.Entry.Data != entry.Data)
        {
            _store.Blocks.Release(slot.Entry.Data);
        }

        if (slot.OwnsSubnodes && slot.Entry.Subnodes != entry.Subnodes)
        {
            _store.Blocks.Release(slot.Entry.Subnodes);
        }

        return new SubnodeSlot(
            entry,
            slot.OwnsData || slot.Entry.Data != entry.Data,
            slot.OwnsSubnodes || slot.Entry.Subnodes != entry.Subnodes);
    }

    private void Insert(int leaf, int index, SubnodeSlot slot)
    {
        List<SubnodeSlot> entries = _leaves[leaf].Entries!;
        if (entries.Count < PerLeaf)
        {
            entries.Insert(index, slot);
            _leaves[leaf].NoteChange();
            return;
        }

        if (_leaves.Count == _store.Layout.MaxSubnodeIndexEntries)
        {
            Repack();
            Set(slot.Entry);
            return;
        }

        SubnodeLeaf next = new(default, default, []);
        _leaves.Insert(leaf + 1, next);
        if (leaf + 2 == _leaves.Count && index == entries.Count)
        {
            // Ids mostly grow: what comes last leaves the full block as it is.
            next.Entries!.Add(slot);
        }
        else
        {
            int half = entries.Count / 2;
            next.Entries!.AddRange(entries.GetRange(half, entries.Count - half));
            entries.RemoveRange(half, entries.Count - half);
            (index > half ? next.Entries : entries).Insert(index > half ? index - half : index, slot);
            _leaves[leaf].NoteChange();
        }

        next.NoteChange();
    }

    // Fills all leaves, so that there are fewer.
    private void Repack()
    {
        List<SubnodeSlot> all = [];
        for (int i = 0; i < _leaves.Count; i++)
        {
            all.AddRange(LoadLeaf(i).Entries!);
        }

        if ((all.Count + PerLeaf - 1) / PerLeaf == _leaves.Count)
        {
            throw PstWriteError.TooManySubnodes(all.Count);
        }

        _leaves.Clear();
        for (int start = 0; start < all.Count; start += PerLeaf)
        {
            SubnodeLeaf leaf = new(default, default, all.GetRange(start, Math.Min(PerLeaf, all.Count - start)));
            leaf.NoteChange();
            _leaves.Add(leaf);
        }
    }

    // Joins a leaf with a neighbour as soon as one block holds both.
    private void Shrink(int leaf)
    {
        if (_leaves[leaf].Entries!.Count == 0)
        {
            _leaves.RemoveAt(leaf);
            return;
        }

        _leaves[leaf].NoteChange();
        if (!TryJoin(leaf) && leaf > 0)
        {
            TryJoin(leaf - 1);
        }
    }

    private bool TryJoin(int leaf)
    {
        // A leaf that was not read is not worth reading to find out.
        if (leaf + 1 >= _leaves.Count || _leaves[leaf].Entries is not List<SubnodeSlot> lower || _leaves[leaf + 1].Entries is not List<SubnodeSlot> upper
            || lower.Count + upper.Count > PerLeaf)
        {
            return false;
        }

        lower.AddRange(upper);
        _leaves[leaf].NoteChange();
        _leaves.RemoveAt(leaf + 1);
        return true;
    }

    private void WriteLeaf(SubnodeLeaf leaf)
    {
        List<SubnodeSlot> slots = leaf.Entries!;
        List<SubnodeEntry> entries = new(slots.Count);
        for (int i = 0; i < slots.Count; i++)
        {
            SubnodeEntry entry = slots[i].Entry;
            entry = entry with
            {
                Data = slots[i].OwnsData ? entry.Data : BlockReferences.Keep(_store.Blocks, entry.Data),
                Subnodes = slots[i].OwnsSubnodes ? entry.Subnodes : BlockReferences.Keep(_store.Blocks, entry.Subnodes),
            };
            entries.Add(entry);
            slots[i] = new SubnodeSlot(entry, OwnsData: false, OwnsSubnodes: false);
        }

        leaf.Id = SubnodeTreeWriter.WriteLeaf(_store.Blocks, entries);
        leaf.IsChanged = false;
    }
}
