using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Editing;
using PstMigration.Pst.Ndb.Files;
using PstMigration.Pst.Tests.Messaging;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Pst.Tests.Ndb.Editing;

/// <summary>Files so large that the first commits do not wait for their verification.</summary>
public sealed class VerificationTests
{
    private static readonly NodeId s_other = new(NodeIdType.Internal, 0x501);

    [Fact]
    public void Until_it_is_done_nothing_the_file_had_is_overwritten()
    {
        byte[] before = WithNodes();
        SimulatedDisk disk = new(before);
        using NdbEditor editor = Open(disk, out _);
        editor.RemoveNode(NdbEditorTests.Node);
        for (int i = 0; i < 5; i++)
        {
            NdbEditorTests.AddNode(editor, new NodeId(NodeIdType.Internal, 0x600 + (uint)i), 50_000);
            editor.Commit();
        }

        byte[] after = disk.ToArray();
        AssertSound(after);
        PstLayout layout = PstLayout.Unicode;
        for (int i = 0; i < before.Length; i++)
        {
            bool mayChange = i < layout.FirstAMapOffset || (i - layout.FirstAMapOffset) % layout.AMapCoverage < layout.PageSize;
            Assert.True(mayChange || before[i] == after[i], $"0x{i:X}");
        }
    }

    [Fact]
    public void Once_it_is_done_all_room_is_used_and_what_waits_to_be_deleted_goes()
    {
        SimulatedDisk disk = new(WithNodes());
        using NdbEditor editor = Open(disk, out HeldScheduler scheduler);
        Assert.True(editor.TryFindNode(NdbEditorTests.Node, out NodeEntry node));
        DataTree tree = DataTree.Open(editor, node.Data);
        Assert.True(tree.TryGetLeaf(0, out BlockId leaf));
        editor.RemoveNode(NdbEditorTests.Node);
        editor.Commit();
        Assert.Equal((1, 2), (editor.FindBlock(node.Data).References, editor.FindBlock(leaf).References));

        scheduler.Release();
        NdbEditorTests.AddNode(editor, s_other, 10_000);
        editor.Commit();
        Assert.Throws<PstException>(() => editor.FindBlock(node.Data));
        Assert.Throws<PstException>(() => editor.FindBlock(leaf));
        EditedFiles.AssertSound(disk.ToArray());

        long length = disk.Length;
        NdbEditorTests.AddNode(editor, NdbEditorTests.Node, 400_000);
        editor.Commit();
        Assert.Equal(length, disk.Length);
        EditedFiles.AssertSound(disk.ToArray());
    }

    [Fact]
    public void What_was_left_waiting_goes_with_the_next_changes_of_another_writer()
    {
        SimulatedDisk disk = new(WithNodes());
        using (NdbEditor editor = Open(disk, out _))
        {
            editor.RemoveNode(NdbEditorTests.Node);
            editor.Commit();
        }

        AssertSound(disk.ToArray());
        EditedFiles.Edit(disk).Dispose();
        AssertSound(disk.ToArray());
        using (NdbEditor editor = EditedFiles.Edit(disk))
        {
            NdbEditorTests.AddNode(editor, s_other, 10);
            editor.Commit();
        }

        EditedFiles.AssertSound(disk.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Random_changes_with_a_verification_that_ends_at_any_time(int seed)
    {
        NodeModel model = new(seed);
        Random random = new(seed);
        SimulatedDisk disk = new(EditedFiles.Small());
        for (int session = 0; session < TestScale.Of(8); session++)
        {
            using NdbEditor editor = Open(disk, out HeldScheduler scheduler);
            for (int i = random.Next(60); i > 0; i--)
            {
                model.Step(editor);
                switch (random.Next(10))
                {
                    case 0:
                        scheduler.Release();
                        break;
                    case 1 or 2:
                        editor.Commit();
                        AssertSound(disk.ToArray());
                        model.AssertEqual(EditedFiles.Read(disk.ToArray()));
                        break;
                    case 3:
                        NodeModel copy = model.Copy();
                        EditMark mark = editor.Mark;
                        model.Step(editor);
                        editor.Rollback(mark);
                        model.Restore(copy);
                        break;
                }
            }

            editor.Commit();
            model.AssertEqual(editor);
        }

        AssertSound(disk.ToArray());
        model.AssertEqual(EditedFiles.Read(disk.ToArray()));
    }

    [Fact]
    public void A_loss_of_power_before_it_is_done_loses_nothing_that_was_committed()
    {
        NodeModel model = new(1);
        NodeModel committed = model.Copy();
        Random random = new(1);
        SimulatedDisk disk = new(EditedFiles.Small());
        disk.BeforeFlush = () =>
        {
            for (int i = 0; i < 3; i++)
            {
                byte[] file = disk.Crash(i == 0 ? null : random);
                if (!committed.Matches(EditedFiles.Read(file)))
                {
                    model.AssertEqual(EditedFiles.Read(file));
                }

                SimulatedDisk next = new(file);
                Open(next, out _).Dispose();
                AssertSound(next.ToArray());
            }
        };
        for (int session = 0; session < 3; session++)
        {
            using NdbEditor editor = Open(disk, out HeldScheduler scheduler);
            for (int transaction = 0; transaction < TestScale.Of(4); transaction++)
            {
                for (int i = random.Next(1, 15); i > 0; i--)
                {
                    model.Step(editor);
                }

                if (transaction == session * 2)
                {
                    scheduler.Release();
                }

                editor.Commit();
                committed = model.Copy();
            }
        }
    }

    [Fact]
    public async Task It_ends_before_the_file_is_closed()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("x.pst");
        File.WriteAllBytes(path, WithNodes());
        using GatedFile file = new(EditedFile.Open(path));
        NdbEditor editor = NdbEditor.Open(file, path, () => FileUses.Write(path), new VerificationPlan(0, TaskScheduler.Default));
        Assert.True(file.IsReached.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        Task closing = Task.Run(editor.Dispose, TestContext.Current.CancellationToken);
        await Task.WhenAny(closing, Task.Delay(50, TestContext.Current.CancellationToken));
        Assert.False(file.IsClosed);
        file.Open();
        await closing;
        Assert.True(file.IsClosed);
        Assert.Equal(0, file.ReadsWhenClosed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Changes_beside_it_on_a_real_disk(int seed)
    {
        using TemporaryFolder folder = new();
        string path = folder.File("x.pst");
        File.WriteAllBytes(path, EditedFiles.Small());
        NodeModel model = new(seed);
        Random random = new(seed);
        for (int session = 0; session < TestScale.Of(15); session++)
        {
            using NdbEditor editor = NdbEditor.Open(
                EditedFile.Open(path), path, () => FileUses.Write(path), new VerificationPlan(0, TaskScheduler.Default));
            for (int commit = random.Next(4); commit >= 0; commit--)
            {
                for (int i = random.Next(1, 12); i > 0; i--)
                {
                    model.Step(editor);
                }

                editor.Commit();
            }

            model.AssertEqual(editor);
        }

        AssertSound(File.ReadAllBytes(path));
        model.AssertEqual(EditedFiles.Read(File.ReadAllBytes(path)));
    }

    private static NdbEditor Open(SimulatedDisk disk, out HeldScheduler scheduler)
    {
        scheduler = new HeldScheduler();
        return NdbEditor.Open(disk, "x.pst", () => new FileUse().Write(), new VerificationPlan(0, scheduler));
    }

    private static byte[] WithNodes()
    {
        SimulatedDisk disk = new(EditedFiles.Small());
        using (NdbEditor editor = EditedFiles.Edit(disk))
        {
            NdbEditorTests.AddNode(editor, NdbEditorTests.Node, 400_000);
            editor.Commit();
        }

        return disk.ToArray();
    }

    // Blocks may wait to be deleted.
    private static void AssertSound(byte[] file)
    {
        IEnumerable<PstFinding> findings = new PstChecker().CheckAll(new MemoryFileBytes(file), "x.pst", new PstCheckOptions { OwnWriter = true }).Findings;
        Assert.DoesNotContain(findings, f => f.RuleId.StartsWith("NDB", StringComparison.Ordinal) && f.Rule != PstCheckRules.PendingDelete);
    }

    /// <summary>A file that holds up reads of all threads but the one that opened it.</summary>
    private sealed class GatedFile(IDurableFile file) : IDurableFile
    {
        private readonly int _owner = Environment.CurrentManagedThreadId;
        private readonly ManualResetEventSlim _gate = new();

        public ManualResetEventSlim IsReached { get; } = new();

        public bool IsClosed { get; private set; }

        public int ReadsWhenClosed { get; private set; }

        public long Length => file.Length;

        public void Open() => _gate.Set();

        public int ReadAt(long offset, Span<byte> buffer)
        {
            if (Environment.CurrentManagedThreadId != _owner)
            {
                IsReached.Set();
                _gate.Wait();
            }

            ReadsWhenClosed += IsClosed ? 1 : 0;
            return file.ReadAt(offset, buffer);
        }

        public void WriteAt(long offset, byte[] bytes, int count) => file.WriteAt(offset, bytes, count);

        public void SetLength(long length) => file.SetLength(length);

        public void Flush() => file.Flush();

        public void Dispose()
        {
            IsClosed = true;
            file.Dispose();
        }
    }
}
