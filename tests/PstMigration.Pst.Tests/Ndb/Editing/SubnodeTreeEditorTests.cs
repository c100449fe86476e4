using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Editing;
using PstMigration.Pst.Tests.Ltp.Editing;
using PstMigration.Pst.Tests.Messaging;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Pst.Tests.Ndb.Editing;

public sealed class SubnodeTreeEditorTests
{
    private static readonly NodeId s_node = new(NodeIdType.Internal, 0x500);
    private static readonly byte[] s_noSubnodes = [SubnodeTreeHeader.ExpectedType, 0, 0, 0, 0, 0, 0, 0];

    [Theory]
    [InlineData(1, 40)]
    [InlineData(2, 2000)]
    [InlineData(3, 2000)]
    public void Random_changes_leave_what_a_dictionary_would_hold(int seed, int ids)
    {
        Random random = new(seed);
        MemoryNodeStore store = new();
        store.AddNode(s_node, default);
        SortedDictionary<uint, byte[]> model = [];
        SubnodeTreeEditor tree = SubnodeTreeEditor.Open(store, default);
        int steps = TestScale.Of(3000);
        for (int step = 0; step < steps; step++)
        {
            NodeId id = new(NodeIdType.Ltp, (uint)random.Next(1, ids));
            bool grows = step / (steps / 2) % 2 == 0;
            switch (random.Next(40))
            {
                case 0:
                    Save(store, tree);
                    Assert.Equal(model, Read(store, tree.Root));
                    tree = SubnodeTreeEditor.Open(store, tree.Root);
                    break;
                case 1:
                    Save(store, tree);
                    break;
                case 2 when tree.TryFind(id, out SubnodeEntry same):
                    tree.Set(same with { Subnodes = store.WriteInternal(s_noSubnodes) });
                    break;
                case var choice when choice < (grows ? 30 : 10):
                    byte[] data = SampleItems.Bytes(step, 20);
                    tree.TryFind(id, out SubnodeEntry old);
                    tree.Set(new SubnodeEntry(id, store.WriteData(data), old.Subnodes));
                    model[id.Value] = data;
                    break;
                default:
                    Assert.Equal(model.Remove(id.Value), tree.Remove(id));
                    break;
            }

            Assert.Equal(model.ContainsKey(id.Value), tree.TryFind(id, out _));
        }

        Save(store, tree);
        Assert.Equal(model, Read(store, tree.Root));
    }

    [Fact]
    public void Ascending_ids_fill_the_blocks_up_to_the_limit()
    {
        PstLayout layout = PstLayout.Unicode;
        MemoryNodeStore store = new();
        store.AddNode(s_node, default);
        SubnodeTreeEditor tree = SubnodeTreeEditor.Open(store, default);
        int max = SubnodeTreeWriter.MaxCount(layout);
        for (uint i = 1; i <= max; i++)
        {
            tree.Set(new SubnodeEntry(new NodeId(NodeIdType.Ltp, i), i == 1 ? store.WriteData([2]) : default, default));
        }

        Assert.Equal("PstTooManySubnodes", Assert.Throws<PstException>(() => tree.Set(new SubnodeEntry(new NodeId(NodeIdType.Ltp, (uint)max + 1), default, default))).Id);
        store.SetNode(s_node, default, tree.Save());
        store.Verify();

        Assert.Equal(max, SubnodeTree.Open(store, tree.Root).Entries.Count);
        Assert.Equal((uint)max, tree.Last()!.Value.Id.Index);
    }

    [Fact]
    public void A_tree_of_sparse_blocks_is_packed_before_it_is_full()
    {
        MemoryNodeStore store = new();
        store.AddNode(s_node, default);
        SubnodeTreeEditor tree = SubnodeTreeEditor.Open(store, default);
        int max = SubnodeTreeWriter.MaxCount(PstLayout.Unicode);
        for (uint i = 1; i <= max; i++)
        {
            tree.Set(new SubnodeEntry(new NodeId(NodeIdType.Ltp, i), default, default));
        }

        Save(store, tree);
        for (uint i = 1; i <= max; i += 340)
        {
            // Each time the neighbours were not read.
            tree = SubnodeTreeEditor.Open(store, tree.Root);
            tree.Remove(new NodeId(NodeIdType.Ltp, i));
            if (i < 3400)
            {
                Save(store, tree);
            }
        }

        tree.Set(Entry(store, (uint)max + 1));
        Save(store, tree);
        Assert.Equal((uint)max + 1, SubnodeTree.Open(store, tree.Root).Entries[^1].Id.Index);
    }

    [Fact]
    public void A_changed_entry_costs_its_block_and_the_index()
    {
        MemoryNodeStore store = new();
        store.AddNode(s_node, default);
        SubnodeTreeEditor tree = SubnodeTreeEditor.Open(store, default);
        for (uint i = 1; i <= 2000; i++)
        {
            tree.Set(new SubnodeEntry(new NodeId(NodeIdType.Ltp, i), store.WriteData([1]), default));
        }

        Save(store, tree);
        tree = SubnodeTreeEditor.Open(store, tree.Root);
        store.ResetCounts();
        tree.Set(new SubnodeEntry(new NodeId(NodeIdType.Ltp, 1000), store.WriteData([1, 2]), default));
        Save(store, tree);

        Assert.Equal(3, store.Writes);
        Assert.Equal(1, store.Reads);
    }

    [Fact]
    public void Entries_out_of_order_are_put_in_order()
    {
        MemoryNodeStore store = new();
        BlockId root = SubnodeTreeWriter.WriteLeaf(store, [Entry(store, 7), Entry(store, 3), Entry(store, 5)]);
        store.AddNode(s_node, new WrittenNode(default, root, 0));

        SubnodeTreeEditor tree = SubnodeTreeEditor.Open(store, root);
        tree.Set(Entry(store, 4));
        Save(store, tree);

        Assert.Equal([3u, 4, 5, 7], SubnodeTree.Open(store, tree.Root).Entries.Select(e => e.Id.Index));
    }

    private static SubnodeEntry Entry(MemoryNodeStore store, uint index) => new(new NodeId(NodeIdType.Ltp, index), store.WriteData([1]), default);

    private static void Save(MemoryNodeStore store, SubnodeTreeEditor tree)
    {
        store.SetNode(s_node, default, tree.Save());
        store.Verify();
    }

    private static SortedDictionary<uint, byte[]> Read(MemoryNodeStore store, BlockId root)
    {
        SortedDictionary<uint, byte[]> entries = [];
        foreach (SubnodeEntry entry in SubnodeTree.Open(store, root).Entries)
        {
            using PooledBlock block = store.ReadBlock(entry.Data);
            entries.Add(entry.Id.Value, block.Data.ToArray());
        }

        return entries;
    }
}
