using PstMigration.Pst.Ndb;

namespace PstMigration.Pst.Ltp;

/// <summary>
/// A B-tree on a heap ([MS-PST] 2.3.2) of any number of levels: records of key and entry, ascending by key. Each item is
/// visited at most once, so no file can make a search or a listing endless.
/// </summary>
internal readonly struct BTreeOnHeap
{
    // 447 records a leaf and more than that an index item: four levels hold more than a heap can.
    private const int MaxLevels = 8;

    private readonly Heap _heap;
    private readonly BTreeOnHeapHeader _header;

    private BTreeOnHeap(Heap heap, BTreeOnHeapHeader header)
    {
        _heap = heap;
        _header = header;
    }

    /// <summary>Bytes of a record: key and entry.</summary>
    public int RecordSize => _header.KeySize + _header.EntrySize;

    /// <summary>Bytes of the entry of a record.</summary>
    public int EntrySize => _header.EntrySize;

    /// <summary>Opens the tree whose header is an item.</summary>
    /// <param name="heap">The heap.</param>
    /// <param name="id">The item with the BTHHEADER.</param>
    /// <param name="keySize">Bytes a key must have.</param>
    /// <param name="minEntrySize">Bytes an entry must have at least.</param>
    /// <exception cref="PstException">PstDamaged.</exception>
    public static BTreeOnHeap Open(Heap heap, HeapId id, int keySize, int minEntrySize) =>
        new(heap, ReadHeader(heap, id, keySize, minEntrySize));

    /// <summary>Reads the header of a tree and makes sure it is what its use asks for; see <see cref="Open"/>.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public static BTreeOnHeapHeader ReadHeader(IHeapReader heap, HeapId id, int keySize, int minEntrySize)
    {
        ReadOnlySpan<byte> item = heap.GetItem(id);
        if (item.Length < BTreeOnHeapHeader.Size)
        {
            throw PstException.Damaged(PstStructure.HeapTree, PstDamageReason.LengthMismatch, heap.Offset);
        }

        BTreeOnHeapHeader header = BTreeOnHeapHeader.Read(item);
        if (header.Type != BTreeOnHeapHeader.ExpectedType || header.KeySize != keySize || header.EntrySize < minEntrySize)
        {
            throw PstException.Damaged(PstStructure.HeapTree, PstDamageReason.WrongType, heap.Offset);
        }

        return header.Levels <= MaxLevels
            ? header
            : throw PstException.Damaged(PstStructure.HeapTree, PstDamageReason.LimitExceeded, heap.Offset);
    }

    /// <summary>The leaf items in key order; an empty tree has none. References to nothing are recorded and left out.</summary>
    /// <param name="damage">Where to record.</param>
    /// <exception cref="PstException">PstDamaged: a block of the heap cannot be read.</exception>
    public List<HeapId> ListLeaves(DamageLog damage)
    {
        List<HeapId> current = [];
        if (_header.Root.IsNone)
        {
            return current;
        }

        current.Add(_header.Root);
        HashSet<HeapId>? visited = null;
        for (int level = _header.Levels; level > 0; level--)
        {
            visited ??= [_header.Root];
            List<HeapId> below = [];
            foreach (HeapId id in current)
            {
                AddChildren(id, visited, below, damage);
            }

            current = below;
        }

        return current;
    }

    /// <summary>The records of a leaf, end to end; a rest shorter than a record is left out.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public ReadOnlySpan<byte> ReadLeaf(HeapId leaf)
    {
        ReadOnlySpan<byte> item = _heap.GetItem(leaf);
        return item[..(item.Length / RecordSize * RecordSize)];
    }

    /// <summary>Finds the entry of a key.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public bool TryFind(uint key, out ReadOnlySpan<byte> entry)
    {
        entry = default;
        HeapId id = _header.Root;
        if (id.IsNone)
        {
            return false;
        }

        for (int level = _header.Levels; level > 0; level--)
        {
            BTreeRecords index = new(_heap.GetItem(id), _header.KeySize, _header.KeySize + BTreeRecords.HeapIdSize);
            int child = index.FindLast(key);
            if (child < 0)
            {
                return false;
            }

            id = index.Child(child);
        }

        BTreeRecords leaf = new(_heap.GetItem(id), _header.KeySize, RecordSize);
        int record = leaf.FindLast(key);
        if (record < 0 || leaf.Key(record) != key)
        {
            return false;
        }

        entry = leaf.Entry(record);
        return true;
    }

    private void AddChildren(HeapId id, HashSet<HeapId> visited, List<HeapId> below, DamageLog damage)
    {
        if (!_heap.TryGetItem(id, out ReadOnlySpan<byte> item))
        {
            damage.Add(PstStructure.HeapTree, PstDamageReason.DanglingReference, _heap.Offset);
        }

        BTreeRecords records = new(item, _header.KeySize, _header.KeySize + BTreeRecords.HeapIdSize);
        for (int i = 0; i < records.Count; i++)
        {
            HeapId child = records.Child(i);
            if (visited.Add(child))
            {
                below.Add(child);
            }
            else
            {
                damage.Add(PstStructure.HeapTree, PstDamageReason.Cycle, _heap.Offset);
            }
        }
    }
}
