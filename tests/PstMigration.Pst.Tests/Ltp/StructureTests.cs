using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb.Disk;
using Xunit;

namespace PstMigration.Pst.Tests.Ltp;

public class StructureTests
{
    [Fact]
    public void Heap_ids_split_by_variant()
    {
        Assert.Equal(0x10020u, HeapId.Create(1, 1, PstLayout.Unicode).Value);
        Assert.Equal(HeapId.First, HeapId.Create(0, 1, PstLayout.Ansi));
        Assert.Equal(1u << 19 | 3000 << 5, HeapId.Create(1, 3000, PstLayout.Unicode4K).Value);

        HeapId id = HeapId.Create(7, 2047, PstLayout.Unicode);
        Assert.Equal(7, id.Block(PstLayout.Unicode));
        Assert.Equal(2047, id.Index(PstLayout.Unicode));
    }

    [Fact]
    public void A_value_is_in_the_heap_or_in_a_subnode()
    {
        Assert.True(new HeapOrNodeId(0x40).IsHeapItem);
        Assert.False(new HeapOrNodeId(0x803F).IsHeapItem);
        Assert.Equal(new NodeId(0x803F), new HeapOrNodeId(0x803F).Node);
        Assert.True(new HeapOrNodeId(0).IsNone);
    }

    [Theory]
    [InlineData(0, 12)]
    [InlineData(1, 2)]
    [InlineData(7, 2)]
    [InlineData(8, 66)]
    [InlineData(9, 2)]
    [InlineData(135, 2)]
    [InlineData(136, 66)]
    [InlineData(264, 66)]
    public void Every_heap_block_has_the_header_of_its_place(int block, int size) => Assert.Equal(size, HeapHeader.SizeOf(block));

    // The root folder of a file by Outlook 365, byte for byte ([MS-PST] 2.3).
    [Fact]
    public void Reads_a_property_context_by_outlook()
    {
        byte[] node =
        [
            0x34, 0x00, 0xEC, 0xBC, 0x20, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
            0xB5, 0x02, 0x06, 0x00, 0x40, 0x00, 0x00, 0x00,
            0x01, 0x30, 0x1F, 0x00, 0x00, 0x00, 0x00, 0x00,
            0x02, 0x36, 0x03, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0x36, 0x03, 0x00, 0x00, 0x00, 0x00, 0x00, 0x0A, 0x36, 0x0B, 0x00, 0x01, 0x00, 0x00, 0x00,
            0x02, 0x00, 0x00, 0x00, 0x0C, 0x00, 0x14, 0x00, 0x34, 0x00,
        ];

        HeapHeader header = HeapHeader.Read(node);
        Assert.Equal(new HeapHeader(0x34, HeapHeader.ExpectedSignature, HeapSignature.PropertyContext, HeapId.First, 0), header);
        HeapPageMap map = HeapPageMap.Read(node.AsSpan(header.PageMapOffset));
        Assert.Equal(new HeapPageMap(2, 0), map);
        Assert.Equal(node.Length, header.PageMapOffset + map.Size);
        Assert.Equal(new BTreeOnHeapHeader(BTreeOnHeapHeader.ExpectedType, 2, 6, 0, new HeapId(0x40)), BTreeOnHeapHeader.Read(node.AsSpan(12)));
        Assert.Equal(new PropertyRecord(PropertyTags.Subfolders, 1), PropertyRecord.Read(node.AsSpan(44)));

        byte[] written = new byte[node.Length];
        header.Write(written);
        BTreeOnHeapHeader.Read(node.AsSpan(12)).Write(written.AsSpan(12));
        for (int i = 20; i < 52; i += PropertyRecord.Size)
        {
            PropertyRecord.Read(node.AsSpan(i)).Write(written.AsSpan(i));
        }

        map.Write(written.AsSpan(52));
        node.AsSpan(56).CopyTo(written.AsSpan(56));
        Assert.Equal(node, written);
    }

    [Fact]
    public void Table_structures_come_back()
    {
        byte[] bytes = new byte[TableHeader.Size];
        TableHeader header = new(TableHeader.ExpectedType, 13, 52, 52, 53, 55, HeapId.First, new HeapOrNodeId(0x3F));
        header.Write(bytes);
        Assert.Equal(header, TableHeader.Read(bytes));

        TableColumn column = new(PropertyTags.DisplayName, 8, 4, 2);
        column.Write(bytes);
        Assert.Equal(column, TableColumn.Read(bytes));
    }
}
