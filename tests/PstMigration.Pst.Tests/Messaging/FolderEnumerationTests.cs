using PstMigration.Mapi;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Tests.Synthetic;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Pst.Tests.Messaging;

/// <summary>Which folders there are: those people see, those marked hidden, those beside the IPM subtree.</summary>
public class FolderEnumerationTests
{
    public static IEnumerable<TheoryDataRow<string?>> Files => TestData.Files("pst", ".pst", ".ost");

    [Fact]
    public void Folders_come_before_what_is_in_them_and_hidden_ones_only_on_request()
    {
        using PstFile file = ShapeTests.Open(Sample(out _));

        Assert.Equal(["/", "Inbox", "Inbox/below", "Inbox/below/deep"], Paths(file.EnumerateFolders()));
        Assert.Equal(["/", "Inbox"], Paths(file.EnumerateFolders(recurse: false)));
        Assert.Equal(
            ["/", "Inbox", "Inbox/below", "Inbox/below/deep", "settings", "settings/more", "0x00000122", "Freebusy Data", "Freebusy Data/local", "Inbox"],
            Paths(file.EnumerateFolders(includeHidden: true)));
        Assert.Equal(["/", "Inbox", "settings", "0x00000122", "Freebusy Data", "Inbox"], Paths(file.EnumerateFolders(includeHidden: true, recurse: false)));
        Assert.Equal(["Freebusy Data", "Freebusy Data/local"], Paths(file.EnumerateFolders(true).Single(f => f.Name == "Freebusy Data").EnumerateTree(true)));
        Assert.Empty(file.Damage);
    }

    [Fact]
    public void What_is_in_a_hidden_folder_or_beside_the_subtree_is_not_visible()
    {
        using PstFile file = ShapeTests.Open(Sample(out _));
        Dictionary<string, PstFolder> byName = file.EnumerateFolders(includeHidden: true).GroupBy(f => f.Name).ToDictionary(g => g.Key, g => g.First());

        Assert.All(["Top", "Inbox", "below", "deep"], n => Assert.True(byName[n].IsVisible));
        Assert.All(["settings", "more", "", "Freebusy Data", "local"], n => Assert.False(byName[n].IsVisible));
        Assert.Equal(["", "Top"], byName.Values.Where(f => f.IsTop).Select(f => f.Name).OrderBy(n => n, StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_passed_over_is_counted_and_what_is_selected_is_found_anywhere()
    {
        using PstFile file = ShapeTests.Open(Sample(out NodeId[] hidden));

        Assert.Equal(new PstHiddenContent(5, 4), file.CountHidden());
        SourceNotice notice = Assert.Single(new PstItemSource(file).Report.Notices);
        Assert.Equal((SourceNoticeKind.Hidden, 4L), (notice.Kind, notice.Count));
        Assert.Equal(["seen"], await Subjects(new PstItemSource(file)));
        PstItemSource selected = new(file, hidden);
        Assert.Empty(selected.Report.Notices);
        Assert.Equal(["in settings", "in the root", "busy", "in the other Inbox"], await Subjects(selected));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_folder_that_is_no_search_folder_is_listed_once(string? name)
    {
        using PstFile file = PstFile.Open(TestData.Path(name ?? ""));
        List<NodeId> all = [];
        Stack<PstFolder> open = new([file.Root]);
        while (open.Count > 0)
        {
            PstFolder folder = open.Pop();
            all.Add(folder.NodeId);
            foreach (PstFolder child in folder.EnumerateFolders().Where(f => !f.IsSearchFolder))
            {
                open.Push(child);
            }
        }

        PstFolder[] listed = [.. file.EnumerateFolders(includeHidden: true)];

        Assert.Equal(all.OrderBy(n => n.Value), listed.Select(f => f.NodeId).OrderBy(n => n.Value));
        Assert.Equal(listed.Where(f => f.IsVisible).Select(f => f.NodeId), file.EnumerateFolders().Select(f => f.NodeId));
        Assert.Equal(listed.Where(f => !f.IsVisible).Sum(f => f.EnumerateItems().Count()), file.CountHidden().Items);
        Assert.Equal(listed.Length, listed.Select(f => f.Path).Distinct().Count());
        Assert.Empty(file.Damage);
    }

    private static byte[] Sample(out NodeId[] hidden)
    {
        TestStore store = new(new TestPst(PstLayout.Unicode));
        store.AddFolder("deep", store.AddFolder("below", TestStore.Folder));
        NodeId settings = store.AddFolder("settings", TestStore.IpmSubtree, isHidden: true);
        store.AddFolder("more", settings);
        NodeId busy = store.AddFolder("Freebusy Data", NodeId.RootFolder);
        store.AddFolder("local", busy);
        NodeId other = store.AddFolder("Inbox", NodeId.RootFolder);
        store.AddMessage("seen");
        hidden =
        [
            store.AddMessage("in settings", null, settings), store.AddMessage("busy", null, busy),
            store.AddMessage("in the other Inbox", null, other), store.AddMessage("in the root", null, NodeId.RootFolder),
        ];
        return store.ToArray();
    }

    private static string[] Paths(IEnumerable<PstFolder> folders) => [.. folders.Select(f => f.ToString())];

    private static async Task<List<string>> Subjects(PstItemSource source)
    {
        List<string> subjects = [];
        await foreach (SourceFolder folder in source.ReadFoldersAsync(CancellationToken.None))
        {
            await foreach (SourceItem item in source.ReadItemsAsync(folder, CancellationToken.None))
            {
                if (folder.IsHidden)
                {
                    continue;
                }

                subjects.Add(item.Summary.Subject ?? "");
            }
        }

        return subjects;
    }
}
