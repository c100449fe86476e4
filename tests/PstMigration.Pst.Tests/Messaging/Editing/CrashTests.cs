using PstMigration.Mapi;
using PstMigration.Pst.Ndb.Files;
using PstMigration.Pst.Tests.Ndb.Editing;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Pst.Tests.Messaging.Editing;

/// <summary>A loss of power in the middle of changes leaves the folders and items that were committed, and a file that can be changed again.</summary>
public sealed class CrashTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void What_was_committed_is_there_after_a_loss_of_power(int seed)
    {
        Random random = new(seed);
        SimulatedDisk disk = new(NewFile());
        List<byte[]> crashes = [];
        int committed = 0;
        List<int> atLeast = [];
        disk.BeforeFlush = () =>
        {
            crashes.Add(disk.Crash(random));
            atLeast.Add(committed);
        };
        using (PstFileEditor editor = PstFileEditor.Open(EditedFiles.Edit(disk), "a.pst", EditedStores.Options()))
        {
            PstEditFolder folder = editor.CreateFolder(editor.IpmSubtree, "Inbox");
            for (int group = 0; group < TestScale.Of(12); group++)
            {
                for (int i = 0; i < 5; i++)
                {
                    editor.AddItem(folder, SampleItems.Mail((group * 5) + i));
                }

                editor.Commit();
                committed += 5;
            }
        }

        Assert.True(crashes.Count > TestScale.Of(20));
        for (int i = 0; i < crashes.Count; i++)
        {
            SimulatedDisk after = new(crashes[i]);
            int count;
            using (PstFileEditor editor = PstFileEditor.Open(EditedFiles.Edit(after), "a.pst", EditedStores.Options()))
            {
                count = editor.FindFolder(editor.IpmSubtree, "Inbox")?.ItemCount ?? 0;
                editor.AddItem(editor.IpmSubtree, SampleItems.Mail(1000));
                editor.Commit();
            }

            Assert.InRange(count, atLeast[i], atLeast[i] + 5);
            byte[] bytes = after.ToArray();
            Assert.Empty(new PstChecker().CheckAll(new MemoryFileBytes(bytes), "a.pst", EditedStores.Strict).Findings.Select(f => f.ToString()));
            using PstFile file = PstFile.Open(new MemoryFileBytes(bytes), "a.pst");
            PstItemSummary[] items = [.. file.IpmSubtree.EnumerateFolders().Where(f => f.Name == "Inbox").SelectMany(f => f.EnumerateItems())];
            Assert.Equal(Enumerable.Range(0, count).Select(n => SampleItems.Mail(n).Subject), items.Select(s => s.Subject));
            Assert.All(items.Select((s, n) => (s, n)), p => Assert.Empty(ItemComparer.Compare(SampleItems.Mail(p.n), file.OpenItem(p.s.NodeId))));
        }
    }

    [Fact]
    public void A_full_disk_ends_the_work_and_leaves_what_was_committed()
    {
        for (int writes = 1; writes < 60; writes += 7)
        {
            SimulatedDisk disk = new(NewFile());
            PstFileEditor editor = PstFileEditor.Open(EditedFiles.Edit(disk), "a.pst", EditedStores.Options());
            editor.AddItem(editor.IpmSubtree, SampleItems.Mail(0));
            editor.Commit();
            disk.WritesLeft = writes;
            PstException e = Assert.Throws<PstException>(() =>
            {
                for (int i = 1; i < 100; i++)
                {
                    editor.AddItem(editor.IpmSubtree, SampleItems.Mail(i));
                    editor.Commit();
                }
            });
            Assert.Equal(("PstWriteFailed", true), (e.Id, editor.IsBroken));
            disk.WritesLeft = null;
            editor.Dispose();

            using PstFile file = PstFile.Open(new MemoryFileBytes(disk.Crash(null)), "a.pst");
            Assert.NotEmpty(file.IpmSubtree.EnumerateItems());
            Assert.All(file.IpmSubtree.EnumerateItems().Select((s, n) => (s, n)), p => Assert.Empty(ItemComparer.Compare(SampleItems.Mail(p.n), file.OpenItem(p.s.NodeId))));
        }
    }

    private static byte[] NewFile()
    {
        using TemporaryFolder folder = new();
        return File.ReadAllBytes(EditedStores.New(folder.File("a.pst")));
    }
}
