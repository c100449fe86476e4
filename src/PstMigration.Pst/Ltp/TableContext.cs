using System.Buffers.Binary;
using PstMigration.Mapi;
using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ltp;

/// <summary>
/// A table context ([MS-PST] 2.3.4). Rows are read block by block; cells are decoded when asked for. For one thread; lives as
/// long as its node reader.
/// </summary>
internal sealed class TableContext : IDisposable
{
    private const int MinRowSize = 8;
    private const ushort RowIdProperty = 0x67F2;
    private const ushort RowVersionProperty = 0x67F3;

    // Of a 4K contents table, two columns have heaps of their own in these subnodes.
    private static readonly (ushort Property, NodeId Heap)[] s_columnHeaps = [(0x0042, new NodeId(0x541)), (0x3013, new NodeId(0x521))];

    private readonly NodeReader _node;
    private readonly Heap _heap;
    private readonly TableHeader _header;
    private readonly TableColumn[] _columns;
    private readonly List<(ushort Property, Heap Heap)> _columnHeaps = [];
    private readonly DataTree? _matrix;
    private PooledBlock? _block;
    private int _blockIndex = -1;

    private TableContext(NodeReader node, TableHeader header, TableColumn[] columns)
    {
        _node = node;
        _heap = node.Heap;
        _header = header;
        _columns = columns;
        if (!header.Rows.IsNone && !header.Rows.IsHeapItem)
        {
            _matrix = node.Subnodes.TryFind(header.Rows.Node, out SubnodeEntry subnode)
                ? DataTree.Open(node.Database, subnode.Data)
                : throw Damaged(PstDamageReason.DanglingReference);
        }

        OpenColumnHeaps();
    }

    /// <summary>The columns whose place in the row is sound.</summary>
    public IReadOnlyList<TableColumn> Columns => _columns;

    private TableCells Cells => new(_node, _header.EndOf1Byte);

    /// <summary>Whether a column holds a row's id or version: the table's own, no property of what it lists.</summary>
    public static bool IsRowBookkeeping(in TableColumn column) => column.Tag.Id is RowIdProperty or RowVersionProperty;

    /// <summary>Opens the table in a node's heap.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public static TableContext Open(NodeReader node)
    {
        Heap heap = node.Heap;
        TableHeader header = ReadHeader(heap, heap.Header, node, out ReadOnlySpan<byte> columns);
        return new TableContext(node, header, ReadColumns(columns, header, node, heap.Offset));
    }

    /// <summary>Reads TCINFO and makes sure of what it says of rows and columns.</summary>
    /// <param name="heap">The table's heap.</param>
    /// <param name="heapHeader">The header of that.</param>
    /// <param name="node">The table's node.</param>
    /// <param name="columns">The bytes of all TCOLDESCs.</param>
    /// <exception cref="PstException">PstDamaged.</exception>
    public static TableHeader ReadHeader(IHeapReader heap, HeapHeader heapHeader, ISubnodeReader node, out ReadOnlySpan<byte> columns)
    {
        if (heapHeader.Client != HeapSignature.TableContext)
        {
            throw PstException.Damaged(PstStructure.TableContext, PstDamageReason.WrongType, heap.Offset, node.Id);
        }

        ReadOnlySpan<byte> item = heap.GetItem(heapHeader.Root);
        if (item.Length < TableHeader.Size)
        {
            throw PstException.Damaged(PstStructure.TableContext, PstDamageReason.LengthMismatch, heap.Offset, node.Id);
        }

        TableHeader header = TableHeader.Read(item);
        if (header.Type != TableHeader.ExpectedType)
        {
            throw PstException.Damaged(PstStructure.TableContext, PstDamageReason.WrongType, heap.Offset, node.Id);
        }

        columns = item[TableHeader.Size..];
        return header.RowSize >= MinRowSize && header.RowSize <= node.Database.Layout.MaxBlockData
            && header.EndOf1Byte < header.RowSize && columns.Length >= header.ColumnCount * TableColumn.Size
            ? header
            : throw PstException.Damaged(PstStructure.TableContext, PstDamageReason.LimitExceeded, heap.Offset, node.Id);
    }

    /// <summary>
    /// Reads the columns whose place in the row is sound: a cell must be in the part of its size class, have the size of its type and a bit
    /// among the row's existence bits. Others are recorded.
    /// </summary>
    public static TableColumn[] ReadColumns(ReadOnlySpan<byte> bytes, TableHeader header, ISubnodeReader node, long offset)
    {
        List<TableColumn> columns = new(header.ColumnCount);
        for (int i = 0; i < header.ColumnCount; i++)
        {
            TableColumn column = TableColumn.Read(bytes[(i * TableColumn.Size)..]);
            int size = PropertyTypes.FixedSize(column.Tag.Type) is int fixedSize and (1 or 2 or 8) ? fixedSize : 4;
            if (column.Length == size && column.Offset + size <= header.EndOf1Byte && header.EndOf1Byte + (column.Bit >> 3) < header.RowSize)
            {
                columns.Add(column);
            }
            else
            {
                node.Database.Damage.Add(PstStructure.TableContext, PstDamageReason.LimitExceeded, offset, node.Id);
            }
        }

        return [.. columns];
    }

    /// <summary>The column of a property, or null.</summary>
    public TableColumn? FindColumn(ushort property)
    {
        foreach (TableColumn column in _columns)
        {
            if (column.Tag.Id == property)
            {
                return column;
            }
        }

        return null;
    }

    /// <summary>The ids and numbers of all rows: see <see cref="EnumerateRows"/>.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public List<TableRowId> ListRows() => [.. EnumerateRows()];

    /// <summary>
    /// The ids and numbers of the rows, in the order they are stored. The index of rows is read on as rows are asked for, for as long
    /// as it has them in that order too; the rest of it is read at once. Where it cannot be read, the rows are looked through instead.
    /// </summary>
    /// <exception cref="PstException">PstDamaged, where no more rows can be found by either.</exception>
    public IEnumerable<TableRowId> EnumerateRows()
    {
        int next = 0;
        List<TableRowId> later = [];
        List<TableRowId> records = [];
        bool isReadable = TryListIndex(out BTreeOnHeap index, out List<HeapId> leaves);
        for (int i = 0; isReadable && i < leaves.Count; i++)
        {
            isReadable = TryReadIndex(index, leaves[i], records);
            foreach (TableRowId row in records)
            {
                if (later.Count == 0 && row.Number == next)
                {
                    next++;
                    yield return row;
                }
                else
                {
                    later.Add(row);
                }
            }
        }

        later.Sort(static (a, b) => a.Number.CompareTo(b.Number));
        foreach (TableRowId row in isReadable ? later : ScanRows(next))
        {
            yield return row;
        }
    }

    /// <summary>Finds the number of the row with an id.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public bool TryFindRow(uint id, out int row)
    {
        BTreeOnHeap index = OpenIndex();
        bool found = index.TryFind(id, out ReadOnlySpan<byte> entry);
        row = found ? TableRowId.ReadNumber(entry) : -1;
        return found;
    }

    /// <summary>The bytes of a row; empty where there is none. They hold until the next row is asked for.</summary>
    /// <exception cref="PstException">PstDamaged: the block of the row cannot be read.</exception>
    public ReadOnlySpan<byte> GetRow(int row)
    {
        if (row < 0)
        {
            return default;
        }

        if (_matrix is null)
        {
            return _header.Rows.IsNone || !_heap.TryGetItem(_header.Rows.HeapItem, out ReadOnlySpan<byte> item) ? default : Slice(item, row);
        }

        int rowsPerBlock = _node.Database.Layout.MaxBlockData / _header.RowSize;
        int index = row / rowsPerBlock;
        if (index != _blockIndex)
        {
            if (!_matrix.HasFullLeafBefore(index))
            {
                return default;
            }

            _block?.Dispose();
            _block = null;
            _blockIndex = -1;
            _block = _matrix.ReadLeaf(index);
            _blockIndex = index;
        }

        return Slice(_block!.Value.Data, row % rowsPerBlock);
    }

    /// <summary>Reads a cell; false where the row has none or it cannot be read.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public bool TryRead(ReadOnlySpan<byte> row, in TableColumn column, TextDecoder text, out PropertyValue value) =>
        Cells.TryRead(row, column, HeapOf(column), text, out value);

    /// <summary>Reads all cells of a row but the table's own (row id and version).</summary>
    /// <param name="row">The row.</param>
    /// <param name="text">Decodes 8-bit text.</param>
    /// <param name="names">The names of local numbers.</param>
    /// <param name="budget">What may be read at once; null for as much as there is.</param>
    /// <param name="losses">Takes what was left out for that.</param>
    /// <exception cref="PstException">PstDamaged.</exception>
    public PropertyBag ReadAll(ReadOnlySpan<byte> row, TextDecoder text, NamedPropertyMap names, ValueBudget? budget = null, ICollection<ItemLoss>? losses = null)
    {
        PropertyBag bag = new(_columns.Length);
        foreach (TableColumn column in _columns)
        {
            if (IsRowBookkeeping(column) || !names.TryGetKey(column.Tag.Id, out PropertyKey key))
            {
                continue;
            }

            if (Cells.TryRead(row, column, HeapOf(column), text, out PropertyValue value, budget))
            {
                bag[key] = value;
            }
            else if (budget?.TakeRefused() == true)
            {
                losses?.Add(new ItemLoss(LossKind.TooLarge, key.ToString()));
            }
        }

        return bag;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _block?.Dispose();
        _block = null;
        _blockIndex = -1;
        foreach ((_, Heap heap) in _columnHeaps)
        {
            heap.Dispose();
        }

        _columnHeaps.Clear();
    }

    private void OpenColumnHeaps()
    {
        foreach ((ushort property, NodeId id) in s_columnHeaps)
        {
            if (_node.Subnodes.TryFind(id, out SubnodeEntry subnode) && FindColumn(property) is not null)
            {
                _columnHeaps.Add((property, Heap.Open(_node.Database, subnode.Data)));
            }
        }
    }

    private Heap HeapOf(in TableColumn column)
    {
        foreach ((ushort property, Heap heap) in _columnHeaps)
        {
            if (property == column.Tag.Id)
            {
                return heap;
            }
        }

        return _heap;
    }

    // dwRowIndex has four bytes, in ANSI files two: the header says.
    private BTreeOnHeap OpenIndex() => BTreeOnHeap.Open(_heap, _header.RowIndex, keySize: 4, minEntrySize: 2);

    private bool TryListIndex(out BTreeOnHeap index, out List<HeapId> leaves)
    {
        try
        {
            index = OpenIndex();
            leaves = index.ListLeaves(_node.Database.Damage);
            return true;
        }
        catch (PstException e) when (e.Damage is not null)
        {
            _node.Database.Damage.Add(e, _node.Id);
            index = default;
            leaves = [];
            return false;
        }
    }

    private bool TryReadIndex(BTreeOnHeap index, HeapId leaf, List<TableRowId> rows)
    {
        rows.Clear();
        try
        {
            ReadOnlySpan<byte> records = index.ReadLeaf(leaf);
            for (int i = 0; i < records.Length; i += index.RecordSize)
            {
                rows.Add(new TableRowId(
                    BinaryPrimitives.ReadUInt32LittleEndian(records[i..]), TableRowId.ReadNumber(records.Slice(i + 4, index.EntrySize))));
            }

            return true;
        }
        catch (PstException e) when (e.Damage is not null)
        {
            _node.Database.Damage.Add(e, _node.Id);
            return false;
        }
    }

    private IEnumerable<TableRowId> ScanRows(int first)
    {
        for (int number = first; TryReadId(number, out uint id, out bool isRow); number++)
        {
            if (isRow)
            {
                yield return new TableRowId(id, number);
            }
        }
    }

    // Every row has its id and version; what has not is slack.
    private bool TryReadId(int number, out uint id, out bool isRow)
    {
        ReadOnlySpan<byte> row = GetRow(number);
        isRow = !row.IsEmpty && (row[_header.EndOf1Byte] & 0xC0) == 0xC0;
        id = isRow ? BinaryPrimitives.ReadUInt32LittleEndian(row) : 0;
        return !row.IsEmpty;
    }

    private ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> rows, int row)
    {
        long start = (long)row * _header.RowSize;
        return start + _header.RowSize <= rows.Length ? rows.Slice((int)start, _header.RowSize) : default;
    }

    private PstException Damaged(PstDamageReason reason) =>
        PstException.Damaged(PstStructure.TableContext, reason, _heap.Offset, _node.Id);
}
