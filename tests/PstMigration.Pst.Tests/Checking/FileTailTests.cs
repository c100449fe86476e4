using PstMigration.Pst.Ndb.Editing;
using PstMigration.Pst.Ndb.Files;
using PstMigration.Pst.Tests.Ndb.Editing;
using Xunit;

namespace PstMigration.Pst.Tests.Checking;

/// <summary>What stands behind ibFileEof: room of a writer that was stopped, or something else.</summary>
public sealed class FileTailTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_writer_that_is_stopped_before_its_first_commit_leaves_room(bool large)
    {
        byte[] before = CheckFiles.Small().Bytes;
        SimulatedDisk disk = new(before);
        VerificationPlan plan = new(large ? 0 : long.MaxValue, new HeldScheduler());
        using NdbEditor editor = NdbEditor.Open(disk, "x.pst", () => new FileUse().Write(), plan);
        NdbEditorTests.AddNode(editor, NdbEditorTests.Node, 600_000);
        byte[] stopped = disk.ToArray();
        Assert.True(stopped.Length > before.Length);
        PstFinding finding = Assert.Single(Check(stopped));
        Assert.Equal(("NDB-12b", PstFindingSeverity.Warning), (finding.RuleId, finding.Severity));

        SimulatedDisk next = new(stopped);
        EditedFiles.Edit(next).Dispose();
        Assert.Equal(before.Length, next.Length);
        Assert.Empty(Check(next.ToArray()));
    }

    [Fact]
    public void Half_of_what_it_wrote_may_be_lost()
    {
        Random random = new(1);
        SimulatedDisk disk = new(CheckFiles.Small().Bytes);
        using NdbEditor editor = EditedFiles.Edit(disk);
        NdbEditorTests.AddNode(editor, NdbEditorTests.Node, 600_000);
        for (int i = 0; i < 50; i++)
        {
            byte[] crashed = disk.Crash(random);
            Assert.DoesNotContain(Check(crashed), f => f.Severity == PstFindingSeverity.Error);
            EditedFiles.Edit(new SimulatedDisk(crashed)).Dispose();
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(511)]
    [InlineData(4096)]
    [InlineData(271_360)]
    [InlineData(1_000_000)]
    public void Anything_else_is_not_touched(int length)
    {
        byte[] foreign = new byte[length];
        new Random(length).NextBytes(foreign);
        foreign[0] |= 1;
        byte[] file = [.. CheckFiles.Small().Bytes, .. foreign];
        PstFinding finding = Assert.Single(Check(file));
        Assert.Equal(("NDB-12c", PstFindingSeverity.Error), (finding.RuleId, finding.Severity));
        SimulatedDisk disk = new(file);
        Assert.Equal("PstNeedsRepair", Assert.Throws<PstException>(() => EditedFiles.Edit(disk)).Id);
        Assert.Equal(0, disk.Writes);
    }

    [Fact]
    public void Another_data_file_is_something_else()
    {
        byte[] file = [.. CheckFiles.Small().Bytes, .. CheckFiles.Small().Bytes];
        Assert.Equal("NDB-12c", Assert.Single(Check(file)).RuleId);
    }

    [Fact]
    public void A_header_that_ends_before_what_the_trees_use_is_wrong()
    {
        SimulatedDisk disk = new(CheckFiles.Small().Bytes);
        using (NdbEditor editor = EditedFiles.Edit(disk))
        {
            NdbEditorTests.AddNode(editor, NdbEditorTests.Node, 600_000);
            editor.Commit();
        }

        PstPatch patch = new(disk.ToArray());
        patch.EditRoot(r => r with
        {
            FileLength = r.FileLength - patch.Layout.AMapCoverage,
            LastAMapOffset = r.LastAMapOffset - patch.Layout.AMapCoverage,
        });
        Assert.Contains("NDB-12", Check(patch.Bytes).Select(f => f.RuleId));
        Assert.Equal("PstNeedsRepair", Assert.Throws<PstException>(() => EditedFiles.Edit(new SimulatedDisk(patch.Bytes))).Id);
    }

    private static System.Collections.Generic.IReadOnlyList<PstFinding> Check(byte[] file) =>
        new PstChecker().CheckAll(new MemoryFileBytes(file), "x.pst", new PstCheckOptions { OwnWriter = true }).Findings;
}
