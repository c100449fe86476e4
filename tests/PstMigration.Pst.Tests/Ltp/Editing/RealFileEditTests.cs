using System.Text;
using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ltp.Editing;
using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Files;
using PstMigration.Tests;
using Xunit;
using Rows = System.Collections.Generic.SortedDictionary<uint, System.Collections.Generic.Dictionary<PstMigration.Mapi.PropertyTag, PstMigration.Mapi.PropertyValue>>;

namespace PstMigration.Pst.Tests.Ltp.Editing;

/// <summary>Tables and property contexts that other programs wrote are changed at random; what is not touched stays what it was.</summary>
public sealed class RealFileEditTests
{
    private const int NodesPerFile = 120;
    private const int Steps = 25;

    private static readonly TextDecoder s_text = new(() => Encoding.ASCII);

    [Theory]
    [MemberData(nameof(Files))]
    public void What_is_not_touched_stays(string? relative)
    {
        using DiskFileBytes file = new(TestData.Path(relative ?? ""));
        NodeDatabase database = NodeDatabase.Open(file, relative!, PstOpenOptions.Default);
        Assert.SkipWhen(database.Layout != PstLayout.Unicode, "Only Unicode files are written.");
        Random random = new(7);
        MemoryNodeStore store = new();
        int tables = 0;
        int contexts = 0;
        foreach (NodeEntry entry in database.EnumerateNodes().Where(n => !n.Data.IsNone).OrderBy(_ => random.Next()).Take(NodesPerFile))
        {
            store.CopyNode(database, entry);
            NodeEditor node = NodeEditor.Open(store, entry.Id);
            foreach (SubnodeEntry subnode in SubnodeTree.Open(store, node.SubnodeRoot).Entries)
            {
                if (subnode.Id.Type != NodeIdType.Ltp)
                {
                    Edit(store, node.OpenSubnode(subnode.Id), random, ref tables, ref contexts);
                }
            }

            node.Save();
            Edit(store, node, random, ref tables, ref contexts);
            store.Verify();
        }

        Assert.True(tables > 0 && contexts > 0);
        EditedFile.Check(store, isOwn: false);
    }

    public static IEnumerable<TheoryDataRow<string?>> Files() => TestData.Files("pst", ".pst", ".ost");

    private static void Edit(MemoryNodeStore store, NodeEditor node, Random random, ref int tables, ref int contexts)
    {
        HeapSignature? signature = SignatureOf(store, node.Data);
        if (signature == HeapSignature.TableContext)
        {
            EditTable(store, node, random);
            tables++;
        }
        else if (signature == HeapSignature.PropertyContext)
        {
            EditProperties(store, node, random);
            contexts++;
        }
    }

    private static HeapSignature? SignatureOf(MemoryNodeStore store, BlockId data)
    {
        if (data.IsNone)
        {
            return null;
        }

        using PooledBlock first = DataTree.Open(store, data).ReadLeaf(0);
        return first.Length >= HeapHeader.Size && first.Data[2] == HeapHeader.ExpectedSignature ? HeapHeader.Read(first.Data).Client : null;
    }

    private static void EditTable(MemoryNodeStore store, NodeEditor node, Random random)
    {
        TableContextEditor table = TableContextEditor.Open(node);
        Rows model = ReadRows(table);
        List<PropertyTag> columns = [.. table.Columns.Where(c => !TableContext.IsRowBookkeeping(c) && CanFill(c.Tag.Type)).Select(c => c.Tag)];
        for (int step = 0; step < Steps; step++)
        {
            uint id = model.Count > 0 && random.Next(2) == 0 ? model.Keys.ElementAt(random.Next(model.Count)) : (uint)random.Next(1 << 20) << 5;
            if (random.Next(3) == 0)
            {
                Assert.Equal(model.Remove(id), table.RemoveRow(id));
            }
            else
            {
                PropertyList cells = new();
                foreach (PropertyTag tag in columns.Where(_ => random.Next(3) == 0))
                {
                    cells.Set(tag, RandomValues.OfType(random, tag.Type));
                }

                if (model.TryGetValue(id, out Dictionary<PropertyTag, PropertyValue>? row))
                {
                    Assert.True(table.UpdateRow(id, 7, cells));
                }
                else
                {
                    model.Add(id, row = []);
                    table.AddRow(id, 7, cells);
                }

                Apply(row, cells);
            }

            if (random.Next(6) == 0)
            {
                table.Save();
            }
        }

        table.Save();
        Compare(model, ReadRows(table));
        using NodeReader reader = new(store, node.Id, node.Data, node.SubnodeRoot);
        Compare(model, ReadRows(reader));
    }

    private static void EditProperties(MemoryNodeStore store, NodeEditor node, Random random)
    {
        PropertyContextEditor editor = PropertyContextEditor.Open(node);
        Dictionary<ushort, PropertyValue> model = [];
        using NodeReader before = new(store, node.Id, node.Data, node.SubnodeRoot);
        foreach (PropertyTag tag in PropertyContext.Open(before).ReadList(s_text).ToTags())
        {
            if (editor.TryRead(tag.Id, s_text, out PropertyValue value))
            {
                model[tag.Id] = value;
            }
        }

        for (int step = 0; step < Steps; step++)
        {
            ushort id = random.Next(2) == 0 && model.Count > 0 ? model.Keys.ElementAt(random.Next(model.Count)) : (ushort)random.Next(0x6000, 0x6100);
            if (random.Next(3) == 0)
            {
                Assert.Equal(model.Remove(id), editor.Remove(id));
            }
            else
            {
                PropertyValue value = RandomValues.Next(random);
                editor.Set(id, value);
                model[id] = value;
            }

            if (random.Next(6) == 0)
            {
                editor.Save();
            }
        }

        editor.Save();
        using NodeReader reader = new(store, node.Id, node.Data, node.SubnodeRoot);
        PropertyContext context = PropertyContext.Open(reader);
        foreach (KeyValuePair<ushort, PropertyValue> pair in model)
        {
            Assert.True(context.TryRead(pair.Key, s_text, out PropertyValue value));
            RandomValues.AssertEqual(pair.Value, value);
        }
    }

    private static bool CanFill(PropertyType type) => type is PropertyType.String or PropertyType.Binary or PropertyType.Guid
        or PropertyType.MultipleInteger32 || PropertyTypes.FixedSize(type) is > 0 and <= 8;

    private static void Apply(Dictionary<PropertyTag, PropertyValue> row, PropertyList cells)
    {
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

    private static Rows ReadRows(TableContextEditor table)
    {
        Rows rows = [];
        foreach (TableRowId id in table.ListRows())
        {
            Dictionary<PropertyTag, PropertyValue> row = [];
            foreach (TableColumn column in table.Columns.Where(c => !TableContext.IsRowBookkeeping(c)))
            {
                if (table.TryRead(id.Id, column.Tag.Id, s_text, out PropertyValue value))
                {
                    row.Add(column.Tag, value);
                }
            }

            rows.Add(id.Id, row);
        }

        return rows;
    }

    private static Rows ReadRows(NodeReader node)
    {
        Rows rows = [];
        using TableContext table = TableContext.Open(node);
        foreach (TableRowId id in table.ListRows())
        {
            byte[] bytes = table.GetRow(id.Number).ToArray();
            Dictionary<PropertyTag, PropertyValue> row = [];
            foreach (TableColumn column in table.Columns.Where(c => !TableContext.IsRowBookkeeping(c)))
            {
                if (table.TryRead(bytes, column, s_text, out PropertyValue value))
                {
                    row.Add(column.Tag, value);
                }
            }

            rows.Add(id.Id, row);
        }

        return rows;
    }

    private static void Compare(Rows expected, Rows actual)
    {
        Assert.Equal(expected.Keys, actual.Keys);
        foreach (KeyValuePair<uint, Dictionary<PropertyTag, PropertyValue>> row in expected)
        {
            Assert.Equal(row.Value.Keys.OrderBy(t => t.Value), actual[row.Key].Keys.OrderBy(t => t.Value));
            foreach (KeyValuePair<PropertyTag, PropertyValue> cell in row.Value)
            {
                RandomValues.AssertEqual(cell.Value, actual[row.Key][cell.Key]);
            }
        }
    }
}
