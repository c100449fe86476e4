using System.Text;
using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ltp.Editing;
using PstMigration.Pst.Messaging;
using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Pst.Tests.Ltp.Editing;

public sealed class TableContextEditorTests
{
    private static readonly NodeId s_node = new(NodeIdType.ContentsTable, 0x500);
    private static readonly TextDecoder s_text = new(() => Encoding.ASCII);

    [Theory]
    [InlineData(1, 12)]
    [InlineData(2, 100)]
    [InlineData(3, 3000)]
    public void Random_changes_leave_what_a_dictionary_would_hold(int seed, int ids)
    {
        Random random = new(seed);
        MemoryNodeStore store = NewTable();
        Dictionary<uint, Dictionary<PropertyTag, PropertyValue>> model = [];
        List<PropertyTag> columns = [.. TableTemplates.Contents.Columns.Where(c => !TableContext.IsRowBookkeeping(c)).Select(c => c.Tag)];
        TableContextEditor table = TableContextEditor.Open(store, s_node);
        uint version = 0;
        int steps = TestScale.Of(2000);
        for (int step = 0; step < steps; step++)
        {
            uint id = (uint)random.Next(1, ids) * 32;
            bool grows = step / (steps * 3 / 10) % 2 == 0;
            switch (random.Next(100))
            {
                case 0:
                    Save(store, table);
                    Compare(store, model);
                    table = TableContextEditor.Open(store, s_node);
                    break;
                case < 3:
                    Save(store, table);
                    break;
                case var choice when choice < (grows ? 75 : 35):
                    PropertyList cells = Cells(random, columns);
                    if (model.TryGetValue(id, out Dictionary<PropertyTag, PropertyValue>? row))
                    {
                        Assert.True(table.UpdateRow(id, ++version, cells));
                    }
                    else
                    {
                        model.Add(id, row = []);
                        table.AddRow(id, ++version, cells);
                    }

                    Apply(row, cells, version);
                    break;
                default:
                    Assert.Equal(model.Remove(id), table.RemoveRow(id));
                    break;
            }

            Assert.Equal(model.Count, table.RowCount);
            Assert.Equal(model.ContainsKey(id), table.Contains(id));
            if (step % 500 == 499)
            {
                Save(store, table);
                Compare(store, model);
                EditedFile.Check(store);
            }
        }
    }

    [Fact]
    public void A_table_of_many_rows_takes_a_further_one_for_a_handful_of_blocks()
    {
        MemoryNodeStore store = NewTable();
        TableContextEditor table = TableContextEditor.Open(store, s_node);
        PropertyList cells = new();
        cells.Set(0x0037, PropertyValue.FromString("a subject of usual length"));
        for (uint id = 1; id <= 30_000; id++)
        {
            table.AddRow(id, id, cells);
        }

        Save(store, table);
        store.ResetCounts();
        table = TableContextEditor.Open(store, s_node);
        table.AddRow(30_001, 30_001, cells);
        table.Save();

        Assert.InRange(store.Reads, 1, 20);
        Assert.InRange(store.Writes, 1, 12);
        store.Verify();
        EditedFile.Check(store);
    }

    [Fact]
    public void Ascending_ids_fill_the_leaves_of_the_index()
    {
        MemoryNodeStore store = NewTable();
        TableContextEditor table = TableContextEditor.Open(store, s_node);
        for (uint id = 1; id <= 447 * 5; id++)
        {
            table.AddRow(id, id, new PropertyList());
        }

        Save(store, table);
        using NodeReader node = NodeReader.Open(store, s_node);
        BTreeOnHeap index = BTreeOnHeap.Open(node.Heap, HeapId.First, 4, 4);
        Assert.Equal(5, index.ListLeaves(store.Damage).Count);
    }

    [Fact]
    public void Rows_come_and_go_and_nothing_stays_but_the_header()
    {
        MemoryNodeStore store = NewTable();
        TableContextEditor table = TableContextEditor.Open(store, s_node);
        long length = DataTree.Open(store, table.Node.Data).Length;
        Random random = new(5);
        List<PropertyTag> columns = [.. TableTemplates.Contents.Columns.Select(c => c.Tag)];
        for (uint id = 1; id <= 2000; id++)
        {
            table.AddRow(id, id, Cells(random, columns));
        }

        Save(store, table);
        for (uint id = 1; id <= 2000; id++)
        {
            Assert.True(table.RemoveRow((id * 7 % 2000) + 1));
        }

        Save(store, table);

        Assert.Equal(1, store.BlockCount);
        Assert.Equal(0, table.RowCount);
        Assert.InRange(DataTree.Open(store, table.Node.Data).Length, length, length + 8000);
        EditedFile.Check(store);
    }

    [Fact]
    public void A_row_the_index_has_lost_is_not_written_over()
    {
        MemoryNodeStore store = NewTable();
        TableContextEditor table = TableContextEditor.Open(store, s_node);
        table.AddRow(32, 1, new PropertyList());
        table.AddRow(64, 1, new PropertyList());
        Save(store, table);
        HeapEditor heap = HeapEditor.Open(store, table.Node.Data);
        TableHeader header = TableHeader.Read(heap.GetItem(heap.Header.Root));
        new TableRowIndexEditor(heap, header.RowIndex).Remove(64);
        store.SetNode(s_node, heap.Save(), default);

        Assert.Throws<PstException>(() => TableContextEditor.Open(store, s_node));
    }

    // libpff looks for subnodes by what stands in cells that are not there.
    [Fact]
    public void Rows_that_come_back_to_the_heap_have_nothing_in_cells_that_are_not_there()
    {
        MemoryNodeStore store = NewTable();
        TableContextEditor table = TableContextEditor.Open(store, s_node);
        for (uint id = 1; id <= 100; id++)
        {
            table.AddRow(id, id, new PropertyList());
        }

        Save(store, table);
        TableColumn column = table.Columns.First(c => c.Tag.Type == PropertyType.String);
        HeapEditor heap = HeapEditor.Open(store, table.Node.Data);
        TableHeader header = TableHeader.Read(heap.GetItem(heap.Header.Root));
        Assert.False(header.Rows.IsHeapItem);
        NodeEditor node = NodeEditor.Open(store, s_node);
        RowMatrixEditor matrix = new(node, heap, header.RowSize, header.Rows);
        byte[] row = matrix.Get(0).ToArray();
        row.AsSpan(column.Offset, column.Length).Fill(0xA5);
        matrix.Set(0, row);
        matrix.Save();
        node.Save();

        table = TableContextEditor.Open(store, s_node);
        for (uint id = 2; id <= 100; id++)
        {
            Assert.True(table.RemoveRow(id));
        }

        Save(store, table);
        heap = HeapEditor.Open(store, table.Node.Data);
        header = TableHeader.Read(heap.GetItem(heap.Header.Root));
        Assert.True(header.Rows.IsHeapItem);
        Assert.Equal(new byte[column.Length], heap.GetItem(header.Rows.HeapItem).Slice(column.Offset, column.Length).ToArray());
    }

    [Fact]
    public void A_row_of_an_id_that_is_there_is_refused()
    {
        TableContextEditor table = TableContextEditor.Open(NewTable(), s_node);
        table.AddRow(32, 1, new PropertyList());

        Assert.Throws<InvalidOperationException>(() => table.AddRow(32, 2, new PropertyList()));
        Assert.False(table.UpdateRow(64, 2, new PropertyList()));
        Assert.False(table.RemoveRow(64));
    }

    [Fact]
    public void Beyond_its_limits_a_table_still_lists_every_row()
    {
        MemoryNodeStore store = NewTable();
        TableContextEditor table = TableContextEditor.Open(store, s_node, new TableLimits(2, 3));
        Random random = new(6);
        List<PropertyTag> columns = [.. TableTemplates.Contents.Columns.Select(c => c.Tag)];
        for (uint id = 1; id <= 500; id++)
        {
            table.AddRow(id, id, Cells(random, columns));
        }

        Save(store, table);
        EditedFile.Check(store);
        using NodeReader node = NodeReader.Open(store, s_node);
        using TableContext reader = TableContext.Open(node);
        Assert.Equal(500, reader.ListRows().Count);
        Assert.InRange(node.Subnodes.Entries.Count, 1, 4);
    }

    private static MemoryNodeStore NewTable()
    {
        MemoryNodeStore store = new();
        store.AddNode(s_node, new WrittenNode(store.WriteData(TableContextBuilder.Empty(TableTemplates.Contents)), default, 0));
        return store;
    }

    private static PropertyList Cells(Random random, List<PropertyTag> columns)
    {
        PropertyList cells = new();
        int share = random.Next(1, 5);
        foreach (PropertyTag tag in columns)
        {
            if (random.Next(share) == 0)
            {
                cells.Set(tag, RandomValues.OfType(random, tag.Type));
            }
        }

        return cells;
    }

    private static void Apply(Dictionary<PropertyTag, PropertyValue> row, PropertyList cells, uint version)
    {
        row[TableLayout.RowVersion] = PropertyValue.FromInt32((int)version);
        foreach (PropertyTag tag in cells.ToTags())
        {
            cells.TryGet(tag, out PropertyValue value);
            row.Remove(tag);
            if (!PropertyValueWriter.IsEmpty(value))
            {
                row.Add(tag, value);
            }
        }
    }

    private static void Save(MemoryNodeStore store, TableContextEditor table)
    {
        table.Save();
        store.Verify();
    }

    private static void Compare(MemoryNodeStore store, Dictionary<uint, Dictionary<PropertyTag, PropertyValue>> model)
    {
        using NodeReader node = NodeReader.Open(store, s_node);
        using TableRows rows = new(node, TableContext.Open(node));
        TableContext table = rows.Context;
        Assert.Equal(Enumerable.Range(0, model.Count), rows.Ids.Select(r => r.Number));
        foreach (TableRowId id in rows.Ids)
        {
            byte[] row = table.GetRow(id.Number).ToArray();
            Dictionary<PropertyTag, PropertyValue> expected = model[id.Id];
            foreach (TableColumn column in table.Columns.Where(c => c.Tag != TableLayout.RowId))
            {
                Assert.Equal(expected.TryGetValue(column.Tag, out PropertyValue value), table.TryRead(row, column, s_text, out PropertyValue actual));
                RandomValues.AssertEqual(value, actual);
            }
        }
    }
}
