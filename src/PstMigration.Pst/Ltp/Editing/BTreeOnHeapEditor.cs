using System.Buffers.Binary;

namespace PstMigration.Pst.Ltp.Editing;

/// <summary>
/// A B-tree on a heap being changed ([MS-PST] 2.3.2). Items that are full are split, but what is appended starts a new one, so
/// that ascending keys leave full items behind; neighbours are joined as soon as one item holds both, so that what fits one leaf is one.
/// </summary>
internal sealed class BTreeOnHeapEditor
{
    private readonly HeapEditor _heap;
    private readonly HeapId _headerId;

    // Items whose keys were seen to ascend, as they do after every change that is made here.
    private readonly HashSet<HeapId> _ordered = [];
    private BTreeOnHeapHeader _header;

    private BTreeOnHeapEditor(HeapEditor heap, HeapId headerId, BTreeOnHeapHeader header)
    {
        _heap = heap;
        _headerId = headerId;
        _header = header;
    }

    /// <summary>Bytes of the entry of a record.</summary>
    public int EntrySize => _header.EntrySize;

    private int LeafRecordSize => _header.KeySize + _header.EntrySize;

    private int IndexRecordSize => _header.KeySize + BTreeRecords.HeapIdSize;

    /// <summary>Opens the tree whose header is an item.</summary>
    /// <param name="heap">The heap.</param>
    /// <param name="id">The item with the BTHHEADER.</param>
    /// <param name="keySize">Bytes a key must have.</param>
    /// <param name="minEntrySize">Bytes an entry must have at least.</param>
    /// <param name="maxEntrySize">Bytes an entry may have at most.</param>
    /// <exception cref="PstException">PstDamaged.</exception>
    public static BTreeOnHeapEditor Open(HeapEditor heap, HeapId id, int keySize, int minEntrySize, int maxEntrySize)
    {
        BTreeOnHeapEditor tree = new(heap, id, BTreeOnHeap.ReadHeader(heap, id, keySize, minEntrySize));
        return tree.EntrySize <= maxEntrySize ? tree : throw tree.Damaged(PstDamageReason.WrongType);
    }

    /// <summary>Finds the entry of a key.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public bool TryFind(uint key, out ReadOnlySpan<byte> entry)
    {
        entry = default;
        if (_header.Root.IsNone)
        {
            return false;
        }

        Step leaf = Descend(key)[^1];
        BTreeRecords records = Records(leaf.Item, isLeaf: true);
        bool found = leaf.Position >= 0 && records.Key(leaf.Position) == key;
        entry = found ? records.Entry(leaf.Position) : default;
        return found;
    }

    /// <summary>The leaf items in key order; they hold until the tree is changed.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public List<HeapId> ListLeaves()
    {
        List<HeapId> current = _header.Root.IsNone ? [] : [_header.Root];
        for (int level = _header.Levels; level > 0; level--)
        {
            current = ListBelow(current);
        }

        return current;
    }

    /// <summary>The records of a leaf.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public BTreeRecords ReadLeaf(HeapId leaf) => Records(leaf, isLeaf: true);

    /// <summary>Whether an item is the tree's header or its root, which no value of a sound file is.</summary>
    public bool IsPart(HeapId id) => id == _headerId || id == _header.Root;

    /// <summary>Takes all records away.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public void Clear()
    {
        List<HeapId> level = _header.Root.IsNone ? [] : [_header.Root];
        for (int height = _header.Levels; height >= 0; height--)
        {
            List<HeapId> below = height == 0 ? [] : ListBelow(level);
            level.ForEach(_heap.Free);
            level = below;
        }

        SetRoot(default, 0);
    }

    /// <summary>Sets the entry of a key, which need not have been there.</summary>
    /// <exception cref="PstException">PstHeapFull, PstDamaged.</exception>
    public void Set(uint key, ReadOnlySpan<byte> entry)
    {
        Span<byte> record = stackalloc byte[LeafRecordSize];
        BTreeRecords.WriteKey(record, _header.KeySize, key);
        entry.CopyTo(record[_header.KeySize..]);
        if (_header.Root.IsNone)
        {
            SetRoot(_heap.AddGrowing(record), 0);
            return;
        }

        Step[] path = Descend(key);
        Step leaf = path[^1];
        if (leaf.Position >= 0 && Records(leaf.Item, isLeaf: true).Key(leaf.Position) == key)
        {
            record.CopyTo(_heap.EditItem(leaf.Item)[(leaf.Position * record.Length)..]);
        }
        else
        {
            Insert(path, path.Length - 1, leaf.Position + 1, record);
        }
    }

    /// <summary>Takes a key away.</summary>
    /// <returns>Whether it was there.</returns>
    /// <exception cref="PstException">PstHeapFull, PstDamaged.</exception>
    public bool Remove(uint key)
    {
        if (_header.Root.IsNone)
        {
            return false;
        }

        Step[] path = Descend(key);
        Step leaf = path[^1];
        if (leaf.Position < 0 || Records(leaf.Item, isLeaf: true).Key(leaf.Position) != key)
        {
            return false;
        }

        RemoveAt(path, path.Length - 1, leaf.Position);
        while (_header.Levels > 0 && Records(_header.Root, isLeaf: false) is { Count: 1 } root)
        {
            HeapId old = _header.Root;
            SetRoot(root.Child(0), _header.Levels - 1);
            _heap.Free(old);
        }

        return true;
    }

    private List<HeapId> ListBelow(List<HeapId> level)
    {
        List<HeapId> below = [];
        foreach (HeapId id in level)
        {
            BTreeRecords records = Records(id, isLeaf: false);
            for (int i = 0; i < records.Count; i++)
            {
                below.Add(records.Child(i));
            }
        }

        // No heap has more items than that: only a tree that names some of them twice does.
        return below.Count <= (long)_heap.BlockCount << _heap.Layout.HeapIndexBits ? below : throw Damaged(PstDamageReason.Cycle);
    }

    // In a damaged file the header itself may be called a part of the tree, or an item that does not end with a record.
    private BTreeRecords Records(HeapId id, bool isLeaf)
    {
        int size = isLeaf ? LeafRecordSize : IndexRecordSize;
        ReadOnlySpan<byte> item = id == _headerId ? throw Damaged(PstDamageReason.Cycle) : _heap.GetItem(id);
        return item.Length % size == 0 ? new BTreeRecords(item, _header.KeySize, size) : throw Damaged(PstDamageReason.LengthMismatch);
    }

    // From the root to the leaf where the key is or would be, in each item the last record not above it, above the leaf at least the first.
    private Step[] Descend(uint key)
    {
        Step[] path = new Step[_header.Levels + 1];
        HeapId id = _header.Root;
        for (int depth = 0; depth < path.Length; depth++)
        {
            bool isLeaf = depth == path.Length - 1;
            BTreeRecords records = Records(id, isLeaf);
            CheckOrder(id, records);
            int position = records.FindLast(key);
            if (!isLeaf)
            {
                position = Math.Max(position, 0);
                if (records.Count == 0)
                {
                    throw Damaged(PstDamageReason.LengthMismatch);
                }
            }

            if (Array.Exists(path, step => step.Item == id))
            {
                throw Damaged(PstDamageReason.Cycle);
            }

            path[depth] = new Step(id, position);
            id = isLeaf ? default : records.Child(position);
        }

        return path;
    }

    // Where keys do not ascend a key may be there and not be found.
    private void CheckOrder(HeapId id, BTreeRecords records)
    {
        if (!_ordered.Add(id))
        {
            return;
        }

        for (int i = 1; i < records.Count; i++)
        {
            if (records.Key(i) <= records.Key(i - 1))
            {
                throw Damaged(PstDamageReason.KeyOutOfRange);
            }
        }
    }

    private void Insert(Step[] path, int depth, int position, ReadOnlySpan<byte> record)
    {
        int size = record.Length;
        HeapId id = path[depth].Item;
        int length = _heap.GetItem(id).Length / size * size;
        if (position == 0)
        {
            NoteFirstKey(path, depth, BTreeRecords.ReadKey(record, _header.KeySize));
        }

        if (length + size <= HeapBuilder.MaxItemSize)
        {
            Span<byte> item = _heap.Resize(ref id, length + size);
            item[(position * size)..length].CopyTo(item[((position + 1) * size)..]);
            record.CopyTo(item[(position * size)..]);
            NoteMove(path, depth, id);
        }
        else
        {
            Split(path, depth, position, record);
        }
    }

    private void Split(Step[] path, int depth, int position, ReadOnlySpan<byte> record)
    {
        int size = record.Length;
        HeapId id = path[depth].Item;
        ReadOnlySpan<byte> old = _heap.GetItem(id);
        int count = old.Length / size;
        byte[] all = new byte[(count + 1) * size];
        old[..(position * size)].CopyTo(all);
        record.CopyTo(all.AsSpan(position * size));
        old[(position * size)..(count * size)].CopyTo(all.AsSpan((position + 1) * size));
        int kept = (position == count && IsRightmost(path, depth) ? count : (count + 1) / 2) * size;

        HeapId next = _heap.AddGrowing(all.AsSpan(kept));
        all.AsSpan(0, kept).CopyTo(_heap.Resize(ref id, kept));
        NoteMove(path, depth, id);
        Span<byte> records = stackalloc byte[2 * IndexRecordSize];
        WriteIndexRecord(records, BTreeRecords.ReadKey(all, _header.KeySize), id);
        WriteIndexRecord(records[IndexRecordSize..], BTreeRecords.ReadKey(all.AsSpan(kept), _header.KeySize), next);
        if (depth == 0)
        {
            SetRoot(_heap.AddGrowing(records), _header.Levels + 1);
        }
        else
        {
            Insert(path, depth - 1, path[depth - 1].Position + 1, records[IndexRecordSize..]);
        }
    }

    private bool IsRightmost(Step[] path, int depth)
    {
        for (int i = 0; i < depth; i++)
        {
            if (path[i].Position < Records(path[i].Item, isLeaf: false).Count - 1)
            {
                return false;
            }
        }

        return true;
    }

    private void RemoveAt(Step[] path, int depth, int position)
    {
        HeapId id = path[depth].Item;
        int size = depth == path.Length - 1 ? LeafRecordSize : IndexRecordSize;
        int length = _heap.GetItem(id).Length / size * size;
        if (length == size)
        {
            _heap.Free(id);
            if (depth == 0)
            {
                SetRoot(default, 0);
            }
            else
            {
                RemoveAt(path, depth - 1, path[depth - 1].Position);
            }

            return;
        }

        Span<byte> item = _heap.EditItem(id);
        item[((position + 1) * size)..length].CopyTo(item[(position * size)..]);
        uint first = BTreeRecords.ReadKey(item, _header.KeySize);
        _heap.Resize(ref id, length - size);
        if (position == 0)
        {
            NoteFirstKey(path, depth, first);
        }

        if (depth > 0 && !TryJoin(path, depth, path[depth - 1].Position))
        {
            TryJoin(path, depth, path[depth - 1].Position - 1);
        }
    }

    // Joins an item and the one after it, by their positions in the item above.
    private bool TryJoin(Step[] path, int depth, int position)
    {
        HeapId parent = path[depth - 1].Item;
        BTreeRecords index = Records(parent, isLeaf: false);
        if (position < 0 || position + 1 >= index.Count)
        {
            return false;
        }

        HeapId lower = index.Child(position);
        HeapId upper = index.Child(position + 1);
        if (lower == upper)
        {
            throw Damaged(PstDamageReason.Cycle);
        }

        int size = depth == path.Length - 1 ? LeafRecordSize : IndexRecordSize;
        byte[] added = _heap.GetItem(upper).ToArray();
        int length = _heap.GetItem(lower).Length / size * size;
        if (length + added.Length > HeapBuilder.MaxItemSize)
        {
            return false;
        }

        added.CopyTo(_heap.Resize(ref lower, length + added.Length)[length..]);
        _heap.Free(upper);
        SetChild(parent, position, lower);
        RemoveAt(path, depth - 1, position + 1);
        return true;
    }

    // Tells the item above that one below it has another id.
    private void NoteMove(Step[] path, int depth, HeapId id)
    {
        if (id == path[depth].Item)
        {
            return;
        }

        path[depth] = path[depth] with { Item = id };
        if (depth == 0)
        {
            SetRoot(id, _header.Levels);
        }
        else
        {
            SetChild(path[depth - 1].Item, path[depth - 1].Position, id);
        }
    }

    private void NoteFirstKey(Step[] path, int depth, uint key)
    {
        for (int above = depth - 1; above >= 0; above--)
        {
            int position = path[above].Position;
            BTreeRecords.WriteKey(_heap.EditItem(path[above].Item)[(position * IndexRecordSize)..], _header.KeySize, key);
            if (position > 0)
            {
                return;
            }
        }
    }

    private void SetChild(HeapId parent, int position, HeapId child) => BinaryPrimitives.WriteUInt32LittleEndian(
        _heap.EditItem(parent)[((position * IndexRecordSize) + _header.KeySize)..], child.Value);

    private void WriteIndexRecord(Span<byte> target, uint key, HeapId child)
    {
        BTreeRecords.WriteKey(target, _header.KeySize, key);
        BinaryPrimitives.WriteUInt32LittleEndian(target[_header.KeySize..], child.Value);
    }

    private void SetRoot(HeapId root, int levels)
    {
        _header = _header with { Root = root, Levels = (byte)levels };
        _header.Write(_heap.EditItem(_headerId));
    }

    private PstException Damaged(PstDamageReason reason) => PstException.Damaged(PstStructure.HeapTree, reason, _heap.Offset);

    // An item on the way to a leaf and the record that is followed.
    private readonly record struct Step(HeapId Item, int Position);
}
