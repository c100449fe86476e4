using System.Buffers.Binary;
using PstMigration.Mapi;
using PstMigration.Pst.Ndb;

namespace PstMigration.Pst.Ltp.Editing;

/// <summary>
/// A table context being changed ([MS-PST] 2.3.4), row by row: a change costs the blocks it touches, however many rows there are.
/// What is read is what was set; nothing of it lasts before <see cref="Save"/>. For one thread.
/// </summary>
internal sealed class TableContextEditor
{
    private readonly NodeEditor _node;
    private readonly HeapEditor _heap;
    private readonly TableRowIndexEditor _index;
    private readonly TableLimits _limits;
    private HeapId _headerItem;
    private readonly RowMatrixEditor _matrix;
    private TableHeader _header;
    private readonly TableColumn[] _columns;

    private TableContextEditor(NodeEditor node, HeapEditor heap, TableHeader header, TableColumn[] columns, TableLimits limits)
    {
        _node = node;
        _limits = limits;
        _heap = heap;
        _headerItem = heap.Header.Root;
        _header = header;
        _columns = columns;
        _index = new TableRowIndexEditor(heap, header.RowIndex);
        _matrix = new RowMatrixEditor(node, heap, header.RowSize, header.Rows);
    }

    /// <summary>The node.</summary>
    public NodeEditor Node => _node;

    /// <summary>Rows.</summary>
    public int RowCount => _matrix.Count;

    /// <summary>The columns in the order of the table.</summary>
    public IReadOnlyList<TableColumn> Columns => _columns;

    private TableCells Cells => new(_node, _header.EndOf1Byte);

    private TableCellWriter Writer => new(_heap, _node, _limits, keepsEmptyCells: false);

    /// <summary>Opens the table of a node of the file.</summary>
    /// <exception cref="PstException">PstNoSuchNode; PstDamaged as below.</exception>
    public static TableContextEditor Open(INodeStore store, NodeId id, TableLimits? limits = null) => Open(NodeEditor.Open(store, id), limits);

    /// <summary>Opens the table of a node or subnode.</summary>
    /// <param name="node">The node.</param>
    /// <param name="limits">Beyond these cells of variable size are left out; the item itself always has the values. Null for the format's.</param>
    /// <exception cref="PstException">
    /// PstDamaged, also where columns share a place or index and rows do not agree, so that no row could be trusted.
    /// </exception>
    public static TableContextEditor Open(NodeEditor node, TableLimits? limits = null)
    {
        HeapEditor heap = HeapEditor.Open(node.Store, node.Data);
        TableHeader header = TableContext.ReadHeader(heap, heap.Header, node, out ReadOnlySpan<byte> columns);
        TableContextEditor table = new(node, heap, header, TableContext.ReadColumns(columns, header, node, heap.Offset), limits ?? TableLimits.Format);
        if (table._columns.Length < header.ColumnCount || header.EndOf4Byte > header.EndOf2Byte || header.EndOf2Byte > header.EndOf1Byte
            || !TableLayout.FromTable(header, table._columns).IsSound)
        {
            throw table.Damaged(PstDamageReason.LimitExceeded);
        }

        table.CheckRowCount();
        return table;
    }

    /// <summary>Whether there is a row with an id.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public bool Contains(uint id) => TryFindRow(id, out _);

    /// <summary>Finds the number of the row with an id.</summary>
    /// <exception cref="PstException">PstDamaged, also where the index leads to no row, or to another.</exception>
    public bool TryFindRow(uint id, out int row)
    {
        if (!_index.TryFind(id, out row))
        {
            return false;
        }

        return row >= 0 && row < RowCount && BinaryPrimitives.ReadUInt32LittleEndian(_matrix.Get(row)) == id
            ? true
            : throw Damaged(PstDamageReason.DanglingReference);
    }

    /// <summary>The ids and numbers of all rows, by ascending id.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public List<TableRowId> ListRows() => _index.List();

    /// <summary>The column of a property, or null.</summary>
    public TableColumn? FindColumn(ushort property)
    {
        int index = Array.FindIndex(_columns, c => c.Tag.Id == property);
        return index < 0 ? null : _columns[index];
    }

    /// <summary>Reads a cell; false where there is no such row, column or cell, or it cannot be read.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public bool TryRead(uint id, ushort property, TextDecoder text, out PropertyValue value)
    {
        value = default;
        return TryFindRow(id, out int row)
            && FindColumn(property) is TableColumn column
            && Cells.TryRead(_matrix.Get(row).ToArray(), column, _heap, text, out value);
    }

    /// <summary>Adds a row.</summary>
    /// <param name="id">Unique within the table.</param>
    /// <param name="version">dwUnique, bumped.</param>
    /// <param name="values">The cells: every column whose tag and type it has, and which is not empty.</param>
    /// <exception cref="InvalidOperationException">There is a row with that id.</exception>
    /// <exception cref="PstException">PstHeapFull, PstTooManySubnodes, PstDamaged.</exception>
    public void AddRow(uint id, uint version, PropertyList values)
    {
        if (TryFindRow(id, out _))
        {
            throw new InvalidOperationException("The table has a row of that id.");
        }

        byte[] row = new byte[_header.RowSize];
        try
        {
            foreach (TableColumn column in _columns)
            {
                if (Writer.TryWrite(row.AsSpan(column.Offset, column.Length), column.Tag, id, version, values))
                {
                    Cells.SetHas(row, column, true);
                }
            }

            _index.Set(id, RowCount);
        }
        catch
        {
            FreeCells(row);
            throw;
        }

        _matrix.Append(row);
    }

    /// <summary>
    /// Changes cells of a row: those of the columns whose tag and type are among the values. An empty value takes the cell away. All other
    /// cells stay as they are.
    /// </summary>
    /// <param name="id">The row.</param>
    /// <param name="version">dwUnique, bumped.</param>
    /// <param name="values">The cells.</param>
    /// <returns>Whether there is such a row.</returns>
    /// <exception cref="PstException">PstHeapFull, PstTooManySubnodes, PstDamaged.</exception>
    public bool UpdateRow(uint id, uint version, PropertyList values)
    {
        if (!TryFindRow(id, out int number))
        {
            return false;
        }

        byte[] row = _matrix.Get(number).ToArray();
        foreach (TableColumn column in _columns)
        {
            if (column.Tag == TableLayout.RowVersion || values.TryGet(column.Tag, out _))
            {
                UpdateCell(row, column, id, version, values);
            }
        }

        _matrix.Set(number, row);
        return true;
    }

    /// <summary>Takes a row away; the last row takes its number.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="PstException">PstHeapFull, PstDamaged.</exception>
    public bool RemoveRow(uint id)
    {
        if (!TryFindRow(id, out int number))
        {
            return false;
        }

        FreeCells(_matrix.Get(number).ToArray());
        _index.Remove(id);
        int last = RowCount - 1;
        if (number < last)
        {
            byte[] moved = _matrix.Get(last).ToArray();
            _index.Set(BinaryPrimitives.ReadUInt32LittleEndian(moved), number);
            _matrix.Set(number, moved);
        }

        _matrix.Truncate(last);
        return true;
    }

    /// <summary>Writes what changed and gives the node its new blocks; the parent of a subnode has to be saved after it.</summary>
    /// <exception cref="PstException">PstDamaged and what writing throws.</exception>
    public void Save()
    {
        HeapOrNodeId rows = _matrix.Save();
        if (rows != _header.Rows)
        {
            if (rows.IsHeapItem && !_header.Rows.IsHeapItem)
            {
                ClearAbsentCells();
            }

            WriteHeader(_header with { Rows = rows });
        }

        _node.SetData(_heap.Save());
        _node.Save();
    }

    private void UpdateCell(byte[] row, in TableColumn column, uint id, uint version, PropertyList values)
    {
        Span<byte> cell = stackalloc byte[sizeof(long)];
        cell = cell[..column.Length];
        cell.Clear();
        if (Reference(Cells, row, column) is { IsHeapItem: true } old)
        {
            _heap.Prefer(old.HeapItem);
        }

        bool has = Writer.TryWrite(cell, column.Tag, id, version, values);
        FreeCell(row, column);
        cell.CopyTo(row.AsSpan(column.Offset));
        Cells.SetHas(row, column, has);
    }

    private void FreeCells(byte[] row)
    {
        foreach (TableColumn column in _columns)
        {
            FreeCell(row, column);
        }
    }

    private void FreeCell(byte[] row, in TableColumn column)
    {
        // In a damaged file a cell may name what is no value.
        if (Reference(Cells, row, column) is not HeapOrNodeId value || value == _matrix.Place
            || (value.IsHeapItem && (value.HeapItem == _headerItem || _index.IsPart(value.HeapItem))))
        {
            return;
        }

        if (value.IsHeapItem)
        {
            _heap.Free(value.HeapItem);
        }
        else
        {
            _node.RemoveSubnode(value.Node);
        }
    }

    // What a cell refers to; null for a cell that is not there or holds its value itself.
    private static HeapOrNodeId? Reference(TableCells cells, byte[] row, in TableColumn column) =>
        cells.Has(row, column) && TableCellWriter.IsReference(column.Tag.Type)
        && new HeapOrNodeId(BinaryPrimitives.ReadUInt32LittleEndian(row.AsSpan(column.Offset))) is { IsNone: false } value
            ? value
            : null;

    // Rows come back to the heap, and with them the last subnode may be gone. Some readers take whatever stands in a cell that is not there for a subnode and fail
    // where there are none at all.
    private void ClearAbsentCells()
    {
        for (int i = 0; i < RowCount; i++)
        {
            byte[] row = _matrix.Get(i).ToArray();
            foreach (TableColumn column in _columns)
            {
                if (column.Offset >= TableRowId.KeySize && !Cells.Has(row, column))
                {
                    row.AsSpan(column.Offset, column.Length).Clear();
                }
            }

            _matrix.Set(i, row);
        }
    }

    private void WriteHeader(TableHeader header)
    {
        _header = header;
        HeapId item = _headerItem;
        Span<byte> target = _heap.Resize(ref item, TableHeader.Size + (_columns.Length * TableColumn.Size));
        header.Write(target);
        for (int i = 0; i < _columns.Length; i++)
        {
            _columns[i].Write(target[(TableHeader.Size + (i * TableColumn.Size))..]);
        }

        if (item != _headerItem)
        {
            _heap.SetRoot(item);
            _headerItem = item;
        }
    }

    // The last row is known to the index under its number. Where it is not, as with rows left over, all of the index has to be looked at.
    private void CheckRowCount()
    {
        if (RowCount > 0
            && _index.TryFind(BinaryPrimitives.ReadUInt32LittleEndian(_matrix.Get(RowCount - 1)), out int number)
            && number == RowCount - 1)
        {
            return;
        }

        List<TableRowId> rows = ListRows();
        rows.Sort(static (a, b) => a.Number.CompareTo(b.Number));
        for (int i = 0; i < rows.Count; i++)
        {
            if (rows[i].Number != i || i >= RowCount)
            {
                throw Damaged(PstDamageReason.LengthMismatch);
            }
        }

        for (int i = rows.Count; i < RowCount; i++)
        {
            // One that is a copy of another, or empty, is left over. Any other the index has lost, and its room is not to be had.
            uint id = BinaryPrimitives.ReadUInt32LittleEndian(_matrix.Get(i));
            if (id != 0 && !_index.TryFind(id, out _))
            {
                throw Damaged(PstDamageReason.LengthMismatch);
            }
        }

        if (rows.Count < RowCount)
        {
            _matrix.Truncate(rows.Count);
        }
    }

    private PstException Damaged(PstDamageReason reason) =>
        PstException.Damaged(PstStructure.TableContext, reason, _heap.Offset, _node.Id);
}
