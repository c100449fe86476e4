using PstMigration.Mapi;
using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Files;
using PstMigration.Pst.Tests.Synthetic;
using Xunit;

namespace PstMigration.Pst.Tests.Messaging;

/// <summary>Shapes of which no sample exists: deep trees, every encoding in every variant, nesting.</summary>
public class ShapeTests
{
    public static IEnumerable<TheoryDataRow<PstFormat, PstEncoding>> FormatsAndEncodings =>
        from format in new[] { PstFormat.Ansi, PstFormat.Unicode, PstFormat.Unicode4K }
        from encoding in new[] { PstEncoding.None, PstEncoding.Permute, PstEncoding.Cyclic }
        select new TheoryDataRow<PstFormat, PstEncoding>(format, encoding);

    [Theory]
    [MemberData(nameof(FormatsAndEncodings))]
    public void Every_variant_and_encoding(PstFormat format, PstEncoding encoding)
    {
        byte[] body = Random(100_000, 1);
        TestStore store = new(new TestPst(PstLayout.For(format), encoding) { EntriesPerPage = 3, Compress = format == PstFormat.Unicode4K });
        NodeId id = store.AddMessage("\u0001\u0005Re: Hello", p => p.Set(0x10130102, body).Set(0x1000001F, new string('x', 3000)));

        using PstFile file = Open(store.ToArray());

        Assert.Equal((format, encoding), (file.Format, file.Encoding));
        Assert.Equal("pst:" + string.Concat(Enumerable.Repeat("ab", 16)), file.StoreKey);
        PstFolder folder = Assert.Single(file.IpmSubtree.EnumerateFolders());
        Assert.Equal(("Inbox", FolderRole.Inbox, "Inbox"), (folder.Name, folder.Role, folder.Path.ToString()));
        PstItemSummary summary = Assert.Single(folder.EnumerateItems());
        Assert.Equal((id, "Re: Hello", "IPM.Note", MessageFlags.Read), (summary.NodeId, summary.Subject, summary.MessageClass, summary.Flags));
        MapiItem item = file.OpenItem(id);
        Assert.Equal("Re: Hello", item.Subject);
        Assert.Equal(new string('x', 3000), item.Properties.GetString(PropertyTags.Body));
        Assert.Equal(body, item.Properties.GetBinary(PropertyTags.BodyHtml));
        Assert.Empty(file.Damage);
    }

    [Theory]
    [InlineData(PstFormat.Ansi)]
    [InlineData(PstFormat.Unicode)]
    public void An_xxblock_is_read_forward_and_at_any_position(PstFormat format)
    {
        // Three ids a block: 3 leaves an XBLOCK, 3 XBLOCKs the XXBLOCK.
        byte[] content = Random((8 * 8176) + 17, 2);
        TestPst test = new(PstLayout.For(format)) { IdsPerDataTreeBlock = 3 };
        BlockId root = test.AddData(content);
        NodeDatabase database = OpenDatabase(test);

        DataTreeSource source = new(database, root, DataTree.Open(database, root).Length);
        Assert.Equal(content.Length, source.Length);
        Assert.Equal(content, source.ToArray());
        using Stream stream = source.OpenRead();
        byte[] buffer = new byte[10];
        foreach (int position in new[] { 40_000, 8175, 0, content.Length - 10, 3 * 8176, 12 })
        {
            stream.Position = position;
            Assert.Equal(10, ReadFully(stream, buffer));
            Assert.Equal(content.AsSpan(position, 10).ToArray(), buffer);
        }

        stream.Position = content.Length;
        Assert.Equal(0, stream.Read(buffer, 0, 10));
    }

    [Theory]
    [InlineData(PstFormat.Ansi, 15, PstKind.Pab)]
    [InlineData(PstFormat.Ansi, 15, PstKind.Pst)]
    [InlineData(PstFormat.Unicode, 21, PstKind.Pst)]
    [InlineData(PstFormat.Unicode, 23, PstKind.Ost)]
    [InlineData(PstFormat.Unicode, 37, PstKind.Pst)]
    public void Every_version_and_kind(PstFormat format, int version, PstKind kind)
    {
        TestStore store = new(new TestPst(PstLayout.For(format)) { Kind = kind });
        NodeId id = store.AddMessage("hello");
        byte[] bytes = store.ToArray();
        PstLayout layout = PstLayout.For(format);
        (PstHeader.Read(bytes, layout) with { Version = version }).Write(bytes, layout);

        using PstFile file = Open(bytes);

        Assert.Equal((format, kind), (file.Format, file.Kind));
        Assert.Equal("hello", file.OpenItem(id).Subject);
        Assert.Empty(file.Damage);
    }

    [Fact]
    public void A_property_tree_of_several_levels()
    {
        TestStore store = new(new TestPst(PstLayout.Unicode));
        int levels = 0;
        NodeId id = new(NodeIdType.NormalMessage, 0x20000);
        TestProperties properties = new(store.File) { MaxTreeItem = 40 };
        for (ushort p = 0x3A00; p < 0x3A00 + 300; p++)
        {
            properties.Set(((uint)p << 16) | 0x1F, "value " + p);
        }

        properties.AddTo(id, TestStore.Folder);
        levels = properties.Levels;

        using PstFile file = Open(store.ToArray());
        MapiItem item = file.OpenItem(id);

        Assert.True(levels >= 3, "levels: " + levels);
        Assert.Equal(300, item.Properties.Count);
        Assert.Equal("value " + (0x3A00 + 299), item.Properties.GetString(new PropertyKey(0x3A00 + 299)));
    }

    [Theory]
    [InlineData(PstFormat.Ansi)]
    [InlineData(PstFormat.Unicode)]
    [InlineData(PstFormat.Unicode4K)]
    public void A_table_over_many_blocks_with_a_deep_index(PstFormat format)
    {
        TestPst test = new(PstLayout.For(format));
        TestTable table = new(test, TestStore.ContentsColumns) { MaxTreeItem = 64 };
        const int Count = 3000;
        for (int i = 0; i < Count; i++)
        {
            table.AddRow(0x200024 + ((uint)i << 5), (0x0037001F, "subject " + i), (0x0E080003, i));
        }

        TestStore store = new(test);
        store.ToArray();
        test.RemoveNode(TestStore.Folder.WithType(NodeIdType.ContentsTable));
        table.AddTo(TestStore.Folder.WithType(NodeIdType.ContentsTable));

        using PstFile file = Open(test.ToArray());
        List<PstItemSummary> rows = [.. file.GetFolder(TestStore.Folder).EnumerateItems()];

        Assert.Equal(Enumerable.Range(0, Count).Select(i => "subject " + i), rows.Select(r => r.Subject));
        Assert.Equal(Enumerable.Range(0, Count).Select(i => (long)i), rows.Select(r => r.Size));
        Assert.Empty(file.Damage);
    }

    [Fact]
    public void Attachments_behind_an_siblock()
    {
        TestPst test = new(PstLayout.Unicode) { EntriesPerSubnodeBlock = 7 };
        TestStore store = new(test);
        const int Count = 50;
        NodeId id = store.AddMessage("many", p =>
        {
            TestTable table = new(test, 0x0E200003, 0x37050003);
            for (uint i = 0; i < Count; i++)
            {
                NodeId node = new(NodeIdType.Attachment, 0x400 + i);
                table.AddRow(node.Value, (0x0E200003, 100), (0x37050003, 1));
                (BlockId data, BlockId subnodes) = new TestProperties(test)
                    .Set(0x3707001F, $"file{i}.bin").Set(0x37050003, 1).Set(0x37010102, Random(40_000, (int)i)).Build();
                p.AddSubnode(node, data, subnodes);
            }

            (BlockId tableData, BlockId tableSubnodes) = table.Build();
            p.AddSubnode(NodeId.AttachmentTable, tableData, tableSubnodes);
        });

        using PstFile file = Open(store.ToArray());
        MapiItem item = file.OpenItem(id);

        Assert.Equal(Enumerable.Range(0, Count).Select(i => $"file{i}.bin"), item.Attachments.Select(a => a.Name));
        Assert.All(item.Attachments, (a, i) => Assert.Equal(Random(40_000, i), a.Content!.ToArray()));
    }

    [Fact]
    public void Items_embedded_in_embedded_items()
    {
        TestPst test = new(PstLayout.Unicode);
        TestStore store = new(test);
        (BlockId Data, BlockId Subnodes) inner = Message("level 3", test).Build();
        for (int level = 2; level >= 1; level--)
        {
            inner = WithEmbedded(Message("level " + level, test), inner, test).Build();
        }

        test.AddNode(new NodeId(0x200024), inner.Data, inner.Subnodes, TestStore.Folder);

        using PstFile file = Open(store.ToArray());
        MapiItem item = file.OpenItem(new NodeId(0x200024));
        for (int level = 1; level < 3; level++)
        {
            Assert.Equal("level " + level, item.Subject);
            MapiAttachment attachment = Assert.Single(item.Attachments);
            Assert.True(attachment.HasEmbeddedItem);
            Assert.Null(attachment.Content);
            item = attachment.OpenEmbedded();
        }

        Assert.Equal("level 3", item.Subject);
        Assert.Empty(item.Attachments);
    }

    [Fact]
    public void Named_properties_go_by_name_both_ways()
    {
        TestPst test = new(PstLayout.Unicode);
        TestStore store = new(test);
        NodeId id = store.AddMessage("named", p => p.Set(0x8000001F, "by lid").Set(0x8001001F, "by name").Set(0x80050003, 5));
        store.ToArray();
        test.RemoveNode(NodeId.NameToIdMap);
        byte[] name = System.Text.Encoding.Unicode.GetBytes("x-header");
        new TestProperties(test)
            .Set(0x00020102, PropertySets.Common.ToByteArray())
            .Set(0x00030102, [0x30, 0x85, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0, 5, 0, 1, 0, 9, 9, 9, 9, 5, 0, 2, 0])
            .Set(0x00040102, [(byte)name.Length, 0, 0, 0, .. name])
            .AddTo(NodeId.NameToIdMap);

        using PstFile file = Open(test.ToArray());
        MapiItem item = file.OpenItem(id);

        Assert.Equal("by lid", item.Properties.GetString(PropertyNames.FlagRequest));
        Assert.Equal("by name", item.Properties.GetString(new PropertyName(PropertySets.PublicStrings, "x-header")));
        Assert.Contains(file.Damage, d => d.Reason == PstDamageReason.UnnamedProperty);
        Assert.Contains(file.Damage, d => d is { Structure: PstStructure.NamedPropertyMap, Reason: PstDamageReason.DanglingReference });
    }

    internal static PstFile Open(byte[] bytes, PstOpenOptions? options = null) => PstFile.Open(new MemoryFileBytes(bytes), "memory.pst", options);

    internal static byte[] Random(int length, int seed)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    internal static TestProperties Message(string subject, TestPst test) =>
        new TestProperties(test).Set(0x001A001F, "IPM.Note").Set(0x0037001F, subject);

    internal static TestProperties WithEmbedded(TestProperties message, (BlockId Data, BlockId Subnodes) embedded, TestPst test)
    {
        NodeId inner = new(0x200044);
        TestProperties attachment = new TestProperties(test)
            .Set(0x37050003, 5).Set(0x3701000D, [.. BitConverter.GetBytes(inner.Value), 1, 0, 0, 0])
            .AddSubnode(inner, embedded.Data, embedded.Subnodes);
        (BlockId data, BlockId subnodes) = attachment.Build();
        (BlockId table, _) = new TestTable(test, 0x37050003).AddRow(0x8025, (0x37050003, 5)).Build();
        return message.AddSubnode(new NodeId(0x8025), data, subnodes).AddSubnode(NodeId.AttachmentTable, table);
    }

    private static NodeDatabase OpenDatabase(TestPst test)
    {
        test.AddNode(NodeId.MessageStore, default);
        return NodeDatabase.Open(new MemoryFileBytes(test.ToArray()), "memory.pst", PstOpenOptions.Default);
    }

    private static int ReadFully(Stream stream, byte[] buffer)
    {
        int total = 0;
        int count;
        while (total < buffer.Length && (count = stream.Read(buffer, total, buffer.Length - total)) > 0)
        {
            total += count;
        }

        return total;
    }
}
