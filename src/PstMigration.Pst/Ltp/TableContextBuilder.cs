using System.Buffers.Binary;
using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ltp;

/// <summary>
/// Builds a table context ([MS-PST] 2.3.4) row by row. Full blocks of rows and of their values are written at once; a
/// table being built holds a few blocks and four bytes a row.
/// </summary>
internal sealed class TableContextBuilder
{
    private readonly TableLayout _layout;
    private readonly NodeBuilder _node;
    private readonly HeapBuilder _heap;
    private readonly RowMatrixWriter _rows;
    private readonly HeapId _indexHeader;
    private readonly HeapId _tableHeader;
    private readonly List<uint> _rowIds = [];

    public TableContextBuilder(INodeSink ndb, TableLayout layout)
    {
        _layout = layout;
        _node = new NodeBuilder(ndb);
        _heap = new HeapBuilder(_node.Blocks, HeapSignature.TableContext, HeapId.Create(0, 2, _node.Blocks.Layout));
        _rows = new RowMatrixWriter(_node, layout.RowSize);
        _heap.Allocate(BTreeOnHeapHeader.Size, out _indexHeader);
        _heap.Allocate(TableHeader.Size + (layout.Columns.Count * TableColumn.Size), out _tableHeader);
    }

    /// <summary>Rows so far.</summary>
    public int RowCount => _rowIds.Count;

    /// <summary>Beyond these limits cells of variable size are left out; the item itself always has the values.</summary>
    public TableLimits Limits { get; init; } = TableLimits.Format;

    /// <summary>Whether an empty value makes a cell that exists and has no bytes, rather than none, which readers prefer.</summary>
    public bool KeepsEmptyCells { get; init; }

    /// <summary>The data of a table without rows.</summary>
    public static byte[] Empty(TableLayout layout)
    {
        SingleBlock block = new(PstLayout.Unicode);
        HeapBuilder heap = new(block, HeapSignature.TableContext, HeapId.Create(0, 2, block.Layout));
        IndexHeader([], heap).Write(heap.Allocate(BTreeOnHeapHeader.Size, out _));
        WriteHeader(layout, heap.Allocate(TableHeader.Size + (layout.Columns.Count * TableColumn.Size), out _), default, default);
        heap.Complete();
        return block.Data;
    }

    /// <summary>Adds a row.</summary>
    /// <param name="id">Unique within the table.</param>
    /// <param name="version">dwUnique, bumped.</param>
    /// <param name="values">The cells: every column whose tag and type it has, and which is not empty.</param>
    public void AddRow(uint id, uint version, PropertyList values)
    {
        _rowIds.Add(id);
        Span<byte> row = _rows.AddRow();
        Span<byte> bits = row[_layout.EndOf1Byte..];
        TableCellWriter writer = new(_heap, _node, Limits, KeepsEmptyCells);
        foreach (TableColumn column in _layout.Columns)
        {
            if (writer.TryWrite(row.Slice(column.Offset, column.Length), column.Tag, id, version, values))
            {
                bits[column.Bit >> 3] |= (byte)(0x80 >> (column.Bit & 7));
            }
        }
    }

    /// <summary>Writes what is held.</summary>
    public WrittenNode Complete()
    {
        HeapOrNodeId rows = _rows.Complete(_heap);
        IndexHeader(WriteRowIndex(), _heap).Write(_heap.ItemInFirstBlock(_indexHeader));
        WriteHeader(_layout, _heap.ItemInFirstBlock(_tableHeader), _indexHeader, rows);
        return _node.Complete(_heap.Complete());
    }

    private static BTreeOnHeapHeader IndexHeader(List<(uint Key, HeapId Item)> leaves, HeapBuilder heap) =>
        BTreeOnHeapBuilder.Build(heap, TableRowId.KeySize, PstLayout.Unicode.RowIndexEntrySize, leaves);

    private static void WriteHeader(TableLayout layout, Span<byte> target, HeapId index, HeapOrNodeId rows)
    {
        layout.ToHeader(index.IsNone ? HeapId.First : index, rows).Write(target);
        for (int i = 0; i < layout.Columns.Count; i++)
        {
            layout.Columns[i].Write(target[(TableHeader.Size + (i * TableColumn.Size))..]);
        }
    }

    private List<(uint Key, HeapId Item)> WriteRowIndex()
    {
        int entrySize = PstLayout.Unicode.RowIndexEntrySize;
        int recordSize = TableRowId.KeySize + entrySize;
        int perLeaf = BTreeOnHeapBuilder.RecordsPerItem(recordSize);
        int[] order = RowsById();
        List<(uint Key, HeapId Item)> leaves = [];
        for (int first = 0; first < order.Length; first += perLeaf)
        {
            int count = Math.Min(perLeaf, order.Length - first);
            Span<byte> leaf = _heap.Allocate(count * recordSize, out HeapId item);
            for (int i = 0; i < count; i++)
            {
                int row = order[first + i];
                BinaryPrimitives.WriteUInt32LittleEndian(leaf[(i * recordSize)..], _rowIds[row]);
                BinaryPrimitives.WriteInt32LittleEndian(leaf[((i * recordSize) + TableRowId.KeySize)..], row);
            }

            leaves.Add((_rowIds[order[first]], item));
        }

        return leaves;
    }

    private int[] RowsById()
    {
        uint[] keys = [.. _rowIds];
        int[] rows = new int[keys.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = i;
        }

        Array.Sort(keys, rows);
        return rows;
    }

    // Keeps the one block of an empty table instead of writing it.
    private sealed class SingleBlock(PstLayout layout) : IBlockSink
    {
        public PstLayout Layout => layout;

        public byte[] Data { get; private set; } = [];

        public BlockId WriteData(ReadOnlySpan<byte> data)
        {
            Data = data.ToArray();
            return new BlockId(BlockId.Step);
        }

        public BlockId WriteInternal(ReadOnlySpan<byte> data) => throw new InvalidOperationException();

        public bool TryAddReference(BlockId id) => throw new InvalidOperationException();
    }
}
