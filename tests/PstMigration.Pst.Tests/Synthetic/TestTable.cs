using System.Buffers.Binary;
using System.Text;
using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Tests.Synthetic;

/// <summary>Builds a table context: columns first, then rows of the values that exist.</summary>
internal sealed class TestTable
{
    private readonly TestPst _file;
    private readonly List<TableColumn> _columns = [];
    private readonly List<(uint Id, Dictionary<uint, object> Cells)> _rows = [];
    private readonly int _end4;
    private readonly int _end2;
    private readonly int _end1;

    public TestTable(TestPst file, params uint[] tags)
    {
        _file = file;
        List<uint> all = [0x67F20003, 0x67F30003, .. tags];
        ushort offset = 0;
        foreach (int[] sizes in new int[][] { [4, 8], [2], [1] })
        {
            for (int bit = 0; bit < all.Count; bit++)
            {
                int size = PropertyTypes.FixedSize(new PropertyTag(all[bit]).Type) is var f and (1 or 2 or 8) ? f : 4;
                if (sizes.Contains(size))
                {
                    _columns.Add(new TableColumn(new PropertyTag(all[bit]), offset, (byte)size, (byte)bit));
                    offset += (ushort)size;
                }
            }

            (_end4, _end2, _end1) = (sizes[0] == 4 ? offset : _end4, sizes[0] >= 2 ? offset : _end2, offset);
        }

        _columns.Sort((a, b) => a.Tag.Value.CompareTo(b.Tag.Value));
    }

    /// <summary>Whether the rows go to a subnode even where they fit in the heap.</summary>
    public bool RowsInSubnode { get; init; }

    /// <summary>Bytes of the largest item of the row index.</summary>
    public int MaxTreeItem { get; init; } = 3580;

    public int RowSize => _end1 + ((_columns.Count + 7) / 8);

    /// <summary>Values are int, long, bool, string or the bytes of text; the last of a column counts.</summary>
    public TestTable AddRow(uint id, params (uint Tag, object Value)[] cells)
    {
        _rows.Add((id, cells.GroupBy(c => c.Tag).ToDictionary(g => g.Key, g => g.Last().Value)));
        return this;
    }

    public (BlockId Data, BlockId Subnodes) Build()
    {
        PstLayout layout = _file.Layout;
        TestHeap heap = new(layout) { Client = HeapSignature.TableContext, MaxTreeItem = MaxTreeItem };
        List<byte[]> rows = [.. _rows.Select((r, i) => BuildRow(heap, r.Id, i, r.Cells))];
        List<byte[]> index = [.. _rows.Select((r, i) => IndexRecord(r.Id, i, layout)).OrderBy(r => BinaryPrimitives.ReadUInt32LittleEndian(r))];
        HeapId rowIndex = heap.AddTree(4, layout.RowIndexEntrySize, index);

        int perBlock = layout.MaxBlockData / RowSize;
        List<byte> matrix = [];
        for (int i = 0; i < rows.Count; i++)
        {
            if (i > 0 && i % perBlock == 0)
            {
                matrix.AddRange(new byte[layout.MaxBlockData - (perBlock * RowSize)]);
            }

            matrix.AddRange(rows[i]);
        }

        List<SubnodeEntry> subnodes = [];
        HeapOrNodeId rowsAt = default;
        if (matrix.Count > 3580 || (RowsInSubnode && matrix.Count > 0))
        {
            rowsAt = new HeapOrNodeId(0x3F);
            subnodes.Add(new SubnodeEntry(new NodeId(0x3F), _file.AddData([.. matrix]), default));
        }
        else if (matrix.Count > 0)
        {
            rowsAt = new HeapOrNodeId(heap.Add([.. matrix]).Value);
        }

        byte[] info = new byte[TableHeader.Size + (_columns.Count * TableColumn.Size)];
        new TableHeader(TableHeader.ExpectedType, (byte)_columns.Count, (ushort)_end4, (ushort)_end2, (ushort)_end1, (ushort)RowSize, rowIndex, rowsAt)
            .Write(info);
        for (int i = 0; i < _columns.Count; i++)
        {
            _columns[i].Write(info.AsSpan(TableHeader.Size + (i * TableColumn.Size)));
        }

        heap.Root = heap.Add(info);
        return (_file.AddData(heap.ToArray()), _file.AddSubnodes([.. subnodes]));
    }

    public void AddTo(NodeId id)
    {
        (BlockId data, BlockId subnodes) = Build();
        _file.AddNode(id, data, subnodes);
    }

    private static byte[] IndexRecord(uint id, int number, PstLayout layout)
    {
        byte[] record = new byte[4 + layout.RowIndexEntrySize];
        BinaryPrimitives.WriteUInt32LittleEndian(record, id);
        BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(4), (ushort)number);
        return record;
    }

    private byte[] BuildRow(TestHeap heap, uint id, int number, Dictionary<uint, object> cells)
    {
        byte[] row = new byte[RowSize];
        foreach (TableColumn column in _columns)
        {
            object? value = column.Tag.Value switch { 0x67F20003 => (int)id, 0x67F30003 => number + 100, var tag => cells.TryGetValue(tag, out object? v) ? v : null };
            if (value is null)
            {
                continue;
            }

            row[_end1 + (column.Bit / 8)] |= (byte)(0x80 >> (column.Bit % 8));
            Span<byte> cell = row.AsSpan(column.Offset);
            switch (value)
            {
                case bool b:
                    cell[0] = b ? (byte)1 : (byte)0;
                    break;
                case int i:
                    BinaryPrimitives.WriteInt32LittleEndian(cell, i);
                    break;
                case long l:
                    BinaryPrimitives.WriteInt64LittleEndian(cell, l);
                    break;
                case byte[] or string:
                    byte[] text = value is not string s ? (byte[])value : column.Tag.Type == PropertyType.String8 ? Encoding.ASCII.GetBytes(s) : Encoding.Unicode.GetBytes(s);
                    BinaryPrimitives.WriteUInt32LittleEndian(cell, text.Length == 0 ? 0 : heap.Add(text).Value);
                    break;
                default:
                    throw new ArgumentException(value.GetType().Name);
            }
        }

        return row;
    }
}
