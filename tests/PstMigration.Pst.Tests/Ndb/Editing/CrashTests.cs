using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Editing;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Pst.Tests.Ndb.Editing;

/// <summary>
/// Whatever is lost of what was not flushed, the file opens, holds what was committed, and is sound after the next writer opened it.
/// </summary>
public sealed class CrashTests
{
    [Theory]
    [InlineData(1)]
    public void A_loss_of_power_loses_nothing_that_was_committed(int seed)
    {
        NodeModel model = new(seed);
        NodeModel committed = model.Copy();
        Random random = new(seed);
        SimulatedDisk disk = new(EditedFiles.Small());
        int crashes = 0;
        disk.BeforeFlush = () =>
        {
            for (int i = 0; i < 4; i++)
            {
                AssertSurvives(disk.Crash(i == 0 ? null : random), committed, model, random);
                crashes++;
            }
        };
        using (NdbEditor editor = EditedFiles.Edit(disk))
        {
            for (int transaction = 0; transaction < TestScale.Of(12); transaction++)
            {
                for (int i = random.Next(1, 25); i > 0; i--)
                {
                    model.Step(editor);
                }

                editor.Commit();
                committed = model.Copy();
            }
        }

        Assert.True(crashes >= TestScale.Of(140));
    }

    [Fact]
    public void A_torn_header_is_one_state_or_the_other()
    {
        SimulatedDisk disk = new(EditedFiles.Small());
        byte[]? before = null;
        int flushes = 0;
        disk.BeforeFlush = () => before = ++flushes == 2 ? disk.ToArray() : before;
        byte[] old = disk.ToArray();
        using (NdbEditor editor = EditedFiles.Edit(disk))
        {
            NdbEditorTests.AddNode(editor, NdbEditorTests.Node, 20_000);
            editor.Commit();
        }

        for (int torn = 0; torn < 2; torn++)
        {
            // The second flush is the one of the header.
            byte[] file = (byte[])before!.Clone();
            old.AsSpan(torn * 512, torn == 0 ? 512 : 52).CopyTo(file.AsSpan(torn * 512));
            Assert.False(PstHeader.HasValidChecksums(file, PstLayout.Unicode));
            Assert.Equal(torn == 1, EditedFiles.Read(file).TryFindNode(NdbEditorTests.Node, out _));
            SimulatedDisk next = new(file);
            using (NdbEditor editor = EditedFiles.Edit(next))
            {
                NdbEditorTests.AddNode(editor, new NodeId(NodeIdType.Internal, 0x501), 20_000);
                editor.Commit();
                Assert.Equal(torn == 1, editor.TryFindNode(NdbEditorTests.Node, out _));
            }

            EditedFiles.AssertSound(next.ToArray());
        }
    }

    [Fact]
    public void A_full_disk_leaves_the_state_before_and_can_be_tried_again()
    {
        for (int writes = 0; ; writes++)
        {
            NodeModel model = new(7);
            SimulatedDisk disk = new(EditedFiles.Small());
            using NdbEditor editor = EditedFiles.Edit(disk);
            for (int i = 0; i < 20; i++)
            {
                model.Step(editor);
            }

            editor.Commit();
            NodeModel committed = model.Copy();
            disk.WritesLeft = writes;
            bool isFull = !TryChange(editor, model) || !TryCommit(editor);
            if (!isFull)
            {
                model.AssertEqual(editor);
                break;
            }

            committed.AssertEqual(EditedFiles.Read(disk.Crash(null)));
            disk.WritesLeft = null;
            if (TryCommit(editor))
            {
                EditedFiles.AssertSound(disk.ToArray());
            }

            editor.Dispose();
            byte[] closed = disk.ToArray();
            using (EditedFiles.Edit(new SimulatedDisk(closed)))
            {
            }

            EditedFiles.Read(closed);
        }
    }

    [Fact]
    public void After_a_failed_flush_nothing_more_is_committed()
    {
        for (int flushes = 0; flushes < 2; flushes++)
        {
            SimulatedDisk disk = new(EditedFiles.Small());
            NdbEditor editor = EditedFiles.Edit(disk);
            NdbEditorTests.AddNode(editor, NdbEditorTests.Node, 20_000);
            disk.FlushesLeft = flushes;
            Assert.Equal("PstWriteFailed", Assert.Throws<PstException>(editor.Commit).Id);
            disk.FlushesLeft = null;
            Assert.Equal("PstWriteFailed", Assert.Throws<PstException>(editor.Commit).Id);
            editor.Dispose();
            disk = new SimulatedDisk(disk.ToArray());
            EditedFiles.Edit(disk).Dispose();
            EditedFiles.AssertSound(disk.ToArray());
        }
    }

    [Fact]
    public void A_damaged_tree_is_not_written_to()
    {
        byte[] file = EditedFiles.Small();
        long leaf = EditedFiles.Read(file).Header.Root.NodeTree.Offset;
        file[leaf + 3] ^= 1;
        Assert.Equal("PstNeedsRepair", Assert.Throws<PstException>(() => EditedFiles.Edit(new SimulatedDisk(file))).Id);
    }

    internal static void AssertSurvives(byte[] file, NodeModel committed, NodeModel underWay, Random random)
    {
        NodeDatabase database = EditedFiles.Read(file);
        bool isNew = !committed.Matches(database);
        if (isNew)
        {
            underWay.AssertEqual(database);
        }

        NodeModel expected = isNew ? underWay : committed;
        SimulatedDisk disk = new(file);
        using (NdbEditor editor = EditedFiles.Edit(disk))
        {
            expected.AssertEqual(editor);
            if (random.Next(2) == 0)
            {
                NdbEditorTests.AddNode(editor, editor.Counters.Next(NodeIdType.Attachment), 10_000);
                editor.Commit();
            }
        }

        EditedFiles.AssertSound(disk.ToArray());
        expected.AssertEqual(EditedFiles.Read(disk.ToArray()));
    }

    private static bool TryChange(NdbEditor editor, NodeModel model)
    {
        for (int i = 0; i < 10; i++)
        {
            EditMark mark = editor.Mark;
            NodeModel before = model.Copy();
            try
            {
                model.Step(editor);
            }
            catch (PstException e)
            {
                Assert.Equal("PstWriteFailed", e.Id);
                editor.Rollback(mark);
                model.Restore(before);
                model.AssertEqual(editor);
                return false;
            }
        }

        return true;
    }

    private static bool TryCommit(NdbEditor editor)
    {
        try
        {
            editor.Commit();
            return true;
        }
        catch (PstException e)
        {
            Assert.Equal("PstWriteFailed", e.Id);
            return false;
        }
    }
}
