using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using Xunit;

namespace PstMigration.Pst.Tests.Ltp;

public sealed class TableLayoutTests
{
    [Fact]
    public void The_templates_have_the_sizes_of_Outlooks()
    {
        Assert.Equal((13, 52, 52, 53, 55), Sizes(TableTemplates.Hierarchy));
        Assert.Equal((28, 120, 120, 122, 126), Sizes(TableTemplates.Contents));
        Assert.Equal((15, 56, 56, 57, 59), Sizes(TableTemplates.AssociatedContents));
        Assert.Equal((19, 72, 72, 75, 78), Sizes(TableTemplates.SearchContents));
        Assert.Equal((4, 16, 16, 16, 17), Sizes(TableTemplates.ReceiveFolders));
        Assert.Equal((5, 24, 24, 24, 25), Sizes(TableTemplates.OutgoingQueue));
        Assert.Equal((6, 24, 24, 24, 25), Sizes(TableTemplates.Attachments));
        Assert.Equal((14, 48, 48, 50, 52), Sizes(TableTemplates.Recipients));
    }

    [Fact]
    public void An_empty_contents_table_is_the_one_Outlook_writes() =>
        Assert.Equal(0x10A + 4 + 6, TableContextBuilder.Empty(TableTemplates.Contents).Length);

    [Fact]
    public void More_columns_go_to_the_ends_of_their_groups()
    {
        TableLayout layout = TableTemplates.Recipients.Extend(
        [
            new PropertyTag(0x39FE, PropertyType.String),
            new PropertyTag(0x3A40, PropertyType.Boolean),
            new PropertyTag(0x6000, PropertyType.Integer16),
            new PropertyTag(0x6001, PropertyType.Time),
            new PropertyTag(0x6002, PropertyType.Boolean),
        ]);

        Assert.Equal((18, 60, 62, 65, 68), Sizes(layout));
        Assert.Equal((48, 14), Place(layout, 0x39FE));
        Assert.Equal((60, 15), Place(layout, 0x6000));
        Assert.Equal((52, 16), Place(layout, 0x6001));
        Assert.Equal((64, 17), Place(layout, 0x6002));
        Assert.Equal((62, 2), Place(layout, 0x0E0F));
        Assert.Equal((24, 7), Place(layout, 0x0C15));
    }

    [Fact]
    public void More_columns_than_a_byte_counts_are_refused()
    {
        PstException e = Assert.Throws<PstException>(() =>
            TableTemplates.Recipients.Extend(Enumerable.Range(0x6000, 242).Select(i => new PropertyTag((ushort)i, PropertyType.String))));

        Assert.Equal("PstTooManyColumns", e.Id);
    }

    private static (int, int, int, int, int) Sizes(TableLayout l) => (l.Columns.Count, l.EndOf4Byte, l.EndOf2Byte, l.EndOf1Byte, l.RowSize);

    private static (int, int) Place(TableLayout layout, ushort id)
    {
        TableColumn column = layout.Columns.Single(c => c.Tag.Id == id);
        return (column.Offset, column.Bit);
    }
}
