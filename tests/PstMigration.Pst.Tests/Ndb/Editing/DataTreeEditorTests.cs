using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Editing;
using PstMigration.Pst.Tests.Ltp.Editing;
using PstMigration.Pst.Tests.Messaging;
using Xunit;

namespace PstMigration.Pst.Tests.Ndb.Editing;

public sealed class DataTreeEditorTests
{
    private static readonly int s_full = PstLayout.Unicode.MaxBlockData;
    private static readonly NodeId s_node = new(NodeIdType.Internal, 0x500);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Random_changes_leave_what_a_list_would_hold(int seed)
    {
        Random random = new(seed);
        MemoryNodeStore store = new();
        store.AddNode(s_node, default);
        List<byte[]> model = [];
        DataTreeEditor tree = DataTreeEditor.Open(store, default);
        for (int step = 0; step < 300; step++)
        {
            switch (random.Next(8))
            {
                case < 4:
                    for (int i = random.Next(1, 4); i > 0; i--)
                    {
                        Fill(model, tree);
                        Append(model, tree, SampleItems.Bytes(step + i, random.Next(2) == 0 ? s_full : random.Next(1, s_full)));
                    }

                    break;
                case 4 when model.Count > 0:
                    int count = random.Next(model.Count);
                    model.RemoveRange(count, model.Count - count);
                    tree.Truncate(count);
                    break;
                case 5 when model.Count > 0:
                    int index = random.Next(model.Count);
                    model[index] = SampleItems.Bytes(step, model[index].Length);
                    tree.Write(index, model[index]);
                    break;
                case 6:
                    Save(store, tree);
                    tree = DataTreeEditor.Open(store, tree.Root);
                    Assert.True(IsSame(model, Read(store, tree.Root)));
                    break;
                default:
                    Save(store, tree);
                    break;
            }

            Assert.Equal(model.Count, tree.Count);
        }

        Save(store, tree);
        Assert.True(IsSame(model, Read(store, tree.Root)));
    }

    [Fact]
    public void A_tree_grows_to_an_XXBLOCK_and_back()
    {
        int max = PstLayout.Unicode.MaxDataTreeEntries;
        MemoryNodeStore store = new();
        store.AddNode(s_node, default);
        DataTreeEditor tree = DataTreeEditor.Open(store, default);
        byte[] leaf = SampleItems.Bytes(1, s_full);
        foreach (int count in new[] { 1, 2, max, max + 1, (2 * max) + 5, (2 * max) + 6, 2 * max, max + 1, max, max - 1, 2, 1, 0, 1 })
        {
            if (tree.Count > count)
            {
                tree.Truncate(count);
            }

            for (int i = tree.Count; i < count; i++)
            {
                tree.Write(i, leaf);
            }

            Save(store, tree);
            tree = DataTreeEditor.Open(store, tree.Root);
            Assert.Equal((count, (long)count * s_full), (tree.Count, tree.Length));
            Assert.Equal((long)count * s_full, DataTree.Open(store, tree.Root).Length);
            Assert.Equal(count > 1, tree.Root.IsInternal);
        }
    }

    [Fact]
    public void A_changed_leaf_costs_the_blocks_above_it()
    {
        int max = PstLayout.Unicode.MaxDataTreeEntries;
        MemoryNodeStore store = new();
        store.AddNode(s_node, default);
        DataTreeEditor tree = DataTreeEditor.Open(store, default);
        for (int i = 0; i < 3 * max; i++)
        {
            tree.Write(i, SampleItems.Bytes(i, s_full));
        }

        Save(store, tree);
        store.ResetCounts();
        tree = DataTreeEditor.Open(store, tree.Root);
        tree.Write(max + 7, SampleItems.Bytes(-1, s_full));
        Save(store, tree);

        Assert.Equal(3, store.Writes);
        Assert.Equal(2, store.Reads);
    }

    [Fact]
    public void A_leaf_with_a_full_count_is_copied()
    {
        MemoryNodeStore store = new();
        store.AddNode(s_node, default);
        DataTreeEditor tree = DataTreeEditor.Open(store, default);
        for (int i = 0; i < 3; i++)
        {
            tree.Write(i, SampleItems.Bytes(i, s_full));
        }

        Save(store, tree);
        store.MaxReferences = 1;
        tree.Write(3, SampleItems.Bytes(3, 100));
        Save(store, tree);

        List<byte[]> leaves = Read(store, tree.Root);
        Assert.Equal(4, leaves.Count);
        Assert.Equal(SampleItems.Bytes(1, s_full), leaves[1]);
    }

    [Fact]
    public void A_leaf_that_was_never_written_is_not_saved()
    {
        MemoryNodeStore store = new();
        DataTreeEditor tree = DataTreeEditor.Open(store, default);
        tree.Write(1, [1]);

        Assert.Throws<InvalidOperationException>(() => tree.Save());
    }

    [Fact]
    public void Leaves_that_are_not_full_are_refused()
    {
        MemoryNodeStore store = new();
        BlockId root = DataTreeWriter.WriteTreeBlock(store, 1, [store.WriteData([1, 2]), store.WriteData([3])], 3);

        PstException e = Assert.Throws<PstException>(() => DataTreeEditor.Open(store, root));
        Assert.Equal("PstDamaged", e.Id);
    }

    private static void Append(List<byte[]> model, DataTreeEditor tree, byte[] leaf)
    {
        tree.Write(model.Count, leaf);
        model.Add(leaf);
    }

    // The last leaf has to be full before another follows.
    private static void Fill(List<byte[]> model, DataTreeEditor tree)
    {
        if (model.Count > 0 && model[^1].Length < s_full)
        {
            byte[] leaf = model[^1];
            Array.Resize(ref leaf, s_full);
            model[^1] = leaf;
            tree.Write(model.Count - 1, leaf);
        }
        else if (model.Count > 0 && tree.Length < (long)model.Count * s_full)
        {
            throw new InvalidOperationException("The lengths do not agree.");
        }
    }

    private static void Save(MemoryNodeStore store, DataTreeEditor tree)
    {
        store.SetNode(s_node, tree.Save(), default);
        store.Verify();
    }

    private static bool IsSame(List<byte[]> expected, List<byte[]> actual) =>
        expected.Count == actual.Count && !expected.Where((leaf, i) => !leaf.AsSpan().SequenceEqual(actual[i])).Any();

    private static List<byte[]> Read(MemoryNodeStore store, BlockId root)
    {
        List<byte[]> leaves = [];
        DataTree tree = DataTree.Open(store, root);
        for (int i = 0; tree.TryGetLeaf(i, out _); i++)
        {
            using PooledBlock block = tree.ReadLeaf(i);
            leaves.Add(block.Data.ToArray());
        }

        return leaves;
    }
}
