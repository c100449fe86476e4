using System.Runtime.InteropServices;
using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Editing;
using PstMigration.Pst.Ndb.Files;
using PstMigration.Pst.Tests.Messaging;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Pst.Tests.Ndb.Editing;

public sealed class EditedFileTests
{
    [Fact]
    public void There_is_one_writer_and_readers_come_and_go()
    {
        using TemporaryFolder folder = new();
        string path = Sample(folder);
        using (NdbEditor editor = NdbEditor.Open(path))
        {
            Assert.Equal("PstInUse", Assert.Throws<PstException>(() => NdbEditor.Open(path)).Id);
            NdbEditorTests.AddNode(editor, NdbEditorTests.Node, 100_000);
            using (PstFile reader = PstFile.Open(path))
            {
                Assert.NotEmpty(reader.IpmSubtree.Name);
            }

            editor.Commit();
            using (PstFile.Open(path))
            {
                Assert.Equal("PstInUse", Assert.Throws<PstException>(() => NdbEditor.Open(path)).Id);
            }
        }

        Assert.Equal(["x.pst"], folder.Names());
        NdbEditor.Open(path).Dispose();
        Assert.Equal(["x.pst"], folder.Names());
        EditedFiles.AssertSound(File.ReadAllBytes(path));
    }

    [Fact]
    public void A_writer_that_died_locks_nobody_out()
    {
        using TemporaryFolder folder = new();
        string path = Sample(folder);
        File.WriteAllText(path + ".lock", "");
        NdbEditor.Open(path).Dispose();
    }

    [Fact]
    public void A_program_that_has_the_file_to_itself_is_in_the_way()
    {
        using TemporaryFolder folder = new();
        string path = Sample(folder);
        using FileStream alone = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.Equal("PstInUse", Assert.Throws<PstException>(() => NdbEditor.Open(path)).Id);
        Assert.Equal(["x.pst"], folder.Names());
    }

    [Fact]
    public void What_is_not_there_cannot_be_changed()
    {
        using TemporaryFolder folder = new();
        Assert.Equal("PstNotFound", Assert.Throws<PstException>(() => NdbEditor.Open(folder.File("no.pst"))).Id);
        Assert.Equal("PstNotFound", Assert.Throws<PstException>(() => NdbEditor.Open(folder.File("no/no.pst"))).Id);
        Assert.Equal("PstIsDirectory", Assert.Throws<PstException>(() => NdbEditor.Open(Path.GetDirectoryName(folder.File("x"))!)).Id);
        File.WriteAllBytes(folder.File("empty.pst"), []);
        Assert.Equal("PstEmpty", Assert.Throws<PstException>(() => NdbEditor.Open(folder.File("empty.pst"))).Id);
        Assert.Equal(["empty.pst"], folder.Names());
    }

    [Fact]
    public void A_read_only_file_is_read_but_not_changed()
    {
        Assert.SkipWhen(!RuntimeInformation.IsOSPlatform(OSPlatform.Windows) && Environment.UserName == "root", "Root may write anything.");
        using TemporaryFolder folder = new();
        string path = Sample(folder);
        File.SetAttributes(path, FileAttributes.ReadOnly);
        try
        {
            Assert.Equal("PstNotWritable", Assert.Throws<PstException>(() => NdbEditor.Open(path)).Id);
            PstFile.Open(path).Dispose();
        }
        finally
        {
            File.SetAttributes(path, FileAttributes.Normal);
        }
    }

    [Theory]
    [InlineData("test_ansi.pst")]
    [InlineData("SampleOstFile.ost")]
    [InlineData("outlook-com-4k.ost")]
    public void Other_kinds_of_files_are_not_changed(string name)
    {
        byte[] bytes = File.ReadAllBytes(TestData.Path("pst/" + name));
        SimulatedDisk disk = new(bytes);
        Assert.Equal("PstFormatNotWritten", Assert.Throws<PstException>(() => EditedFiles.Edit(disk)).Id);
        Assert.Equal(0, disk.Writes);
    }

    [Theory]
    [MemberData(nameof(UnicodeFiles))]
    public void A_file_of_another_program_is_changed_and_all_in_it_stays(string? name)
    {
        byte[] bytes = File.ReadAllBytes(TestData.Path(name ?? "pst"));
        Assert.SkipUnless(
            PstLayout.ForVersion(PstHeader.ReadVersion(bytes)) == PstLayout.Unicode && PstHeader.Read(bytes, PstLayout.Unicode).Kind == PstKind.Pst,
            "Not a Unicode .pst.");
        NodeDatabase before = EditedFiles.Read(bytes);
        SimulatedDisk disk = new(bytes);
        NodeModel model = new(1);
        using (NdbEditor editor = EditedFiles.Edit(disk))
        {
            for (int i = 0; i < 60; i++)
            {
                model.Step(editor);
                if (i % 20 == 0)
                {
                    editor.Commit();
                }
            }

            editor.Commit();
        }

        byte[] changed = disk.ToArray();
        NodeDatabase after = EditedFiles.Read(changed);
        model.AssertEqual(after);
        Assert.All(before.EnumerateNodes(), node =>
        {
            Assert.True(after.TryFindNode(node.Id, out NodeEntry entry));
            Assert.Equal(node, entry);
            Assert.Equal(Content(before, node.Data), Content(after, entry.Data));
        });

        // What other writers leave is not ours to judge; nothing may be found that was not there before.
        Assert.Empty(Findings(changed).Except(Findings(bytes)));
    }

    public static System.Collections.Generic.IEnumerable<TheoryDataRow<string?>> UnicodeFiles() => TestData.Files("pst", ".pst");

    private static byte[] Content(NodeDatabase database, BlockId root) =>
        new DataTreeSource(database, root, DataTree.Open(database, root).Length).ToArray();

    private static string[] Findings(byte[] bytes) =>
        [.. new PstChecker().CheckAll(new MemoryFileBytes(bytes), "x.pst", PstCheckOptions.Default).Findings
            .Where(f => f.RuleId.StartsWith("NDB", StringComparison.Ordinal)).Select(f => f.RuleId + f.Node).Distinct()];

    private static string Sample(TemporaryFolder folder)
    {
        string path = folder.File("x.pst");
        File.WriteAllBytes(path, EditedFiles.Small());
        return path;
    }
}
