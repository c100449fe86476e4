using PstMigration.Mapi;
using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Files;
using PstMigration.Pst.Tests.Synthetic;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Pst.Tests.Messaging;

public class RecoveryTests
{
    [Theory]
    [InlineData(PstStructure.NodeTreePage, false)]
    [InlineData(PstStructure.NodeTreePage, true)]
    [InlineData(PstStructure.BlockTreePage, false)]
    [InlineData(PstStructure.BlockTreePage, true)]
    public void A_file_without_branches_of_its_trees_is_read_all_the_same(PstStructure structure, bool rootToo)
    {
        PageType type = structure == PstStructure.NodeTreePage ? PageType.Nbt : PageType.Bbt;

        // Every page of the tree above the leaves is overwritten; of the BBT the leaves too.
        TestStore store = new(new TestPst(PstLayout.Unicode, PstEncoding.Permute) { EntriesPerPage = 3 });
        for (int i = 0; i < 20; i++)
        {
            store.AddMessage("message " + i);
        }

        byte[] bytes = store.ToArray();
        PstHeader header = PstHeader.Read(bytes, PstLayout.Unicode);
        long root = (type == PageType.Nbt ? header.Root.NodeTree : header.Root.BlockTree).Offset;
        for (int offset = 0x4400; offset < bytes.Length; offset += 512)
        {
            Span<byte> page = bytes.AsSpan(offset, 512);
            if (PageTrailer.Read(page, PstLayout.Unicode).Type == type && BTreePageMeta.Read(page, PstLayout.Unicode).Level > (type == PageType.Bbt ? -1 : 0)
                && (rootToo || offset != root))
            {
                page.Clear();
            }
        }

        using PstFile file = ShapeTests.Open(bytes);
        List<string> subjects = [.. file.GetFolder(TestStore.Folder).EnumerateItems().Select(i => file.OpenItem(i.NodeId).Subject)];

        Assert.Equal(Enumerable.Range(0, 20).Select(i => "message " + i), subjects);
        Assert.Contains(file.Damage, d => d.Structure == structure);
        PstException e = Assert.Throws<PstException>(() =>
        {
            using PstFile strict = ShapeTests.Open(bytes, new PstOpenOptions { ScanWhenDamaged = false });
            strict.GetFolder(TestStore.Folder);
            strict.OpenItem(new NodeId(0x200024));
        });
        Assert.Equal("PstDamaged", e.Id);
    }

    [Fact]
    public void A_file_that_was_cut_off_is_read_on_request()
    {
        string path = TestData.Path("pst/Outlook_1.pst");
        byte[] whole = System.IO.File.ReadAllBytes(path);
        int cut = whole.Length;
        using (PstFile complete = ShapeTests.Open(whole))
        {
            PstHeader header = PstHeader.Read(whole, PstLayout.Unicode);
            cut = (int)Math.Max(header.Root.NodeTree.Offset, header.Root.BlockTree.Offset);
        }

        byte[] part = whole.AsSpan(0, cut).ToArray();
        Assert.Equal("PstTruncated", Assert.Throws<PstException>(() => ShapeTests.Open(part)).Id);
        using PstFile file = ShapeTests.Open(part, new PstOpenOptions { AcceptDamage = true });
        Walker walker = new(file);
        walker.Walk();

        Assert.NotEmpty(file.Damage);
        Assert.True(walker.Items > 0);
    }

    [Fact]
    public void Orphans_are_items_no_folder_lists()
    {
        TestStore store = new(new TestPst(PstLayout.Unicode));
        store.AddMessage("listed");
        ShapeTests.Message("\u0001\u0001unlisted", store.File).AddTo(new NodeId(0x202024), TestStore.Folder);
        ShapeTests.Message("in a lost folder", store.File).AddTo(new NodeId(0x202044), new NodeId(0x9042));

        using PstFile file = ShapeTests.Open(store.ToArray());
        List<PstRecoveredItem> orphans = [.. file.RecoverItems(PstRecoveryKind.Orphan)];

        Assert.Equal(["unlisted", "in a lost folder"], orphans.Select(o => o.Subject));
        Assert.Equal(new NodeId(0x9042), orphans[1].Folder);
        Assert.Equal("unlisted", orphans[0].Open().Subject);
        Assert.Empty(file.RecoverItems(PstRecoveryKind.Deleted));
    }

    [Fact]
    public void Deleted_items_come_back_while_their_blocks_are_there()
    {
        TestStore store = new(new TestPst(PstLayout.Unicode, PstEncoding.Permute));
        NodeId deleted = store.AddMessage("deleted", p => p.Set(0x10130102, ShapeTests.Random(20_000, 1)));
        store.AddMessage("kept");
        byte[] bytes = store.ToArray();
        byte[] without = WithoutNode(bytes, deleted);

        using PstFile file = ShapeTests.Open(without);
        Assert.Equal("PstNoSuchNode", Assert.Throws<PstException>(() => file.OpenItem(deleted)).Id);
        PstRecoveredItem item = Assert.Single(file.RecoverItems(PstRecoveryKind.Deleted));

        Assert.Equal((PstRecoveryKind.Deleted, deleted, "deleted", "IPM.Note"), (item.Kind, item.NodeId, item.Subject, item.MessageClass));
        Assert.Equal(ShapeTests.Random(20_000, 1), item.Open().Properties.GetBinary(PropertyTags.BodyHtml));
    }

    [Fact]
    public void Fragments_are_found_by_signature_and_older_states_left_out()
    {
        TestPst test = new(PstLayout.Unicode, PstEncoding.Permute);
        TestStore store = new(test);
        store.AddMessage("kept", p => p.Set(0x300B0102, [1, 2, 3]));
        ShapeTests.Message("kept, as it was", test).Set(0x300B0102, [1, 2, 3]).Build();
        ShapeTests.Message("lost", test).Set(0x300B0102, [4, 5, 6]).Build();
        ShapeTests.Message("lost and long", test).Set(0x1000001E, new string('x', 3000)).Set(0x10130102, ShapeTests.Random(3000, 2)).Set(0x10090102, ShapeTests.Random(3400, 3)).Build();
        new TestProperties(test).Set(0x3001001F, "no item").Build();

        using PstFile file = ShapeTests.Open(store.ToArray());
        PstRecoveredItem[] found = [.. file.RecoverItems(PstRecoveryKind.Fragment)];

        Assert.Equal(["lost", "lost and long"], found.Select(f => f.Subject));
        Assert.All(found, f => Assert.Equal((PstRecoveryKind.Fragment, "IPM.Note", true), (f.Kind, f.MessageClass, f.NodeId.IsNone)));
        Assert.Equal(ShapeTests.Random(3000, 2), found[1].Open().Properties.GetBinary(PropertyTags.BodyHtml));
        Assert.Equal("kept", Assert.Single(file.GetFolder(TestStore.Folder).EnumerateItems()).Subject);
    }

    [Fact]
    public void A_real_file_gives_deleted_items_back()
    {
        using PstFile file = PstFile.Open(TestData.Path("pst/SampleOstFile.ost"));
        PstRecoveredItem[] found = [.. file.RecoverItems(PstRecoveryKind.Fragment)];

        Assert.Contains(found, f => (f.MessageClass, f.Subject) == ("IPM.Note", "message 3935"));
        Assert.DoesNotContain(found, f => (f.Open().Flags & MessageFlags.Associated) != 0);

        // What is overwritten of them is no damage to the file.
        Assert.Empty(file.Damage);
        Assert.NotEmpty(file.RecoveryDamage);
    }

    [Fact]
    public void Embedded_items_are_no_fragments()
    {
        TestPst test = new(PstLayout.Unicode);
        TestStore store = new(test);
        TestProperties message = ShapeTests.WithEmbedded(ShapeTests.Message("outer", test), ShapeTests.Message("inner", test).Build(), test);
        message.AddTo(new NodeId(0x202024), TestStore.Folder);

        using PstFile file = ShapeTests.Open(store.ToArray());

        Assert.Empty(file.RecoverItems(PstRecoveryKind.Fragment));
        Assert.Equal("outer", Assert.Single(file.RecoverItems(PstRecoveryKind.Orphan)).Subject);
    }

    // What a writer does: new pages at the end, the old ones left where they are, a header that names the new root.
    private static byte[] WithoutNode(byte[] bytes, NodeId id)
    {
        PstLayout layout = PstLayout.Unicode;
        PstHeader header = PstHeader.Read(bytes, layout);
        List<NodeEntry> nodes = [.. NodeDatabase.Open(new MemoryFileBytes(bytes), "m", PstOpenOptions.Default).EnumerateNodes().Where(n => n.Id != id)];
        List<byte> file = [.. bytes];
        List<BTreeEntry> leaves = [];
        ulong page = 0x500;
        for (int i = 0; i < nodes.Count; i += 15)
        {
            List<NodeEntry> chunk = [.. nodes.Skip(i).Take(15)];
            leaves.Add(new BTreeEntry(chunk[0].Id.Value, Append(file, page++, 0, layout.NodeEntrySize, chunk.Count, (n, span) => chunk[n].Write(span, layout))));
        }

        BlockReference root = Append(file, page++, 1, layout.BTreeEntrySize, leaves.Count, (n, span) => leaves[n].Write(span, layout));
        byte[] result = [.. file];
        (header with { Root = header.Root with { NodeTree = root, FileLength = result.Length } }).Write(result, layout);
        return result;
    }

    private delegate void EntryWriter(int index, Span<byte> target);

    private static BlockReference Append(List<byte> file, ulong id, int level, int entrySize, int count, EntryWriter write)
    {
        byte[] page = new byte[512];
        for (int i = 0; i < count; i++)
        {
            write(i, page.AsSpan(i * entrySize));
        }

        BTreePageMeta.For(count, entrySize, level, PstLayout.Unicode).Write(page, PstLayout.Unicode);
        BlockReference reference = new(new BlockId(id), file.Count);
        PageTrailer.Seal(page, PageType.Nbt, reference.Id, reference.Offset, PstLayout.Unicode);
        file.AddRange(page);
        return reference;
    }
}
