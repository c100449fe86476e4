using PstMigration.Mapi;
using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Files;
using PstMigration.Pst.Tests.Synthetic;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Pst.Tests.Messaging;

public class DamageTests
{
    [Fact]
    public void A_damaged_block_costs_its_item_only()
    {
        TestStore store = new(new TestPst(PstLayout.Unicode));
        NodeId good = store.AddMessage("good");
        NodeId bad = store.AddMessage("bad", p => p.Set(0x10130102, ShapeTests.Random(2000, 5)));
        byte[] bytes = store.ToArray();
        long offset = OffsetOf(bytes, store.File.Nodes.Single(n => n.Id == bad).Data);
        bytes[offset + 100] ^= 1;

        using PstFile file = ShapeTests.Open(bytes);
        PstException e = Assert.Throws<PstException>(() => file.OpenItem(bad));

        Assert.Equal("PstDamaged", e.Id);
        Assert.Equal((PstStructure.Block, PstDamageReason.ChecksumMismatch, offset), (e.Damage!.Structure, e.Damage.Reason, e.Damage.Offset));
        Assert.Equal("good", file.OpenItem(good).Subject);
        Assert.Equal(["good", "bad"], file.GetFolder(TestStore.Folder).EnumerateItems().Select(i => i.Subject));
    }

    [Fact]
    public void Damage_is_accepted_on_request_and_recorded()
    {
        TestStore store = new(new TestPst(PstLayout.Unicode));
        NodeId bad = store.AddMessage("bad", p => p.Set(0x10130102, ShapeTests.Random(2000, 5)));
        byte[] bytes = store.ToArray();
        long offset = OffsetOf(bytes, store.File.Nodes.Single(n => n.Id == bad).Data);
        bytes[offset + 100] ^= 1;

        using PstFile file = ShapeTests.Open(bytes, new PstOpenOptions { AcceptDamage = true });

        Assert.Equal("bad", file.OpenItem(bad).Subject);
        PstDamage damage = Assert.Single(file.Damage);
        Assert.Equal((PstStructure.Block, PstDamageReason.ChecksumMismatch, offset), (damage.Structure, damage.Reason, damage.Offset));
    }

    [Fact]
    public void A_damaged_attachment_stream_fails_when_read()
    {
        TestPst test = new(PstLayout.Unicode);
        TestStore store = new(test);
        BlockId data = default;
        NodeId id = store.AddMessage("large", p =>
        {
            data = test.AddData(ShapeTests.Random(100_000, 3));
            (BlockId attachment, BlockId subnodes) = new TestProperties(test).Set(0x37050003, 1).Set(0x37010102, ShapeTests.Random(100_000, 3)).Build();
            p.AddSubnode(new NodeId(0x8025), attachment, subnodes);
        });
        byte[] bytes = store.ToArray();

        // The last block of the attachment's data is the one of 100,000 mod 8176 bytes added last.
        BlockId last = Enumerable.Range(1, 200).Select(i => new BlockId((ulong)i * 4)).Last(b => HasBlock(test, b) && test.GetBlock(b).Length == 100_000 % 8176);
        bytes[OffsetOf(bytes, last)] ^= 0x80;

        using PstFile file = ShapeTests.Open(bytes);
        MapiAttachment read = Assert.Single(file.OpenItem(id).Attachments);

        Assert.Equal(100_000, read.Content!.Length);
        Assert.Equal("PstDamaged", Assert.Throws<PstException>(() => read.Content.ToArray()).Id);
    }

    [Fact]
    public void Items_are_found_without_a_contents_table()
    {
        TestStore store = new(new TestPst(PstLayout.Unicode));
        store.AddMessage("one");
        store.AddMessage("two");

        using PstFile file = ShapeTests.Open(store.ToArray(withContents: false));

        Assert.Equal(["one", "two"], file.GetFolder(TestStore.Folder).EnumerateItems().Select(i => i.Subject));
        Assert.Contains(file.Damage, d => d.Reason == PstDamageReason.Missing && d.Node == TestStore.Folder);
    }

    [Fact]
    public void Folders_are_found_without_a_hierarchy_table()
    {
        TestStore store = new(new TestPst(PstLayout.Unicode));
        store.ToArray();
        store.File.RemoveNode(TestStore.IpmSubtree.WithType(NodeIdType.HierarchyTable));

        using PstFile file = ShapeTests.Open(store.File.ToArray());

        Assert.Equal("Inbox", Assert.Single(file.IpmSubtree.EnumerateFolders()).Name);
    }

    [Fact]
    public void A_folder_that_contains_itself_is_listed_once()
    {
        TestStore store = new(new TestPst(PstLayout.Unicode));
        store.ToArray();
        NodeId hierarchy = TestStore.Folder.WithType(NodeIdType.HierarchyTable);
        store.File.RemoveNode(hierarchy);
        new TestTable(store.File, TestStore.HierarchyColumns)
            .AddRow(TestStore.IpmSubtree.Value, (0x3001001F, "up")).AddRow(TestStore.Folder.Value, (0x3001001F, "self")).AddTo(hierarchy);

        using PstFile file = ShapeTests.Open(store.File.ToArray());
        PstFolder folder = Assert.Single(file.IpmSubtree.EnumerateFolders());

        Assert.Empty(folder.EnumerateFolders());
        Assert.Contains(file.Damage, d => d.Reason == PstDamageReason.Cycle);
    }

    [Fact]
    public void An_item_that_contains_itself_is_noticed()
    {
        TestPst test = new(PstLayout.Unicode);
        TestStore store = new(test);

        // The attachment's subnode tree names, as the embedded item's subnodes, the tree the attachment itself is in.
        (BlockId data, BlockId subnodes) = ShapeTests.WithEmbedded(ShapeTests.Message("outer", test), ShapeTests.Message("inner", test).Build(), test).Build();
        byte[] outer = test.GetBlock(subnodes);
        SubnodeEntry attachment = Enumerable.Range(0, 2).Select(i => SubnodeEntry.Read(outer.AsSpan(8 + (24 * i)), test.Layout)).Single(e => e.Id.Type == NodeIdType.Attachment);
        byte[] inner = [.. test.GetBlock(attachment.Subnodes)];
        new SubnodeEntry(new NodeId(0x200044), data, subnodes).Write(inner.AsSpan(8), test.Layout);
        test.ReplaceBlock(attachment.Subnodes, inner);
        test.AddNode(new NodeId(0x200024), data, subnodes, TestStore.Folder);

        using PstFile file = ShapeTests.Open(store.ToArray());
        MapiItem item = file.OpenItem(new NodeId(0x200024));
        PstException e = Assert.Throws<PstException>(() => Assert.Single(item.Attachments).OpenEmbedded());

        Assert.Equal(PstDamageReason.Cycle, e.Damage!.Reason);
    }

    [Fact]
    public void A_missing_block_is_a_dangling_reference()
    {
        TestStore store = new(new TestPst(PstLayout.Unicode));
        store.File.AddNode(new NodeId(0x200024), new BlockId(0x10000), default, TestStore.Folder);

        using PstFile file = ShapeTests.Open(store.ToArray());

        Assert.Equal(PstDamageReason.DanglingReference, Assert.Throws<PstException>(() => file.OpenItem(new NodeId(0x200024))).Damage!.Reason);
    }

    [Fact]
    public void A_node_that_is_not_there()
    {
        using PstFile file = ShapeTests.Open(new TestStore(new TestPst(PstLayout.Unicode)).ToArray());

        Assert.Equal("PstNoSuchNode", Assert.Throws<PstException>(() => file.OpenItem(new NodeId(0x200024))).Id);
        Assert.Contains($"'{file.Path}' does not have the item 0x00200024", Assert.Throws<PstException>(() => file.OpenItem(new NodeId(0x200024))).Message, StringComparison.Ordinal);
        Assert.Contains("the folder 0x00009042", Assert.Throws<PstException>(() => file.GetFolder(new NodeId(0x9042))).Message, StringComparison.Ordinal);
        Assert.Equal("PstNoSuchNode", Assert.Throws<PstException>(() => file.OpenItem(TestStore.Folder)).Id);
        Assert.Equal("PstNoSuchNode", Assert.Throws<PstException>(() => file.GetFolder(new NodeId(0x9042))).Id);
    }

    [Fact]
    public void Inflation_stops_at_the_declared_size()
    {
        TestStore store = new(new TestPst(PstLayout.Unicode4K) { Compress = true });
        NodeId id = store.AddMessage("deflated", p => p.Set(0x1000001F, new string('x', 1500)));
        byte[] bytes = store.ToArray();
        BlockEntry entry = FindBlock(bytes, store.File.Nodes.Single(n => n.Id == id).Data, PstLayout.Unicode4K);
        Assert.True(entry.InflatedLength > entry.Length);

        // A stream that gives less than declared: the last bytes are cut off by zeros.
        Span<byte> stored = bytes.AsSpan((int)entry.Block.Offset, entry.Length);
        stored.Slice(2, entry.Length / 2).Clear();
        BlockTrailer.Seal(
            bytes.AsSpan((int)entry.Block.Offset, PstLayout.Unicode4K.BlockExtent(entry.Length)),
            entry.Length, entry.InflatedLength, entry.Block.Id, entry.Block.Offset, PstLayout.Unicode4K);

        using PstFile file = ShapeTests.Open(bytes);

        Assert.Equal(PstDamageReason.BadCompression, Assert.Throws<PstException>(() => file.OpenItem(id)).Damage!.Reason);
    }

    [Fact]
    public void A_name_that_claims_gigabytes_is_not_read()
    {
        // An XBLOCK of the 4K variant may well claim more than the file has: its blocks may be compressed.
        TestPst test = new(PstLayout.Unicode4K) { Kind = PstKind.Ost, Compress = true };
        TestStore store = new(test);
        store.ToArray();
        test.RemoveNode(TestStore.Folder);
        byte[] zeros = new byte[PstLayout.Unicode4K.MaxBlockData];
        BlockId leaf = test.AddBlock(zeros);
        byte[] index = new byte[DataTreeHeader.Size + (8000 * 8)];
        new DataTreeHeader(DataTreeHeader.ExpectedType, 1, 8000, 8000u * 65512).Write(index);
        for (int i = 0; i < 8000; i++)
        {
            test.Layout.WriteId(index.AsSpan(DataTreeHeader.Size + (8 * i)), leaf.Value);
        }

        TestHeap heap = new(test.Layout);
        byte[] record = new byte[8];
        new PropertyRecord(PropertyTags.DisplayName, 0x803F).Write(record);
        heap.Root = heap.AddTree(2, 6, [record]);
        test.AddNode(
            TestStore.Folder,
            test.AddData(heap.ToArray()),
            test.AddSubnodes(new SubnodeEntry(new NodeId(0x803F), test.AddBlock(index, isInternal: true), default)),
            TestStore.IpmSubtree);
        byte[] bytes = test.ToArray();
        Array.Resize(ref bytes, 1 << 23);

        using PstFile file = ShapeTests.Open(bytes);
        PstFolder folder = file.GetFolder(TestStore.Folder);

        Assert.Equal("", folder.Name);
        Assert.True(folder.Properties.TryGet(PropertyTags.DisplayName, out PropertyValue name));
        Assert.Equal(8000L * 65512, name.Source!.Length);
    }

    private static bool HasBlock(TestPst test, BlockId id)
    {
        try
        {
            return test.GetBlock(id) is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static long OffsetOf(byte[] bytes, BlockId id) => FindBlock(bytes, id, PstLayout.Unicode).Block.Offset;

    private static BlockEntry FindBlock(byte[] bytes, BlockId id, PstLayout layout)
    {
        NodeDatabase database = NodeDatabase.Open(new MemoryFileBytes(bytes), "memory.pst", PstOpenOptions.Default);
        Assert.Equal(layout, database.Layout);
        return database.FindBlock(id);
    }

    [Fact]
    public void A_damage_names_its_folder_and_no_places_that_are_not_known()
    {
        using PstFile file = PstFile.Open(TestData.Path("pst/dist-list.pst"));
        PstFolder folder = file.EnumerateFolders().First(f => f.EnumerateItems().Any());
        NodeId item = folder.EnumerateItems().First().NodeId;
        PstDamage nowhere = new(PstStructure.PropertyContext, PstDamageReason.DanglingReference);

        Assert.Equal("PropertyContext: refers to something that does not exist", file.Describe(nowhere));
        Assert.Equal($"PropertyContext, offset 0x4400, node {item}: refers to something that does not exist (an item in '{folder.Path}')", file.Describe(nowhere with { Offset = 0x4400, Node = item }));
        Assert.EndsWith($"(the folder '{folder.Path}')", file.Describe(nowhere with { Node = folder.NodeId.WithType(NodeIdType.ContentsTable) }), StringComparison.Ordinal);
        Assert.DoesNotContain("(", file.Describe(nowhere with { Node = new NodeId(0x7FFF04) }), StringComparison.Ordinal);
    }
}
