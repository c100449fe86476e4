namespace PstMigration.Pst.Ltp.Editing;

/// <summary>The index of a table's rows being changed: which number the row with an id has ([MS-PST] 2.3.4.3).</summary>
internal sealed class TableRowIndexEditor(HeapEditor heap, HeapId header)
{
    // Only ANSI files have two bytes.
    private readonly BTreeOnHeapEditor _tree = BTreeOnHeapEditor.Open(
        heap, header, TableRowId.KeySize, heap.Layout.Format == PstFormat.Ansi ? sizeof(ushort) : sizeof(uint), sizeof(uint));

    /// <summary>Finds the number of the row with an id. In a damaged file there may be no such row.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public bool TryFind(uint id, out int number)
    {
        bool found = _tree.TryFind(id, out ReadOnlySpan<byte> entry);
        number = found ? TableRowId.ReadNumber(entry) : -1;
        return found;
    }

    /// <summary>All ids with their numbers, by ascending id.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public List<TableRowId> List()
    {
        List<TableRowId> rows = [];
        foreach (HeapId leaf in _tree.ListLeaves())
        {
            BTreeRecords records = _tree.ReadLeaf(leaf);
            for (int i = 0; i < records.Count; i++)
            {
                rows.Add(new TableRowId(records.Key(i), TableRowId.ReadNumber(records.Entry(i))));
            }
        }

        return rows;
    }

    /// <summary>Gives an id its number.</summary>
    /// <exception cref="PstException">PstHeapFull, PstDamaged.</exception>
    public void Set(uint id, int number)
    {
        Span<byte> entry = stackalloc byte[_tree.EntrySize];
        entry.Clear();
        TableRowId.WriteNumber(entry, number);
        _tree.Set(id, entry);
    }

    /// <summary>Takes an id away.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public void Remove(uint id) => _tree.Remove(id);

    /// <summary>Whether an item is the index's header or its root, which no value of a sound file is.</summary>
    public bool IsPart(HeapId id) => _tree.IsPart(id);
}
