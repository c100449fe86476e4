using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.BTrees;
using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Editing;
using PstMigration.Pst.Ndb.Files;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Pst.Tests.Ndb.Editing;

public sealed class NdbEditorTests
{
    internal static readonly NodeId Node = new(NodeIdType.Internal, 0x500);

    [Fact]
    public void What_is_not_committed_is_not_in_the_file()
    {
        byte[] before = EditedFiles.Small();
        SimulatedDisk disk = new(before);
        using (NdbEditor editor = EditedFiles.Edit(disk))
        {
            AddNode(editor, Node, 3_000_000);
            Assert.True(editor.TryFindNode(Node, out _));
            Assert.True(disk.Length > before.Length);
        }

        Assert.Equal(before.Length, disk.Length);
        EditedFiles.AssertSound(disk.ToArray());
        Assert.False(EditedFiles.Read(disk.ToArray()).TryFindNode(Node, out _));
    }

    [Fact]
    public void What_is_committed_is_in_the_file_at_once()
    {
        SimulatedDisk disk = new(EditedFiles.Small());
        using NdbEditor editor = EditedFiles.Edit(disk);
        byte[] data = AddNode(editor, Node, 3_000_000);
        editor.Commit();
        EditedFiles.AssertSound(disk.ToArray());
        NodeDatabase file = EditedFiles.Read(disk.Crash(null));
        Assert.True(file.TryFindNode(Node, out NodeEntry entry));
        Assert.Equal(data, Read(file, entry));
        Assert.True(editor.TryFindNode(Node, out entry));
        Assert.Equal(data, Read(editor, entry));
    }

    [Fact]
    public void Freed_room_is_used_again()
    {
        SimulatedDisk disk = new(EditedFiles.Small());
        using NdbEditor editor = EditedFiles.Edit(disk);
        List<long> lengths = [];
        for (int i = 0; i < 10; i++)
        {
            AddNode(editor, Node, 2_000_000);
            editor.Commit();
            lengths.Add(disk.Length);
            editor.RemoveNode(Node);
            editor.Commit();
        }

        Assert.Equal(lengths[0], lengths[^1]);
        EditedFiles.AssertSound(disk.ToArray());
    }

    [Fact]
    public void A_rollback_leaves_nothing_of_an_item()
    {
        SimulatedDisk disk = new(EditedFiles.Small());
        using NdbEditor editor = EditedFiles.Edit(disk);
        byte[] data = AddNode(editor, Node, 20_000);
        uint counter = editor.Counters.ToArray()[(int)NodeIdType.Internal];
        EditMark mark = editor.Mark;
        NodeId failed = editor.Counters.Next(NodeIdType.Internal);
        AddNode(editor, failed, 5_000_000);
        editor.RemoveNode(Node);
        editor.Rollback(mark);
        Assert.Equal(counter, editor.Counters.ToArray()[(int)NodeIdType.Internal]);
        Assert.False(editor.TryFindNode(failed, out _));
        editor.Commit();
        EditedFiles.AssertSound(disk.ToArray());
        NodeDatabase file = EditedFiles.Read(disk.ToArray());
        Assert.True(file.TryFindNode(Node, out NodeEntry entry));
        Assert.Equal(data, Read(file, entry));
    }

    [Fact]
    public void A_block_that_is_replaced_twice_before_the_commit_costs_nothing()
    {
        SimulatedDisk disk = new(EditedFiles.Small());
        using NdbEditor editor = EditedFiles.Edit(disk);
        AddNode(editor, Node, 100);
        for (int i = 0; i < 50; i++)
        {
            editor.SetNode(Node, Write(editor, 30_000, i), default);
        }

        editor.Commit();
        EditedFiles.AssertSound(disk.ToArray());
        Assert.Equal(1, EditedFiles.Read(disk.ToArray()).EnumerateNodes().Count(n => n.Id == Node));
    }

    [Fact]
    public void A_reference_count_that_is_full_is_told()
    {
        SimulatedDisk disk = new(EditedFiles.Small());
        using NdbEditor editor = EditedFiles.Edit(disk);
        BlockId block = editor.Blocks.WriteData([1, 2, 3]);
        int added = 0;
        while (editor.Blocks.TryAddReference(block))
        {
            added++;
        }

        Assert.Equal(ushort.MaxValue - 2, added);
    }

    [Fact]
    public void An_internal_block_lets_go_of_what_the_new_one_does_not_keep()
    {
        SimulatedDisk disk = new(EditedFiles.Small());
        using NdbEditor editor = EditedFiles.Edit(disk);
        AddNode(editor, Node, 8176 * 3);
        editor.Commit();
        Assert.True(editor.TryFindNode(Node, out NodeEntry entry));
        DataTree tree = DataTree.Open(editor, entry.Data);
        DataTreeWriter writer = new(editor.Blocks);
        for (int i = 0; i < 2; i++)
        {
            Assert.True(tree.TryGetLeaf(i, out BlockId leaf));
            Assert.True(editor.Blocks.TryAddReference(leaf));
            writer.Append(leaf, 8176);
        }

        Assert.True(tree.TryGetLeaf(2, out BlockId last));
        writer.Append(new byte[5]);
        editor.SetNode(Node, writer.Complete().Root, default);
        editor.Commit();
        EditedFiles.AssertSound(disk.ToArray());
        Assert.Equal(new PstDamageReason?(PstDamageReason.DanglingReference), Assert.Throws<PstException>(() => editor.FindBlock(last)).Damage?.Reason);
    }

    [Fact]
    public void Trees_stay_small_when_most_is_deleted()
    {
        SimulatedDisk disk = new(EditedFiles.Small());
        using NdbEditor editor = EditedFiles.Edit(disk);
        List<NodeId> nodes = [];
        for (int i = 0; i < 2000; i++)
        {
            nodes.Add(editor.Counters.Next(NodeIdType.Internal));
            AddNode(editor, nodes[^1], 10);
        }

        editor.Commit();
        Assert.Equal(3, Levels(disk));
        for (int i = 0; i < nodes.Count; i++)
        {
            // Each page keeps one of its nodes.
            if (i % 14 != 0)
            {
                editor.RemoveNode(nodes[i]);
            }

            if (i % 100 == 0)
            {
                editor.Commit();
            }
        }

        editor.Commit();
        EditedFiles.AssertSound(disk.ToArray());
        NodeDatabase file = EditedFiles.Read(disk.ToArray());
        int count = file.EnumerateNodes().Count();
        int leaves = new BTreeReader(new MemoryFileBytes(disk.ToArray()), file.Layout, file.Header.Root.NodeTree, PageType.Nbt, file.Damage)
            .EnumerateLeaves([]).Count();
        Assert.True(leaves <= (count / 7) + 1, $"{leaves} leaves for {count} nodes");
        for (int i = 0; i < nodes.Count; i += 14)
        {
            editor.RemoveNode(nodes[i]);
        }

        editor.Commit();
        EditedFiles.AssertSound(disk.ToArray());
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void Random_changes_give_what_they_should(int seed, bool large)
    {
        NodeModel model = new(seed, large);
        NodeModel committed = model.Copy();
        Random random = new(seed);
        SimulatedDisk disk = new(EditedFiles.Small());
        NdbEditor editor = EditedFiles.Edit(disk);
        for (int i = TestScale.Of(300); i > 0; i--)
        {
            model.Step(editor);
            switch (random.Next(60))
            {
                case 0:
                    editor.Dispose();
                    model.Restore(committed);
                    editor = EditedFiles.Edit(disk);
                    break;
                case < 4:
                    editor.Commit();
                    committed = model.Copy();
                    model.AssertEqual(editor);
                    EditedFiles.AssertSound(disk.ToArray());
                    model.AssertEqual(EditedFiles.Read(disk.ToArray()));
                    break;
                case 5:
                    NodeModel copy = model.Copy();
                    EditMark mark = editor.Mark;
                    for (int j = 0; j < 5; j++)
                    {
                        model.Step(editor);
                    }

                    editor.Rollback(mark);
                    model.Restore(copy);
                    break;
            }
        }

        model.RemoveMost(editor, 3);
        editor.Commit();
        model.AssertEqual(editor);
        editor.Dispose();
        EditedFiles.AssertSound(disk.ToArray());
    }

    internal static byte[] AddNode(NdbEditor editor, NodeId id, int length)
    {
        BlockId data = Write(editor, length, (int)id.Value);
        editor.AddNode(id, new WrittenNode(data, default, length));
        return new ModelData((int)id.Value, length).ToArray();
    }

    private static BlockId Write(NdbEditor editor, int length, int seed)
    {
        DataTreeWriter writer = new(editor.Blocks);
        byte[] bytes = new ModelData(seed, length).ToArray();
        for (int start = 0; start < length; start += 8176)
        {
            writer.Append(bytes.AsSpan(start, Math.Min(8176, length - start)));
        }

        return writer.Complete().Root;
    }

    private static byte[] Read(INodeDatabase database, NodeEntry entry) =>
        new DataTreeSource(database, entry.Data, DataTree.Open(database, entry.Data).Length).ToArray();

    private static int Levels(SimulatedDisk disk)
    {
        NodeDatabase file = EditedFiles.Read(disk.ToArray());
        return 1 + BTreePageMeta.Read(disk.ToArray().AsSpan((int)file.Header.Root.NodeTree.Offset, 512), file.Layout).Level;
    }
}
