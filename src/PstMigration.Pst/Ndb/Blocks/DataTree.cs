using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ndb.Blocks;

/// <summary>
/// The data of a node: one block, or the leaves of an XBLOCK or XXBLOCK ([MS-PST] 2.2.2.8.3.2), in order. The levels are
/// checked at every step, so a tree is never deeper than the two the format has. For one thread.
/// </summary>
internal sealed class DataTree
{
    private static readonly List<int> s_none = [];

    private readonly INodeDatabase _database;
    private readonly BlockId[] _roots;
    private readonly bool _hasLeavesBelow;

    // Of an XXBLOCK: the number of the first leaf of each XBLOCK seen so far and the next one; the ids of the one in use.
    private readonly List<int> _firstLeaf;
    private int _loadedRoot = -1;
    private BlockId[] _loaded = [];

    private DataTree(INodeDatabase database, BlockId[] roots, bool hasLeavesBelow, long length)
    {
        _database = database;
        _roots = roots;
        _hasLeavesBelow = hasLeavesBelow;
        _firstLeaf = hasLeavesBelow ? [0] : s_none;
        Length = length;
    }

    /// <summary>Bytes, as the root says.</summary>
    public long Length { get; }

    /// <summary>Whether it is one block, as the values of most properties are.</summary>
    public bool IsSingleBlock => _roots.Length == 1 && !_roots[0].IsInternal;

    /// <summary>Opens the tree of a root id; BID 0 is a tree without bytes.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public static DataTree Open(INodeDatabase database, BlockId root) =>
        TryOpen(database, root) ?? throw PstException.Damaged(PstStructure.DataTree, PstDamageReason.LimitExceeded);

    /// <summary>The same; null for a tree that is longer than all that the file has room for, as one is that names the same blocks over and over.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public static DataTree? TryOpen(INodeDatabase database, BlockId root)
    {
        if (root.IsNone)
        {
            return new DataTree(database, [], false, 0);
        }

        if (!root.IsInternal)
        {
            return new DataTree(database, [root], false, database.FindBlock(root).InflatedLength);
        }

        BlockId[] ids = ReadIds(database, root, level: null, out DataTreeHeader header);
        long capacity = (long)ids.Length * database.Layout.MaxBlockData * (header.Level == 2 ? database.Layout.MaxDataTreeEntries : 1);
        if (header.TotalLength > capacity)
        {
            throw PstException.Damaged(PstStructure.DataTree, PstDamageReason.LimitExceeded);
        }

        return header.TotalLength > database.MaxValueLength ? null : new DataTree(database, ids, header.Level == 2, header.TotalLength);
    }

    /// <summary>The id of a leaf; false past the last one.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public bool TryGetLeaf(int index, out BlockId leaf)
    {
        leaf = default;
        BlockId[] ids = _roots;
        if (_hasLeavesBelow && !TrySelectRoot(ref index, out ids))
        {
            return false;
        }

        if ((uint)index >= (uint)ids.Length)
        {
            return false;
        }

        leaf = ids[index];
        return true;
    }

    /// <summary>
    /// Whether there is a leaf of this number after full ones, as heaps and row matrices need it. The length bounds the number,
    /// so a tree that names one block many times is no larger than it says.
    /// </summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public bool HasFullLeafBefore(int index) => (long)index * _database.Layout.MaxBlockData < Length && TryGetLeaf(index, out _);

    /// <summary>Reads a leaf.</summary>
    /// <exception cref="PstException">PstDamaged, also for a leaf past the last one.</exception>
    public PooledBlock ReadLeaf(int index) => TryGetLeaf(index, out BlockId leaf)
        ? _database.ReadBlock(leaf)
        : throw PstException.Damaged(PstStructure.DataTree, PstDamageReason.DanglingReference);

    /// <summary>Reads an XBLOCK or XXBLOCK.</summary>
    /// <param name="database">The file.</param>
    /// <param name="id">The block.</param>
    /// <param name="level">The level it must have; null for either.</param>
    /// <param name="header">Its head.</param>
    /// <returns>What it refers to.</returns>
    /// <exception cref="PstException">PstDamaged.</exception>
    public static BlockId[] ReadIds(INodeDatabase database, BlockId id, int? level, out DataTreeHeader header)
    {
        PstLayout layout = database.Layout;
        using PooledBlock block = database.ReadBlock(id);
        if (block.Length < DataTreeHeader.Size)
        {
            throw PstException.Damaged(PstStructure.DataTree, PstDamageReason.LengthMismatch, block.Offset);
        }

        header = DataTreeHeader.Read(block.Data);
        if (header.BlockType != DataTreeHeader.ExpectedType)
        {
            throw PstException.Damaged(PstStructure.DataTree, PstDamageReason.WrongType, block.Offset);
        }

        if (header.Level is not (1 or 2) || (level is int expected && header.Level != expected))
        {
            throw PstException.Damaged(PstStructure.DataTree, PstDamageReason.WrongLevel, block.Offset);
        }

        if (DataTreeHeader.Size + (header.Count * layout.IdSize) > block.Length)
        {
            throw PstException.Damaged(PstStructure.DataTree, PstDamageReason.LimitExceeded, block.Offset);
        }

        BlockId[] ids = new BlockId[header.Count];
        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = layout.ReadBlockId(block.Data[(DataTreeHeader.Size + (i * layout.IdSize))..]);
            if (ids[i].IsInternal != (header.Level > 1))
            {
                throw PstException.Damaged(PstStructure.DataTree, PstDamageReason.WrongLevel, block.Offset);
            }
        }

        return ids;
    }

    // Finds the XBLOCK a leaf is under and makes its number relative to it. XBLOCKs are full but for the last; nothing relies on it.
    private bool TrySelectRoot(ref int index, out BlockId[] ids)
    {
        while (index >= _firstLeaf[^1] && _firstLeaf.Count <= _roots.Length)
        {
            _firstLeaf.Add(_firstLeaf[^1] + LoadRoot(_firstLeaf.Count - 1).Length);
        }

        int root = _firstLeaf.BinarySearch(index);
        root = root < 0 ? ~root - 1 : root;

        // An empty XBLOCK starts where the next one does: take the last of them.
        while (root + 1 < _firstLeaf.Count && _firstLeaf[root + 1] == index)
        {
            root++;
        }

        bool found = root >= 0 && root < _roots.Length && root + 1 < _firstLeaf.Count;
        ids = found ? LoadRoot(root) : [];
        index -= found ? _firstLeaf[root] : 0;
        return found;
    }

    private BlockId[] LoadRoot(int root)
    {
        if (_loadedRoot != root)
        {
            _loaded = ReadIds(_database, _roots[root], level: 1, out _);
            _loadedRoot = root;
        }

        return _loaded;
    }
}
