using PstMigration.Mapi;
using PstMigration.Pst.Ndb.Disk;
using Xunit;

namespace PstMigration.Pst.Tests.Ndb.Disk;

public class StructureTests
{
    public static TheoryData<PstFormat> Formats => [PstFormat.Ansi, PstFormat.Unicode, PstFormat.Unicode4K];

    [Theory]
    [InlineData(PstFormat.Ansi, 41, 41, 31, 8180, 2043, 0x3E000)]
    [InlineData(PstFormat.Unicode, 20, 20, 15, 8176, 1021, 0x3E000)]
    [InlineData(PstFormat.Unicode4K, 169, 169, 126, 65512, 8188, 0xFE8000)]
    public void Limits_follow_from_the_sizes(PstFormat format, int branch, int blocks, int nodes, int data, int children, long region)
    {
        PstLayout layout = PstLayout.For(format);

        Assert.Equal(branch, BTreePageMeta.For(0, layout.BTreeEntrySize, 1, layout).MaxCount);
        Assert.Equal(blocks, BTreePageMeta.For(0, layout.BlockEntrySize, 0, layout).MaxCount);
        Assert.Equal(nodes, BTreePageMeta.For(0, layout.NodeEntrySize, 0, layout).MaxCount);
        Assert.Equal(data, layout.MaxBlockData);
        Assert.Equal(children, layout.MaxDataTreeEntries);
        Assert.Equal(region, layout.AMapCoverage);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_header_comes_back_and_its_checksums_notice_a_change(PstFormat format)
    {
        PstLayout layout = PstLayout.For(format);
        PstHeader header = new()
        {
            Kind = PstKind.Ost,
            Version = 23,
            ClientVersion = 12,
            NextBlock = new BlockId(0x1234_5678),
            NextPage = new BlockId(0x777),
            Unique = 99,
            NodeCounters = [.. Enumerable.Range(1, 32).Select(i => (uint)i * 3)],
            Root = Root(),
            Encoding = PstEncoding.Cyclic,
        };
        byte[] bytes = [.. Enumerable.Repeat((byte)0xA5, layout.HeaderSize)];

        header.Write(bytes, layout);
        PstHeader read = PstHeader.Read(bytes, layout);

        Assert.Equal(header with { NodeCounters = read.NodeCounters }, read);
        Assert.Equal(header.NodeCounters, read.NodeCounters);
        Assert.True(PstHeader.HasMagic(bytes));
        Assert.True(PstHeader.HasValidChecksums(bytes, layout));
        Assert.Equal(0xA5, bytes[layout.HeaderFreeMaps]);
        bytes[20] ^= 1;
        Assert.False(PstHeader.HasValidChecksums(bytes, layout));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Tree_entries_come_back(PstFormat format)
    {
        PstLayout layout = PstLayout.For(format);
        byte[] bytes = new byte[64];
        BlockReference reference = new(new BlockId(0x7654_3210), 0x4400);

        BTreeEntry branch = new(0x20_0024, reference);
        branch.Write(bytes, layout);
        Assert.Equal(branch, BTreeEntry.Read(bytes, layout));

        NodeEntry node = new(new NodeId(0x20_0024), new BlockId(8), new BlockId(14), new NodeId(0x8022));
        node.Write(bytes, layout);
        Assert.Equal(node, NodeEntry.Read(bytes, layout));

        BlockEntry block = new(reference, 8000, layout.MayCompress ? (ushort)60000 : (ushort)8000, 2);
        block.Write(bytes, layout);
        Assert.Equal(block, BlockEntry.Read(bytes, layout));

        SubnodeEntry subnode = new(new NodeId(0x8025), new BlockId(16), new BlockId(22));
        subnode.Write(bytes, layout);
        Assert.Equal(subnode, SubnodeEntry.Read(bytes, layout));

        SubnodeIndexEntry index = new(new NodeId(0x8025), new BlockId(26));
        index.Write(bytes, layout);
        Assert.Equal(index, SubnodeIndexEntry.Read(bytes, layout));
    }

    [Fact]
    public void Garbage_in_the_high_half_of_a_subnode_id_is_masked()
    {
        byte[] bytes = new byte[24];
        new SubnodeEntry(new NodeId(0x692), new BlockId(16), default).Write(bytes, PstLayout.Unicode);
        bytes[6] = 0xEE;

        Assert.Equal(new NodeId(0x692), SubnodeEntry.Read(bytes, PstLayout.Unicode).Id);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Block_headers_come_back(PstFormat format)
    {
        PstLayout layout = PstLayout.For(format);
        byte[] bytes = new byte[16];

        DataTreeHeader data = new(DataTreeHeader.ExpectedType, 2, 1021, 0x1234567);
        data.Write(bytes);
        Assert.Equal(data, DataTreeHeader.Read(bytes));

        SubnodeTreeHeader subnodes = new(SubnodeTreeHeader.ExpectedType, 1, 510);
        subnodes.Write(bytes, layout);
        Assert.Equal(subnodes, SubnodeTreeHeader.Read(bytes));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_sealed_page_verifies(PstFormat format)
    {
        PstLayout layout = PstLayout.For(format);
        byte[] page = new byte[layout.PageSize];
        BTreePageMeta meta = BTreePageMeta.For(3, layout.NodeEntrySize, 0, layout);
        meta.Write(page, layout);
        PageTrailer.Seal(page, PageType.Nbt, new BlockId(0x17B), 0x12600, layout);

        PageTrailer trailer = PageTrailer.Read(page, layout);
        Assert.Equal(meta, BTreePageMeta.Read(page, layout));
        Assert.Equal(PageType.Nbt, trailer.Type);
        Assert.Equal(PageType.Nbt, trailer.TypeRepeat);
        Assert.Equal(new BlockId(0x17B), trailer.Id);
        Assert.Equal(MapiCrc.Compute(page.AsSpan(0, layout.PageTrailerOffset)), trailer.Crc);
        Assert.Equal(TrailerSignature.Compute(0x12600, new BlockId(0x17B)), trailer.Signature);
    }

    [Fact]
    public void A_map_page_is_named_by_its_offset_and_unsigned()
    {
        byte[] page = new byte[512];
        PageTrailer.Seal(page, PageType.AMap, new BlockId(5), 0x4400, PstLayout.Ansi);

        PageTrailer trailer = PageTrailer.Read(page, PstLayout.Ansi);
        Assert.Equal(new BlockId(0x4400), trailer.Id);
        Assert.Equal(0, trailer.Signature);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_sealed_block_verifies(PstFormat format)
    {
        PstLayout layout = PstLayout.For(format);
        byte[] extent = [.. Enumerable.Repeat((byte)0xCC, layout.BlockExtent(100))];
        BlockTrailer.Seal(extent, 100, layout.MayCompress ? 500 : 100, new BlockId(0x44), 0x15000, layout);

        Assert.Equal(0, extent.Length % layout.BlockAlignment);
        BlockTrailer trailer = BlockTrailer.Read(extent.AsSpan(extent.Length - layout.BlockTrailerSize), layout);
        Assert.Equal(100, trailer.Length);
        Assert.Equal(layout.MayCompress ? 500 : 100, trailer.InflatedLength);
        Assert.Equal(new BlockId(0x44), trailer.Id);
        Assert.Equal(MapiCrc.Compute(extent.AsSpan(0, 100)), trailer.Crc);
        Assert.Equal(TrailerSignature.Compute(0x15000, new BlockId(0x44)), trailer.Signature);
        Assert.All(extent.Skip(100).Take(extent.Length - 100 - layout.BlockTrailerSize), b => Assert.Equal(0, b));
    }

    [Fact]
    public void Signature_folds_offset_and_id()
    {
        Assert.Equal(0x1234 ^ 0x5678, TrailerSignature.Compute(0x1234_0000, new BlockId(0x5678)));
        Assert.Equal(0, TrailerSignature.Compute(0x44, new BlockId(0x44)));
        Assert.Equal(TrailerSignature.Compute(0x100, new BlockId(4)), TrailerSignature.Compute(0x7_0000_0100, new BlockId(4)));
    }

    [Fact]
    public void Node_ids_split_into_type_and_index()
    {
        NodeId message = new(NodeIdType.NormalMessage, 0x10001);
        Assert.Equal(0x200024u, message.Value);
        Assert.Equal(NodeIdType.NormalMessage, message.Type);
        Assert.Equal(0x10001u, message.Index);
        Assert.Equal(new NodeId(0x802E), new NodeId(0x8022).WithType(NodeIdType.ContentsTable));
        Assert.Equal("0x00200024", message.ToString());
    }

    [Fact]
    public void Block_ids_tell_internal_blocks_and_hide_the_reserved_bit()
    {
        Assert.True(new BlockId(0x46).IsInternal);
        Assert.False(new BlockId(0x45).IsInternal);
        Assert.Equal(new BlockId(0x44), new BlockId(0x45).ForLookup);
        Assert.Equal(new BlockId(0x46), new BlockId(0x44).AsInternal);
    }

    private static PstRoot Root() => new(
        271360,
        0x4400,
        0x1000,
        0,
        new BlockReference(new BlockId(0x10), 0x5000),
        new BlockReference(new BlockId(0x11), 0x5200),
        AMapValidity.Valid2);
}
