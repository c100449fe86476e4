using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Editing;

namespace PstMigration.Pst.Ltp.Editing;

/// <summary>
/// The rows of a table being changed ([MS-PST] 2.3.4.4): an item of the table's heap while it fits one, a subnode otherwise, of
/// which only the blocks that are needed are read. Rows never span blocks. Spans hold until the next call to the matrix or the heap.
/// </summary>
internal sealed class RowMatrixEditor
{
    private const int CachedBlocks = 16;

    // A matrix goes back to the heap when rows were taken away and it is half of what made it leave.
    private const int MaxReturning = HeapBuilder.MaxItemSize / 2;

    private readonly NodeEditor _node;
    private readonly HeapEditor _heap;
    private readonly int _rowSize;
    private readonly int _perBlock;
    private readonly EditCache<byte[]> _blocks;
    private HeapOrNodeId _place;
    private DataTreeEditor? _tree;
    private bool _isTreeChanged;
    private bool _isShorter;

    /// <summary>Opens the matrix at a place; 0 is one without rows.</summary>
    /// <param name="node">The table's node.</param>
    /// <param name="heap">The table's heap.</param>
    /// <param name="rowSize">Bytes of a row.</param>
    /// <param name="place">hnidRows.</param>
    /// <exception cref="PstException">PstDamaged.</exception>
    public RowMatrixEditor(NodeEditor node, HeapEditor heap, int rowSize, HeapOrNodeId place)
    {
        _node = node;
        _heap = heap;
        _rowSize = rowSize;
        _perBlock = node.Store.Layout.MaxBlockData / rowSize;
        _blocks = new EditCache<byte[]>(CachedBlocks, Load, Write);
        _place = place;
        if (place.IsNone)
        {
            return;
        }

        if (place.IsHeapItem)
        {
            Count = heap.GetItem(place.HeapItem).Length / rowSize;
            return;
        }

        _tree = node.TryFindSubnode(place.Node, out SubnodeEntry entry)
            ? DataTreeEditor.Open(node.Store, entry.Data)
            : throw PstException.Damaged(PstStructure.TableContext, PstDamageReason.DanglingReference, heap.Offset, node.Id);
        long last = _tree.Length - ((_tree.Count - 1L) * node.Store.Layout.MaxBlockData);
        Count = _tree.Count == 0 ? 0 : ((_tree.Count - 1) * _perBlock) + (int)(last / rowSize);
    }

    /// <summary>Where the rows are, before they are saved.</summary>
    public HeapOrNodeId Place => _place;

    /// <summary>Rows.</summary>
    public int Count { get; private set; }

    private int LastBlock => (Count - 1) / _perBlock;

    /// <summary>The bytes of a row.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public ReadOnlySpan<byte> Get(int row) => _tree is null
        ? Item().Slice(row * _rowSize, _rowSize)
        : _blocks.Get(row / _perBlock).AsSpan(row % _perBlock * _rowSize, _rowSize);

    /// <summary>Writes a row over another.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public void Set(int row, ReadOnlySpan<byte> bytes)
    {
        if (_tree is null)
        {
            _ = Item();
            bytes.CopyTo(_heap.EditItem(_place.HeapItem)[(row * _rowSize)..]);
        }
        else
        {
            bytes.CopyTo(_blocks.Edit(row / _perBlock).AsSpan(row % _perBlock * _rowSize));
        }
    }

    /// <summary>Adds a row at the end.</summary>
    /// <exception cref="PstException">PstHeapFull, PstValueTooLarge, PstDamaged.</exception>
    public void Append(ReadOnlySpan<byte> row)
    {
        if (_tree is null && (Count + 1) * _rowSize > HeapBuilder.MaxItemSize)
        {
            LeaveHeap();
        }

        if (_tree is not null)
        {
            AppendToTree(row);
            return;
        }

        if (Count == 0)
        {
            FreeItem();
            _place = new HeapOrNodeId(_heap.AddGrowing(row).Value);
        }
        else
        {
            _ = Item();
            HeapId item = _place.HeapItem;
            row.CopyTo(_heap.Resize(ref item, (Count + 1) * _rowSize)[(Count * _rowSize)..]);
            _place = new HeapOrNodeId(item.Value);
        }

        Count++;
    }

    /// <summary>Takes rows away from the end.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public void Truncate(int count)
    {
        if (_tree is null)
        {
            Count = count;
            HeapId item = _place.HeapItem;
            if (count == 0)
            {
                FreeItem();
            }
            else
            {
                _heap.Resize(ref item, count * _rowSize);
            }

            return;
        }

        int oldLast = LastBlock;
        Count = count;
        _isShorter = true;
        _isTreeChanged = true;
        for (int block = Count == 0 ? 0 : LastBlock + 1; block <= oldLast; block++)
        {
            _blocks.Remove(block);
        }

        if (Count == 0)
        {
            _tree.Truncate(0);
            return;
        }

        // The last block ends with its last row.
        _tree.Truncate(LastBlock + 1);
        _blocks.Edit(LastBlock).AsSpan(((Count - 1) % _perBlock + 1) * _rowSize).Clear();
    }

    /// <summary>Writes what changed.</summary>
    /// <returns>hnidRows.</returns>
    /// <exception cref="PstException">PstDamaged and what writing throws.</exception>
    public HeapOrNodeId Save()
    {
        if (_tree is null || !(_isTreeChanged || _blocks.IsChanged))
        {
            return _place;
        }

        _isTreeChanged = false;
        if (_isShorter && (long)Count * _rowSize <= MaxReturning)
        {
            ReturnToHeap();
            return _place;
        }

        _blocks.Flush();
        _node.SetSubnode(_place.Node, _tree.Save(), default);
        return _place;
    }

    private void LeaveHeap()
    {
        byte[] rows = Count == 0 ? [] : Item().ToArray();
        FreeItem();
        _place = new HeapOrNodeId(_node.NextLtp().Value);
        _tree = DataTreeEditor.Open(_node.Store, default);
        if (Count > 0)
        {
            byte[] block = NewBlock();
            rows.CopyTo(block, 0);
            _blocks.Add(0, block);
        }
    }

    private void ReturnToHeap()
    {
        byte[] rows = Count == 0 ? [] : _blocks.Get(0).AsSpan(0, Count * _rowSize).ToArray();
        _tree!.Truncate(0);
        _tree = null;
        _blocks.Clear();
        _node.RemoveSubnode(_place.Node);
        _place = Count == 0 ? default : new HeapOrNodeId(_heap.AddGrowing(rows).Value);
    }

    private void AppendToTree(ReadOnlySpan<byte> row)
    {
        int block = Count / _perBlock;
        if (Count % _perBlock == 0)
        {
            // The last block is no longer the last: it is written again, padded.
            if (block > 0)
            {
                _blocks.Edit(block - 1);
            }

            Count++;
            _blocks.Add(block, NewBlock());
        }
        else
        {
            Count++;
        }

        Set(Count - 1, row);
    }

    // The rows on the heap; what else refers to that item, in a damaged file, may have changed it.
    private ReadOnlySpan<byte> Item()
    {
        ReadOnlySpan<byte> item = _heap.GetItem(_place.HeapItem);
        int length = Count * _rowSize;
        return item.Length >= length
            ? item[..length]
            : throw PstException.Damaged(PstStructure.TableContext, PstDamageReason.LengthMismatch, _heap.Offset, _node.Id);
    }

    private void FreeItem()
    {
        if (!_place.IsNone)
        {
            _heap.Free(_place.HeapItem);
            _place = default;
        }
    }

    private byte[] NewBlock() => new byte[_node.Store.Layout.MaxBlockData];

    private byte[] Load(int block)
    {
        using PooledBlock data = _tree!.Read(block);
        byte[] bytes = NewBlock();
        data.Data.CopyTo(bytes);
        return bytes;
    }

    // The slack behind the last row of a block counts as data, but for the last block.
    private void Write(int block, byte[] bytes) => _tree!.Write(
        block, bytes.AsSpan(0, block == LastBlock ? (((Count - 1) % _perBlock) + 1) * _rowSize : bytes.Length));
}
