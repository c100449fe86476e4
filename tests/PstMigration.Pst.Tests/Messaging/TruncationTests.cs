using PstMigration.Mapi;
using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Files;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Pst.Tests.Messaging;

/// <summary>
/// A file that was cut off gives every item whose blocks and tree entries are still in it; what has lost its tree entry and still has the
/// blocks of its properties is found by signature.
/// </summary>
public class TruncationTests
{
    private static readonly int s_cuts = TestScale.Of(50);

    public static IEnumerable<TheoryDataRow<string?>> Files =>
        TestData.Files("pst", ".pst", ".ost").Where(f => f.Data is null || new FileInfo(TestData.Locate(f.Data)!).Length < 600_000);

    [Theory]
    [MemberData(nameof(Files))]
    public void Real_files_give_what_is_left(string? name) => CutEverywhere(File.ReadAllBytes(TestData.Path(name ?? "")));

    [Fact]
    public void A_file_of_ours_gives_what_is_left()
    {
        using TemporaryFolder folder = new();
        (int read, int recovered) = CutEverywhere(File.ReadAllBytes(SampleFile.Build(folder.File("own.pst"))));

        // Its trees are written last, so that nearly every cut leaves items without entries.
        Assert.True(recovered > SampleFile.ItemCount, $"{read} read, {recovered} recovered");
    }

    private static (int Read, int Recovered) CutEverywhere(byte[] whole)
    {
        Anatomy anatomy = Anatomy.Of(whole);
        int read = 0;
        int recovered = 0;
        for (int i = 1; i < s_cuts; i++)
        {
            int cut = (int)((long)whole.Length * i / s_cuts);
            List<Anatomy.Item> safe = [.. anatomy.Items.Where(n => n.EntriesEnd <= cut && n.BlocksEnd <= cut)];
            List<Anatomy.Item> nameless = [.. anatomy.Items.Where(n => !safe.Contains(n) && n.NodeEntryEnd > cut && n.FirstBlocksEnd <= cut)];
            PstFile file;
            try
            {
                file = ShapeTests.Open(whole.AsSpan(0, cut).ToArray(), new PstOpenOptions { AcceptDamage = true });
            }
            catch (PstException e)
            {
                Assert.Contains(e.Id, new[] { "PstTruncated", "PstDamaged" });
                Assert.Empty(safe);
                Assert.Empty(nameless);
                continue;
            }

            using (file)
            {
                foreach (Anatomy.Item item in safe)
                {
                    Assert.Equal(item.Subject, file.OpenItem(item.Id).Subject);
                    read++;
                }

                // Where an older page still names the node, the item is there in that state; of copies one is enough.
                HashSet<string> found = [.. new[] { PstRecoveryKind.Deleted, PstRecoveryKind.Fragment }.SelectMany(file.RecoverItems).Select(r => r.Subject)];
                found.UnionWith(anatomy.Items.Select(n => SubjectOf(file, n.Id)).OfType<string>());
                foreach (Anatomy.Item item in nameless)
                {
                    Assert.True(found.Contains(item.Subject), $"cut at {cut}: '{item.Subject}' {item.Id}");
                    recovered++;
                }
            }
        }

        return (read, recovered);
    }

    private static string? SubjectOf(PstFile file, NodeId id)
    {
        try
        {
            return file.OpenItem(id).Subject;
        }
        catch (PstException)
        {
            return null;
        }
    }

    /// <summary>Where in a whole file everything of each item ends.</summary>
    private sealed class Anatomy
    {
        public List<Item> Items { get; } = [];

        public static Anatomy Of(byte[] whole)
        {
            Anatomy anatomy = new();
            using PstFile file = ShapeTests.Open(whole);
            NodeDatabase database = NodeDatabase.Open(new MemoryFileBytes(whole), "whole", PstOpenOptions.Default);
            PstLayout layout = database.Layout;
            Dictionary<ulong, long> nodePages = Leaves(whole, layout, database.Header.Root.NodeTree.Offset, page => NodeEntry.Read(page, layout).Id.Value);
            Dictionary<ulong, long> blockPages = Leaves(whole, layout, database.Header.Root.BlockTree.Offset, page => BlockEntry.Read(page, layout).Block.Id.Value);
            foreach (NodeEntry node in database.EnumerateNodes().Where(n => n.Id.Type == NodeIdType.NormalMessage))
            {
                HashSet<ulong> data = [];
                Collect(database, node.Data, data);
                HashSet<ulong> all = [.. data];
                CollectSubnodes(database, node.Subnodes, all);
                long nodeEntry = nodePages[node.Id.Value];
                anatomy.Items.Add(new Item(
                    node.Id,
                    file.OpenItem(node.Id).Subject,
                    nodeEntry,
                    Math.Max(nodeEntry, all.Max(b => blockPages[b])),
                    all.Max(b => End(database, b)),
                    data.Max(b => End(database, b))));
            }

            return anatomy;
        }

        private static long End(NodeDatabase database, ulong block)
        {
            BlockEntry entry = database.FindBlock(new BlockId(block));
            return entry.Block.Offset + database.Layout.BlockExtent(entry.Length);
        }

        private static Dictionary<ulong, long> Leaves(byte[] whole, PstLayout layout, long root, Func<byte[], ulong> key)
        {
            Dictionary<ulong, long> ends = [];
            Stack<long> open = new([root]);
            while (open.Count > 0)
            {
                long offset = open.Pop();
                byte[] page = whole.AsSpan((int)offset, layout.PageSize).ToArray();
                BTreePageMeta meta = BTreePageMeta.Read(page, layout);
                for (int i = 0; i < meta.Count; i++)
                {
                    byte[] entry = page.AsSpan(i * meta.EntrySize, meta.EntrySize).ToArray();
                    if (meta.Level > 0)
                    {
                        open.Push(BTreeEntry.Read(entry, layout).Child.Offset);
                    }
                    else
                    {
                        ends[key(entry) & ~1ul] = offset + layout.PageSize;
                        ends[key(entry)] = offset + layout.PageSize;
                    }
                }
            }

            return ends;
        }

        private static void Collect(NodeDatabase database, BlockId root, HashSet<ulong> blocks)
        {
            if (root.IsNone || !blocks.Add(root.ForLookup.Value) || !root.IsInternal)
            {
                return;
            }

            using PooledBlock block = database.ReadBlock(root);
            DataTreeHeader header = DataTreeHeader.Read(block.Data);
            for (int i = 0; i < header.Count; i++)
            {
                Collect(database, database.Layout.ReadBlockId(block.Data[(DataTreeHeader.Size + (i * database.Layout.IdSize))..]), blocks);
            }
        }

        private static void CollectSubnodes(NodeDatabase database, BlockId root, HashSet<ulong> blocks)
        {
            if (root.IsNone || !blocks.Add(root.ForLookup.Value))
            {
                return;
            }

            using (PooledBlock block = database.ReadBlock(root))
            {
                // An SIBLOCK: its own entries are SLBLOCKs.
                if (block.Data[1] > 0)
                {
                    int count = block.Data[2] | (block.Data[3] << 8);
                    for (int i = 0; i < count; i++)
                    {
                        blocks.Add(SubnodeIndexEntry.Read(block.Data[(database.Layout.SubnodeHeaderSize + (i * database.Layout.IdSize * 2))..], database.Layout).Child.ForLookup.Value);
                    }
                }
            }

            foreach (SubnodeEntry entry in SubnodeTree.Open(database, root).Entries)
            {
                Collect(database, entry.Data, blocks);
                CollectSubnodes(database, entry.Subnodes, blocks);
            }
        }

        /// <param name="Id">The item.</param>
        /// <param name="Subject">Its subject.</param>
        /// <param name="NodeEntryEnd">Where the page with its node's entry ends.</param>
        /// <param name="EntriesEnd">Where the last page with an entry of its node or blocks ends.</param>
        /// <param name="BlocksEnd">Where its last block ends.</param>
        /// <param name="FirstBlocksEnd">Where the last block of its own properties ends.</param>
        public sealed record Item(NodeId Id, string Subject, long NodeEntryEnd, long EntriesEnd, long BlocksEnd, long FirstBlocksEnd);
    }
}
