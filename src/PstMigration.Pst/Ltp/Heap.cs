using System.Buffers.Binary;
using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ltp;

/// <summary>
/// A heap-on-node ([MS-PST] 2.3.1): items in the blocks of a data tree, found by HID. Blocks are read when first needed and a
/// bounded number of them is kept. For one thread; spans given out hold until the heap is disposed.
/// </summary>
internal sealed class Heap : IHeapReader, IDisposable
{
    private const int MaxKeptBytes = 8 << 20;

    private readonly DataTree _tree;
    private readonly PstLayout _layout;
    private PooledBlock?[] _blocks;
    private int _kept;
    private int _nextVictim = 1;

    private Heap(DataTree tree, PstLayout layout, PooledBlock first)
    {
        _tree = tree;
        _layout = layout;
        _blocks = [first];
        Header = HeapHeader.Read(first.Data);
    }

    /// <summary>Bytes of all its blocks.</summary>
    public long Length => _tree.Length;

    /// <summary>The header of the first block.</summary>
    public HeapHeader Header { get; }

    /// <inheritdoc/>
    public long Offset => _blocks[0]!.Value.Offset;

    /// <summary>The variant of the file.</summary>
    public PstLayout Layout => _layout;

    /// <summary>Opens the heap in a node's data.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public static Heap Open(INodeDatabase database, BlockId data)
    {
        DataTree tree = DataTree.Open(database, data);
        PooledBlock first = tree.ReadLeaf(0);
        if (first.Length >= HeapHeader.Size && first.Data[2] == HeapHeader.ExpectedSignature)
        {
            return new Heap(tree, database.Layout, first);
        }

        long offset = first.Offset;
        first.Dispose();
        throw PstException.Damaged(PstStructure.Heap, PstDamageReason.WrongType, offset);
    }

    /// <inheritdoc/>
    public bool TryGetItem(HeapId id, out ReadOnlySpan<byte> item)
    {
        ReadOnlySpan<byte> block = GetBlock(id.Block(_layout));
        item = default;
        int index = id.Index(_layout);
        if (block.Length < 2 || index == 0)
        {
            return false;
        }

        int mapOffset = BinaryPrimitives.ReadUInt16LittleEndian(block);
        if (mapOffset + HeapPageMap.HeaderSize > block.Length)
        {
            return false;
        }

        HeapPageMap map = HeapPageMap.Read(block[mapOffset..]);
        if (index > map.AllocationCount || mapOffset + map.Size > block.Length)
        {
            return false;
        }

        ReadOnlySpan<byte> bounds = block[(mapOffset + HeapPageMap.HeaderSize + (2 * (index - 1)))..];
        int start = BinaryPrimitives.ReadUInt16LittleEndian(bounds);
        int end = BinaryPrimitives.ReadUInt16LittleEndian(bounds[2..]);
        if (start > end || end > mapOffset)
        {
            return false;
        }

        item = block[start..end];
        return true;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> GetItem(HeapId id) => TryGetItem(id, out ReadOnlySpan<byte> item)
        ? item
        : throw PstException.Damaged(PstStructure.Heap, PstDamageReason.DanglingReference, Offset);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PooledBlock? block in _blocks)
        {
            block?.Dispose();
        }

        _blocks = [];
    }

    private ReadOnlySpan<byte> GetBlock(int index)
    {
        if (index < _blocks.Length && _blocks[index] is PooledBlock kept)
        {
            return kept.Data;
        }

        if (!_tree.HasFullLeafBefore(index))
        {
            return default;
        }

        if (index >= _blocks.Length)
        {
            Array.Resize(ref _blocks, Math.Max(index + 1, _blocks.Length * 2));
        }

        PooledBlock block = _tree.ReadLeaf(index);
        if (_kept >= MaxKeptBytes / _layout.MaxBlockSize)
        {
            Forget();
        }

        _blocks[index] = block;
        _kept++;
        return block.Data;
    }

    // The array is left to the garbage collector, not returned: spans of it may still be in use.
    private void Forget()
    {
        while (_blocks[_nextVictim] is null)
        {
            _nextVictim = Math.Max(1, (_nextVictim + 1) % _blocks.Length);
        }

        _blocks[_nextVictim] = null;
        _kept--;
    }
}
