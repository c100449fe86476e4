using System.Buffers.Binary;

namespace PstMigration.Pst.Ltp.Editing;

/// <summary>
/// A B-tree on a heap being changed ([MS-PST] 2.3.2). Items that are full are split, but what is appended starts a new one, so
/// that ascending keys leave full items behind; neighbours are joined as soon as one item holds both, so that what fits one leaf is one.
/// </summary>
internal sealed class BTreeOnHeapEditor
{
    private readonly HeapEditor _heap;
    private readonly BTreeOnHeapItems _items;

    private BTreeOnHeapEditor(HeapEditor heap, BTreeOnHeapItems items)
    {
        _heap = heap;
        _items = items;
    }

    /// <summary>Bytes of the entry of a record.</summary>
    public int EntrySize => _items.Header.EntrySize;

    /// <summary>Opens the tree whose header is an item.</summary>
    /// <param name="heap">The heap.</param>
    /// <param name="id">The item with the BTHHEADER.</param>
    /// <param name="keySize">Bytes a key must have.</param>
    /// <param name="minEntrySize">Bytes an entry must have at least.</param>
    /// <param name="maxEntrySize">Bytes an entry may have at most.</param>
    /// <exception cref="PstException">PstDamaged.</exception>
    public static BTreeOnHeapEditor Open(HeapEditor heap, HeapId id, int keySize, int minEntrySize, int maxEntrySize)
    {
        BTreeOnHeapItems items = new(heap, id, BTreeOnHeap.ReadHeader(heap, id, keySize, minEntrySize));
        return items.Header.EntrySize <= maxEntrySize ? new BTreeOnHeapEditor(heap, items) : throw items.Damaged(PstDamageReason.WrongType);
    }

    /// <summary>Finds the entry of a key.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public bool TryFind(uint key, out ReadOnlySpan<byte> entry)
    {
        entry = default;
        if (_items.Header.Root.IsNone)
        {
            return false;
        }

        BTreeStep leaf = _items.Descend(key)[^1];
        BTreeRecords records = _items.Records(leaf.Item, isLeaf: true);
        bool found = leaf.Position >= 0 && records.Key(leaf.Position) == key;
        entry = found ? records.Entry(leaf.Position) : default;
        return found;
    }

    /// <inheritdoc cref="BTreeOnHeapItems.ListLeaves"/>
    public List<HeapId> ListLeaves() => _items.ListLeaves();

    /// <summary>The records of a leaf.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public BTreeRecords ReadLeaf(HeapId leaf) => _items.Records(leaf, isLeaf: true);

    /// <summary>Whether an item is the tree's header or its root, which no value of a sound file is.</summary>
    public bool IsPart(HeapId id) => _items.IsPart(id);

    /// <summary>Takes all records away.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public void Clear()
    {
        List<HeapId> level = _items.Header.Root.IsNone ? [] : [_items.Header.Root];
        for (int height = _items.Header.Levels; height >= 0; height--)
        {
            List<HeapId> below = height == 0 ? [] : _items.ListBelow(level);
            level.ForEach(_heap.Free);
            level = below;
        }

        _items.SetRoot(default, 0);
    }

    /// <summary>Sets the entry of a key, which need not have been there.</summary>
    /// <exception cref="PstException">PstHeapFull, PstDamaged.</exception>
    public void Set(uint key, ReadOnlySpan<byte> entry)
    {
        Span<byte> record = stackalloc byte[_items.LeafRecordSize];
        BTreeRecords.WriteKey(record, _items.Header.KeySize, key);
        entry.CopyTo(record[_items.Header.KeySize..]);
        if (_items.Header.Root.IsNone)
        {
            _items.SetRoot(_heap.AddGrowing(record), 0);
            return;
        }

        BTreeStep[] path = _items.Descend(key);
        BTreeStep leaf = path[^1];
        if (leaf.Position >= 0 && _items.Records(leaf.Item, isLeaf: true).Key(leaf.Position) == key)
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
        if (_items.Header.Root.IsNone)
        {
            return false;
        }

        BTreeStep[] path = _items.Descend(key);
        BTreeStep leaf = path[^1];
        if (leaf.Position < 0 || _items.Records(leaf.Item, isLeaf: true).Key(leaf.Position) != key)
        {
            return false;
        }

        RemoveAt(path, path.Length - 1, leaf.Position);
        while (_items.Header.Levels > 0 && _items.Records(_items.Header.Root, isLeaf: false) is { Count: 1 } root)
        {
            HeapId old = _items.Header.Root;
            _items.SetRoot(root.Child(0), _items.Header.Levels - 1);
            _heap.Free(old);
        }

        return true;
    }

    private void Insert(BTreeStep[] path, int depth, int position, ReadOnlySpan<byte> record)
    {
        int size = record.Length;
        HeapId id = path[depth].Item;
        int length = _heap.GetItem(id).Length / size * size;
        if (position == 0)
        {
            NoteFirstKey(path, depth, BTreeRecords.ReadKey(record, _items.Header.KeySize));
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

    private void Split(BTreeStep[] path, int depth, int position, ReadOnlySpan<byte> record)
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
        Span<byte> records = stackalloc byte[2 * _items.IndexRecordSize];
        WriteIndexRecord(records, BTreeRecords.ReadKey(all, _items.Header.KeySize), id);
        WriteIndexRecord(records[_items.IndexRecordSize..], BTreeRecords.ReadKey(all.AsSpan(kept), _items.Header.KeySize), next);
        if (depth == 0)
        {
            _items.SetRoot(_heap.AddGrowing(records), _items.Header.Levels + 1);
        }
        else
        {
            Insert(path, depth - 1, path[depth - 1].Position + 1, records[_items.IndexRecordSize..]);
        }
    }

    private bool IsRightmost(BTreeStep[] path, int depth)
    {
        for (int i = 0; i < depth; i++)
        {
            if (path[i].Position < _items.Records(path[i].Item, isLeaf: false).Count - 1)
            {
                return false;
            }
        }

        return true;
    }

    private void RemoveAt(BTreeStep[] path, int depth, int position)
    {
        HeapId id = path[depth].Item;
        int size = depth == path.Length - 1 ? _items.LeafRecordSize : _items.IndexRecordSize;
        int length = _heap.GetItem(id).Length / size * size;
        if (length == size)
        {
            _heap.Free(id);
            if (depth == 0)
            {
                _items.SetRoot(default, 0);
            }
            else
            {
                RemoveAt(path, depth - 1, path[depth - 1].Position);
            }

            return;
        }

        Span<byte> item = _heap.EditItem(id);
        item[((position + 1) * size)..length].CopyTo(item[(position * size)..]);
        uint first = BTreeRecords.ReadKey(item, _items.Header.KeySize);
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
    private bool TryJoin(BTreeStep[] path, int depth, int position)
    {
        HeapId parent = path[depth - 1].Item;
        BTreeRecords index = _items.Records(parent, isLeaf: false);
        if (position < 0 || position + 1 >= index.Count)
        {
            return false;
        }

        HeapId lower = index.Child(position);
        HeapId upper = index.Child(position + 1);
        if (lower == upper)
        {
            throw _items.Damaged(PstDamageReason.Cycle);
        }

        int size = depth == path.Length - 1 ? _items.LeafRecordSize : _items.IndexRecordSize;
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
    private void NoteMove(BTreeStep[] path, int depth, HeapId id)
    {
        if (id == path[depth].Item)
        {
            return;
        }

        path[depth] = path[depth] with { Item = id };
        if (depth == 0)
        {
            _items.SetRoot(id, _items.Header.Levels);
        }
        else
        {
            SetChild(path[depth - 1].Item, path[depth - 1].Position, id);
        }
    }

    private void NoteFirstKey(BTreeStep[] path, int depth, uint key)
    {
        for (int above = depth - 1; above >= 0; above--)
        {
            int position = path[above].Position;
            BTreeRecords.WriteKey(_heap.EditItem(path[above].Item)[(position * _items.IndexRecordSize)..], _items.Header.KeySize, key);
            if (position > 0)
            {
                return;
            }
        }
    }

    private void SetChild(HeapId parent, int position, HeapId child) => BinaryPrimitives.WriteUInt32LittleEndian(
        _heap.EditItem(parent)[((position * _items.IndexRecordSize) + _items.Header.KeySize)..], child.Value);

    private void WriteIndexRecord(Span<byte> target, uint key, HeapId child)
    {
        BTreeRecords.WriteKey(target, _items.Header.KeySize, key);
        BinaryPrimitives.WriteUInt32LittleEndian(target[_items.Header.KeySize..], child.Value);
    }
}
