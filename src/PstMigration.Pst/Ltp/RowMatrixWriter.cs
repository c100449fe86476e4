using PstMigration.Pst.Ndb.Blocks;

namespace PstMigration.Pst.Ltp;

/// <summary>
/// The rows of a table ([MS-PST] 2.3.4.4). A matrix that fits one heap item stays on the heap; a longer one goes to a
/// subnode, whose blocks are written as they fill up. Rows never span blocks.
/// </summary>
internal sealed class RowMatrixWriter
{
    private const int InitialRows = 4;

    private readonly NodeBuilder _node;
    private readonly int _rowSize;
    private readonly int _rowsPerBlock;
    private DataTreeWriter? _tree;
    private byte[] _block;
    private int _rowsInBlock;

    public RowMatrixWriter(NodeBuilder node, int rowSize)
    {
        _node = node;
        _rowSize = rowSize;
        _rowsPerBlock = node.Blocks.Layout.MaxBlockData / rowSize;
        _block = new byte[InitialRows * rowSize];
    }

    /// <summary>The next row, all zero.</summary>
    public Span<byte> AddRow()
    {
        if (_rowsInBlock == _rowsPerBlock)
        {
            FlushFullBlock();
        }

        int start = _rowsInBlock++ * _rowSize;
        if (start + _rowSize > _block.Length)
        {
            Array.Resize(ref _block, Math.Min(_block.Length * 2, _rowsPerBlock * _rowSize));
        }

        return _block.AsSpan(start, _rowSize);
    }

    /// <summary>Writes what is held.</summary>
    /// <returns>hnidRows.</returns>
    public HeapOrNodeId Complete(HeapBuilder heap)
    {
        ReadOnlySpan<byte> rest = _block.AsSpan(0, _rowsInBlock * _rowSize);
        if (rest.IsEmpty)
        {
            return default;
        }

        if (_tree is null && rest.Length <= HeapBuilder.MaxItemSize)
        {
            return new HeapOrNodeId(heap.Add(rest).Value);
        }

        _tree ??= new DataTreeWriter(_node.Blocks);
        _tree.Append(rest);
        return new HeapOrNodeId(_node.AddLtp(_tree.Complete()).Value);
    }

    // The slack behind the last row of a block counts as data.
    private void FlushFullBlock()
    {
        _tree ??= new DataTreeWriter(_node.Blocks);
        Array.Resize(ref _block, _node.Blocks.Layout.MaxBlockData);
        _tree.Append(_block);
        Array.Clear(_block, 0, _block.Length);
        _rowsInBlock = 0;
    }
}
