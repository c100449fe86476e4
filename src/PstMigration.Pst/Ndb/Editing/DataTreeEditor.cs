using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ndb.Editing;

/// <summary>
/// The data of a node being changed leaf by leaf ([MS-PST] 2.2.2.8.3.2). Leaves are written when they are given; the blocks above them by
/// <see cref="Save"/>, and of those only what changed. Of an XXBLOCK only the XBLOCKs that are needed are read. For one thread.
/// </summary>
internal sealed class DataTreeEditor
{
    private readonly INodeStore _store;
    private readonly List<Branch> _branches = [];

    // Leaves written since the last save: nothing refers to them yet but this tree.
    private readonly HashSet<BlockId> _fresh = [];
    private int _lastLength;
    private bool _isChanged;

    private DataTreeEditor(INodeStore store, BlockId root)
    {
        _store = store;
        Root = root;
    }

    /// <summary>The root as it was opened or last saved.</summary>
    public BlockId Root { get; private set; }

    /// <summary>Leaves.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes.</summary>
    public long Length => Count == 0 ? 0 : ((Count - 1L) * Layout.MaxBlockData) + _lastLength;

    private PstLayout Layout => _store.Layout;

    private int PerBranch => Layout.MaxDataTreeEntries;

    /// <summary>Opens the tree of a root id; BID 0 is a tree without bytes.</summary>
    /// <exception cref="PstException">PstDamaged, also where leaves before the last are not full.</exception>
    public static DataTreeEditor Open(INodeStore store, BlockId root)
    {
        DataTreeEditor tree = new(store, root);
        if (!root.IsNone)
        {
            tree.Load(root);
        }

        return tree;
    }

    /// <summary>Reads a leaf.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public PooledBlock Read(int index)
    {
        PooledBlock block = _store.ReadBlock(LeafAt(index));
        int expected = index == Count - 1 ? _lastLength : Layout.MaxBlockData;
        if (block.Length == expected)
        {
            return block;
        }

        long offset = block.Offset;
        block.Dispose();
        throw PstException.Damaged(PstStructure.DataTree, PstDamageReason.LengthMismatch, offset);
    }

    /// <summary>
    /// Writes a leaf in place of another or behind the last one. Leaves may be skipped if they are written before the tree is saved; all
    /// but the last have to be full then.
    /// </summary>
    /// <exception cref="PstException">PstValueTooLarge, PstDamaged.</exception>
    public void Write(int index, ReadOnlySpan<byte> leaf)
    {
        if (index >= Count)
        {
            Extend(index + 1);
        }

        Branch branch = LoadBranch(index / PerBranch);
        BlockId written = _store.Blocks.WriteData(leaf);
        Drop(branch.Leaves![index % PerBranch]);
        branch.Leaves[index % PerBranch] = written;
        branch.IsChanged = true;
        _fresh.Add(written);
        _isChanged = true;
        if (index == Count - 1)
        {
            _lastLength = leaf.Length;
        }
    }

    /// <summary>Cuts off the end. The leaf that becomes the last one is full until it is written again.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public void Truncate(int count)
    {
        if (count >= Count)
        {
            return;
        }

        while (_branches.Count > 0 && (_branches.Count - 1) * PerBranch >= count)
        {
            Branch last = _branches[^1];
            DropLeaves(last, 0);
            _branches.RemoveAt(_branches.Count - 1);
        }

        if (count % PerBranch != 0)
        {
            Branch branch = LoadBranch(_branches.Count - 1);
            DropLeaves(branch, count % PerBranch);
            branch.Leaves!.RemoveRange(count % PerBranch, branch.Leaves.Count - (count % PerBranch));
            branch.IsChanged = true;
        }

        Count = count;
        _lastLength = Layout.MaxBlockData;
        _isChanged = true;
    }

    /// <summary>
    /// Writes the blocks above the leaves. A new root belongs to the caller; the old one still has its reference, which whoever holds
    /// it has to release.
    /// </summary>
    /// <returns>The root; the old one where nothing changed.</returns>
    /// <exception cref="PstException">PstDamaged.</exception>
    public BlockId Save()
    {
        if (_isChanged)
        {
            Root = WriteRoot();
            _fresh.Clear();
            _isChanged = false;
        }

        return Root;
    }

    private void Load(BlockId root)
    {
        if (!root.IsInternal)
        {
            Count = 1;
            _lastLength = _store.FindBlock(root).InflatedLength;
            _branches.Add(new Branch(default, [root]));
            return;
        }

        BlockId[] ids = ReadIds(root, level: null, out DataTreeHeader header);
        if (header.TotalLength > _store.MaxValueLength)
        {
            throw PstException.Damaged(PstStructure.DataTree, PstDamageReason.LimitExceeded);
        }

        if (header.Level == 1)
        {
            Count = ids.Length;
            _branches.Add(new Branch(root, [.. ids]));
        }
        else
        {
            Count = (int)((header.TotalLength + Layout.MaxBlockData - 1L) / Layout.MaxBlockData);
            foreach (BlockId id in ids)
            {
                _branches.Add(new Branch(id, null));
            }
        }

        long lastLength = header.TotalLength - ((Count - 1L) * Layout.MaxBlockData);
        if (lastLength is <= 0 || lastLength > Layout.MaxBlockData || (Count + PerBranch - 1) / PerBranch != _branches.Count)
        {
            throw PstException.Damaged(PstStructure.DataTree, PstDamageReason.LengthMismatch);
        }

        _lastLength = (int)lastLength;
    }

    private BlockId[] ReadIds(BlockId id, int? level, out DataTreeHeader header)
    {
        BlockId[] ids = DataTree.ReadIds(_store, id, level, out header);
        return Array.IndexOf(ids, default) < 0 ? ids : throw PstException.Damaged(PstStructure.DataTree, PstDamageReason.DanglingReference);
    }

    private void Extend(int count)
    {
        DataTreeWriter.CheckLength((long)count * Layout.MaxBlockData);
        while (Count < count)
        {
            if (Count == _branches.Count * PerBranch)
            {
                _branches.Add(new Branch(default, []));
            }

            // Never one that was saved full: such a branch gets no further leaf.
            Branch branch = LoadBranch(_branches.Count - 1);
            int added = Math.Min(count - Count, PerBranch - branch.Leaves!.Count);
            for (int i = 0; i < added; i++)
            {
                branch.Leaves.Add(default);
            }

            branch.IsChanged = true;
            Count += added;
        }
    }

    private BlockId LeafAt(int index) => index < Count
        ? LoadBranch(index / PerBranch).Leaves![index % PerBranch]
        : throw PstException.Damaged(PstStructure.DataTree, PstDamageReason.DanglingReference);

    private Branch LoadBranch(int index)
    {
        Branch branch = _branches[index];
        if (branch.Leaves is null)
        {
            BlockId[] ids = ReadIds(branch.Id, level: 1, out _);
            if (ids.Length != Math.Min(PerBranch, Count - (index * PerBranch)))
            {
                throw PstException.Damaged(PstStructure.DataTree, PstDamageReason.LengthMismatch);
            }

            branch.Leaves = [.. ids];
        }

        return branch;
    }

    private void DropLeaves(Branch branch, int from)
    {
        for (int i = from; branch.Leaves is not null && i < branch.Leaves.Count; i++)
        {
            Drop(branch.Leaves[i]);
        }
    }

    // What was saved is still referred to by the old root and goes with it.
    private void Drop(BlockId leaf)
    {
        if (_fresh.Remove(leaf))
        {
            _store.Blocks.Release(leaf);
        }
    }

    private BlockId WriteRoot()
    {
        if (Count == 0)
        {
            _branches.Clear();
            return default;
        }

        if (Count == 1)
        {
            BlockId leaf = LoadBranch(0).Leaves![0];
            _branches[0].Id = default;
            _branches[0].IsChanged = false;
            return leaf == Root ? leaf : KeepLeaf(leaf);
        }

        // Grown and cut again: the root is the one there was.
        if (_branches.Count == 1 && !_branches[0].IsChanged && _branches[0].Id == Root)
        {
            return Root;
        }

        BlockId[] ids = new BlockId[_branches.Count];
        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = SaveBranch(_branches[i], i == ids.Length - 1);
        }

        return ids.Length == 1 ? ids[0] : DataTreeWriter.WriteTreeBlock(_store.Blocks, 2, ids, Length);
    }

    private BlockId SaveBranch(Branch branch, bool isLast)
    {
        if (!branch.IsChanged && !branch.Id.IsNone)
        {
            branch.Id = BlockReferences.Keep(_store.Blocks, branch.Id);
            return branch.Id;
        }

        List<BlockId> leaves = branch.Leaves!;
        for (int i = 0; i < leaves.Count; i++)
        {
            leaves[i] = KeepLeaf(leaves[i]);
        }

        long length = ((leaves.Count - 1L) * Layout.MaxBlockData) + (isLast ? _lastLength : Layout.MaxBlockData);
        branch.Id = DataTreeWriter.WriteTreeBlock(_store.Blocks, 1, leaves, length);
        branch.IsChanged = false;
        return branch.Id;
    }

    private BlockId KeepLeaf(BlockId leaf)
    {
        if (leaf.IsNone)
        {
            throw new InvalidOperationException("A leaf of the tree was never written.");
        }

        return _fresh.Contains(leaf) ? leaf : BlockReferences.Keep(_store.Blocks, leaf);
    }

    // An XBLOCK or what will be one; the only block of a tree of one leaf is in a branch without an id.
    private sealed class Branch(BlockId id, List<BlockId>? leaves)
    {
        public BlockId Id { get; set; } = id;

        public List<BlockId>? Leaves { get; set; } = leaves;

        public bool IsChanged { get; set; }
    }
}
