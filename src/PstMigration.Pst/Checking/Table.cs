using System.Buffers.Binary;
using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Checking;

/// <summary>A table context; its rows are checked as they are enumerated.</summary>
internal sealed class Table
{
    private const uint RowIdTag = 0x67F20003;
    private const uint RowVersionTag = 0x67F30003;

    private readonly NodeObject _owner;
    private readonly TableHeader _header;
    private readonly TableColumn[] _columns;
    private readonly NodeObject?[] _heaps;

    private Table(NodeObject owner, TableHeader header, TableColumn[] columns, NodeObject?[] heaps)
    {
        _owner = owner;
        _header = header;
        _columns = columns;
        _heaps = heaps;
    }

    public NodeObject Owner => _owner;

    public IReadOnlyList<TableColumn> Columns => _columns;

    private CheckContext Context => _owner.Context;

    private int BitsOffset => _header.EndOf1Byte;

    /// <summary>Reads and checks the head of a table; null, and findings, where its rows cannot be read.</summary>
    public static Table? Read(NodeObject owner, NameMap? names)
    {
        if (!owner.Heap.TryTake(owner.Heap.Root, out ReadOnlyMemory<byte> item))
        {
            return null;
        }

        TableHeader header = item.Length < TableHeader.Size ? default : TableHeader.Read(item.Span);
        if (!TableShape.IsSound(header, item.Length))
        {
            owner.Context.Report(PstCheckRules.TableHeaderShape, owner.Place, header.Type, header.ColumnCount, header.RowSize);
            return null;
        }

        TableColumn[] columns = new TableColumn[header.ColumnCount];
        for (int i = 0; i < columns.Length; i++)
        {
            columns[i] = TableColumn.Read(item.Span[(TableHeader.Size + (i * TableColumn.Size))..]);
            names?.CheckNamed(owner, columns[i].Tag);
        }

        if (!TableShape.CheckColumns(owner, header, columns))
        {
            return null;
        }

        if (!Array.Exists(columns, c => c.Tag.Value == RowIdTag && c.Offset == 0 && c.Bit == 0)
            || !Array.Exists(columns, c => c.Tag.Value == RowVersionTag && c.Offset == sizeof(uint) && c.Bit == 1))
        {
            owner.Context.Report(PstCheckRules.RowIdColumns, owner.Place);
            return null;
        }

        return new Table(owner, header, columns, ColumnHeaps.Open(owner, columns));
    }

    /// <summary>The rows in the order of the matrix. Enumerating to the end completes the check of the table.</summary>
    public IEnumerable<TableRow> Rows()
    {
        uint[]? ids = ReadIndex();
        int row = 0;
        foreach (ReadOnlyMemory<byte> bytes in Matrix())
        {
            CheckRow(row, ids is not null && row < ids.Length ? ids[row] : null, bytes);

            yield return new TableRow(BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span), bytes);
            row++;
        }

        if (ids is not null && row != ids.Length)
        {
            Context.Report(PstCheckRules.RowCount, _owner.Place, ids.Length, row);
        }

        Complete();
    }

    /// <summary>Finds a column by property id.</summary>
    public bool TryFindColumn(ushort id, out TableColumn column)
    {
        foreach (TableColumn candidate in _columns)
        {
            if (candidate.Tag.Id == id)
            {
                column = candidate;
                return true;
            }
        }

        column = default;
        return false;
    }

    /// <summary>Whether a row has the cell of a column.</summary>
    public bool Exists(TableRow row, TableColumn column) =>
        (row.Bytes.Span[BitsOffset + (column.Bit >> 3)] & (0x80 >> (column.Bit & 7))) != 0;

    /// <summary>A 32-bit cell; null where the row has none.</summary>
    public uint? Integer(TableRow row, PropertyTag tag) =>
        TryFindColumn(tag.Id, out TableColumn column) && column.Tag == tag && Exists(row, column)
            ? BinaryPrimitives.ReadUInt32LittleEndian(row.Bytes.Span[column.Offset..])
            : null;

    /// <summary>The bytes of a cell; null where the row has none, or its value is missing or large.</summary>
    public ReadOnlyMemory<byte>? Bytes(TableRow row, TableColumn column)
    {
        if (!Exists(row, column))
        {
            return null;
        }

        ReadOnlyMemory<byte> cell = row.Bytes.Slice(column.Offset, column.Length);
        if (!TableShape.IsReference(column.Tag.Type))
        {
            return cell;
        }

        HeapOrNodeId id = new(BinaryPrimitives.ReadUInt32LittleEndian(cell.Span));
        return HeapOf(column).TryGetValue(id, wantBytes: true, out _, out ReadOnlyMemory<byte>? bytes) ? bytes : null;
    }

    private NodeObject HeapOf(TableColumn column) => _heaps[Array.IndexOf(_columns, column)] ?? _owner;

    // Row ids by row number; null, and a finding, where the index cannot be used.
    private uint[]? ReadIndex()
    {
        bool isAnsi = Context.Layout.Format == PstFormat.Ansi;
        if (HeapTree.ReadHeader(
                Context,
                _owner.Heap,
                _header.RowIndex,
                _owner.Place,
                h => h.KeySize == sizeof(uint) && (h.EntrySize == sizeof(uint) || (isAnsi && h.EntrySize == sizeof(ushort))))
            is not BTreeOnHeapHeader header)
        {
            return null;
        }

        List<(uint Id, uint Row)> entries = [];
        foreach (ReadOnlyMemory<byte> record in HeapTree.Records(Context, _owner.Heap, header, _owner.Place))
        {
            ReadOnlySpan<byte> span = record.Span;
            entries.Add((
                BinaryPrimitives.ReadUInt32LittleEndian(span),
                header.EntrySize == sizeof(ushort)
                    ? BinaryPrimitives.ReadUInt16LittleEndian(span[sizeof(uint)..])
                    : BinaryPrimitives.ReadUInt32LittleEndian(span[sizeof(uint)..])));
        }

        uint[] ids = new uint[entries.Count];
        bool[] named = new bool[ids.Length];
        foreach ((uint id, uint row) in entries)
        {
            if (row >= ids.Length || named[row])
            {
                Context.Report(PstCheckRules.RowCount, _owner.Place, ids.Length, row);
                return null;
            }

            ids[row] = id;
            named[row] = true;
        }

        return ids;
    }

    private IEnumerable<ReadOnlyMemory<byte>> Matrix()
    {
        HeapOrNodeId id = _header.Rows;
        if (id.IsNone || !_owner.TryUse(id))
        {
            yield break;
        }

        if (id.IsHeapItem)
        {
            if (_owner.Heap.TryGet(id.HeapItem, out ReadOnlyMemory<byte> item))
            {
                foreach (ReadOnlyMemory<byte> row in Split(item, 0, isLast: true))
                {
                    yield return row;
                }
            }

            yield break;
        }

        _owner.Subnodes.TryFind(id.Node, out SubnodeEntry entry);
        if (_owner.Contents.Open(entry.Data, new Place(entry.Id, _owner.Contents.OffsetOf(entry.Data), _owner.Place)) is not NodeData data)
        {
            yield break;
        }

        for (int block = 0; block < data.Leaves.Length; block++)
        {
            if (_owner.Contents.ReadLeaf(data, block) is not byte[] bytes)
            {
                Context.Report(PstCheckRules.NodeUnreadable, _owner.Place);
                yield break;
            }

            foreach (ReadOnlyMemory<byte> row in Split(bytes, block, isLast: block == data.Leaves.Length - 1))
            {
                yield return row;
            }
        }
    }

    private IEnumerable<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> bytes, int block, bool isLast)
    {
        int size = _header.RowSize;
        if (isLast && (bytes.Length % size != 0 || bytes.IsEmpty))
        {
            Context.Report(PstCheckRules.Matrix, _owner.Place, bytes.Length, block, size);
        }

        for (int at = 0; at + size <= bytes.Length; at += size)
        {
            Context.Spend(size);
            yield return bytes.Slice(at, size);
        }
    }

    private void CheckRow(int number, uint? id, ReadOnlyMemory<byte> bytes)
    {
        ReadOnlySpan<byte> span = bytes.Span;
        uint own = BinaryPrimitives.ReadUInt32LittleEndian(span);
        if (id is uint indexed && own != indexed)
        {
            Context.Report(PstCheckRules.RowId, _owner.Place, number, own, indexed);
        }

        if ((span[BitsOffset] & 0xC0) != 0xC0)
        {
            Context.Report(PstCheckRules.RowBits, _owner.Place, number);
        }

        for (int i = 0; i < _columns.Length; i++)
        {
            TableColumn column = _columns[i];
            if (TableShape.IsReference(column.Tag.Type) && (span[BitsOffset + (column.Bit >> 3)] & (0x80 >> (column.Bit & 7))) != 0)
            {
                CheckCell(_heaps[i] ?? _owner, column.Tag, own, new HeapOrNodeId(BinaryPrimitives.ReadUInt32LittleEndian(span[column.Offset..])));
            }
        }
    }

    private void CheckCell(NodeObject owner, PropertyTag tag, uint row, HeapOrNodeId id)
    {
        if (id.IsNone)
        {
            return;
        }

        bool exists = owner.TryGetValue(id, wantBytes: false, out long length, out _);
        int size = PropertyTypes.IsMultiple(tag.Type) ? 0 : PropertyTypes.FixedSize(tag.Type);
        if (!exists || (size > 0 && length != size))
        {
            Context.Report(PstCheckRules.Cell, _owner.Place, tag.Value, row, id.Value);
        }

        if (exists && owner.TryUse(id))
        {
            ValueCheck.Check(owner, tag, id);
        }
    }

    private void Complete()
    {
        _owner.Heap.CheckLeaks();
        _owner.Subnodes.CheckUses(Context, _owner.Place);
        foreach (NodeObject? heap in _heaps)
        {
            heap?.Heap.CheckLeaks();
        }
    }
}
