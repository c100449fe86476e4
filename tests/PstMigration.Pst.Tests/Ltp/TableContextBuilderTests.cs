using System.Globalization;
using System.Text;
using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Messaging;
using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Files;
using PstMigration.Pst.Tests.Messaging;
using Xunit;

namespace PstMigration.Pst.Tests.Ltp;

public sealed class TableContextBuilderTests
{
    private static readonly TextDecoder s_text = new(() => Encoding.ASCII);
    private static readonly NodeId s_table = new(NodeIdType.ContentsTable, 0x500);

    [Fact]
    public void Cells_of_every_kind_read_back() => Build(
        table =>
        {
            for (uint id = 30; id > 0; id--)
            {
                table.AddRow(id, id + 100, Row(id));
            }
        },
        rows =>
        {
            Assert.Equal(30, rows.Ids.Count);
            foreach (TableRowId row in rows.Ids)
            {
                Assert.Equal("subject " + row.Id, Read(rows, row, PropertyTags.Subject).AsString());
                Assert.Equal(new string('x', (int)row.Id * 200), Read(rows, row, PropertyTags.DisplayTo).AsString());
                Assert.Equal((int)row.Id, Read(rows, row, PropertyTags.Importance).AsInt32());
                Assert.Equal((long)row.Id << 40, Read(rows, row, PropertyTags.ClientSubmitTime).Bits);
                Assert.Equal(row.Id % 2 == 0, Read(rows, row, new PropertyTag(0x0057, PropertyType.Boolean)).AsBoolean());
                Assert.Equal((int)row.Id + 100, Read(rows, row, TableLayout.RowVersion).AsInt32());
                Assert.Equal(PropertyType.Unspecified, Read(rows, row, PropertyTags.DisplayCc).Type);
            }
        });

    [Theory]
    [InlineData(1, int.MaxValue)]
    [InlineData(int.MaxValue, 3)]
    public void Beyond_its_limits_a_table_still_lists_every_row(int heapBlocks, int subnodes) => Build(
        table =>
        {
            for (uint id = 1; id <= 2000; id++)
            {
                table.AddRow(id, id, Row(id % 30));
            }
        },
        rows =>
        {
            Assert.Equal(2000, rows.Ids.Count);
            int withText = 0;
            foreach (TableRowId row in rows.Ids)
            {
                Assert.Equal((int)row.Id % 30, Read(rows, row, PropertyTags.Importance).AsInt32());
                withText += Read(rows, row, PropertyTags.Subject).AsString() is null ? 0 : 1;
            }

            Assert.InRange(withText, 1, heapBlocks == 1 ? 100 : 200);
        },
        new TableLimits(heapBlocks, subnodes));

    private static PropertyList Row(uint number)
    {
        PropertyList row = new();
        row.Set(PropertyTags.Subject, PropertyValue.FromString("subject " + number.ToString(CultureInfo.InvariantCulture)));
        row.Set(PropertyTags.DisplayTo, PropertyValue.FromString(new string('x', (int)number * 200)));
        row.Set(PropertyTags.DisplayCc, PropertyValue.FromString(""));
        row.Set(PropertyTags.Importance, PropertyValue.FromInt32((int)number));
        row.Set(PropertyTags.ClientSubmitTime, PropertyValue.FromBits(PropertyType.Time, (long)number << 40));
        row.Set(0x0057, PropertyValue.FromBoolean(number % 2 == 0));
        return row;
    }

    private static PropertyValue Read(TableRows rows, TableRowId row, PropertyTag tag) =>
        rows.Context.FindColumn(tag.Id) is TableColumn column
        && rows.Context.TryRead(rows.Context.GetRow(row.Number), column, s_text, out PropertyValue value)
            ? value
            : default;

    private static void Build(Action<TableContextBuilder> fill, Action<TableRows> check, TableLimits? limits = null)
    {
        using TemporaryFolder folder = new();
        using (PartialFile partial = PartialFile.Create(folder.File("a.pst"), replace: false))
        {
            NdbWriter ndb = new(partial, PstEncoding.Permute);
            TableContextBuilder table = new(ndb, TableTemplates.Contents) { Limits = limits ?? TableLimits.Format };
            fill(table);
            ndb.AddNode(s_table, table.Complete());
            ndb.Complete();
            partial.Commit();
        }

        using DiskFileBytes file = new(folder.File("a.pst"));
        NodeDatabase database = NodeDatabase.Open(file, "a.pst", PstOpenOptions.Default);
        Assert.True(database.TryFindNode(s_table, out NodeEntry entry));
        using NodeReader node = NodeReader.Open(database, entry);
        using TableRows rows = new(node, TableContext.Open(node));
        check(rows);
    }
}
