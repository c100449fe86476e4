using System.Management.Automation;
using PstMigration.Commands;
using PstMigration.Mapi;
using PstMigration.Pst;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Tests.Synthetic;
using Xunit;

namespace PstMigration.Tests;

/// <summary>Folders that are piped on are the very ones that were listed, though others have their names.</summary>
public sealed class FolderObjectTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pstmigration");
    private readonly EngineSession _session = new(120, null, typeof(GetPstItemCommand), typeof(GetPstFolderCommand), typeof(GetPstFileCommand));
    private readonly string _path;

    public FolderObjectTests()
    {
        TestStore store = new(new TestPst(PstLayout.Unicode));
        NodeId twin = store.AddFolder("INBOX", TestStore.IpmSubtree);
        NodeId hidden = store.AddFolder("Inbox", TestStore.IpmSubtree, isHidden: true);
        NodeId inHidden = store.AddFolder("below", hidden);
        NodeId beside = store.AddFolder("Inbox", NodeId.RootFolder);
        NodeId views = store.AddFolder("Views", NodeId.RootFolder);
        store.AddMessage("in the top", null, TestStore.IpmSubtree);
        store.AddMessage("one");
        store.AddMessage("twin", null, twin);
        store.AddMessage("hidden", null, hidden);
        store.AddMessage("below hidden", null, inHidden);
        store.AddMessage("in the root", null, NodeId.RootFolder);
        store.AddMessage("beside", null, beside);
        store.AddAssociated("a view", views);
        store.AddMessage("view", null, views);
        _path = Path.Combine(_folder.FullName, "twins.pst");
        File.WriteAllBytes(_path, store.ToArray());
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("-IncludeHidden", "")]
    [InlineData("", "-IncludeAssociated")]
    [InlineData("-IncludeHidden", "-IncludeAssociated")]
    public void The_folders_of_a_file_give_what_the_file_gives(string hidden, string associated)
    {
        string[] all = Subjects($"Get-PstItem '{_path}' {hidden} {associated}");

        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.Equal(all, Subjects($"Get-PstFolder '{_path}' -Recurse {hidden} | Get-PstItem {associated}"));
        Assert.Equal(all, Subjects($"$folders = Get-PstFolder '{_path}' -Recurse {hidden}; Get-PstItem -InputFolder $folders {associated}"));
        Assert.Equal(all, Subjects($"Get-PstFolder '{_path}' -Recurse {hidden} | Get-PstFolder | Get-PstItem {associated}"));
    }

    [Fact]
    public void Hidden_folders_and_those_beside_come_after_what_people_see()
    {
        Assert.Equal(["in the top", "one", "twin"], Subjects($"Get-PstItem '{_path}'"));
        Assert.Equal(
            ["in the top", "one", "twin", "hidden", "below hidden", "in the root", "beside", "view"],
            Subjects($"Get-PstItem '{_path}' -IncludeHidden"));
        Assert.Equal(["hidden", "below hidden"], Subjects($"@(Get-PstFolder '{_path}' -IncludeHidden | Where-Object {{ $_.IsHidden -and $_.Folder -eq 'Inbox' }})[0] | Get-PstItem -Recurse"));
    }

    [Theory]
    [InlineData("/", "in the top")]
    [InlineData("Root", "in the top")]
    [InlineData("inbox", "one twin")]
    [InlineData("inbox -IncludeHidden", "one twin hidden beside")]
    [InlineData("Views", "view")]
    [InlineData("views, /", "in the top view")]
    [InlineData("Inbox/below", "below hidden")]
    [InlineData("0x00000122", "in the root")]
    [InlineData("*", "in the top one twin")]
    [InlineData("V*", "")]
    [InlineData("V* -IncludeHidden", "view")]
    public void A_hidden_folder_is_taken_by_its_whole_path_where_that_names_no_other(string folder, string subjects) =>
        Assert.Equal(subjects, string.Join(" ", Subjects($"Get-PstItem '{_path}' -Folder {folder}")));

    [Fact]
    public void No_folder_is_without_name_and_path()
    {
        PstFolderInfo[] folders = [.. _session.InvokeClean($"Get-PstFolder '{_path}' -Recurse -IncludeHidden").Select(f => (PstFolderInfo)f.BaseObject)];

        Assert.All(folders, f => Assert.True(f.Name.Length > 0 && f.Folder.Length > 0));
        Assert.Equal(("/", "Top", FolderRole.Root, false), (folders[0].Folder, folders[0].Name, folders[0].Role, folders[0].IsHidden));
        Assert.Equal(4, folders.Where(f => f.Name.Equals("inbox", StringComparison.OrdinalIgnoreCase)).Select(f => f.NodeId).Distinct().Count());
        Assert.Equal("Inbox INBOX", string.Join(" ", _session.InvokeClean($"Get-PstFolder '{_path}' | Where-Object Folder -ne '/'").Select(f => f.ToString())));
    }

    [Fact]
    public void What_is_passed_over_is_counted()
    {
        PSObject file = _session.InvokeClean($"Get-PstFile '{_path}'").Single();
        string told = string.Join("\n", _session.InvokeClean($"Get-PstItem '{_path}' -Verbose 4>&1 | Where-Object {{ $_ -is [System.Management.Automation.VerboseRecord] }}"));

        Assert.Equal((2, 3L), (file.Properties["FolderCount"].Value, file.Properties["ItemCount"].Value));
        Assert.Equal((4, 5L), (file.Properties["HiddenFolderCount"].Value, file.Properties["HiddenItemCount"].Value));
        Assert.Contains("5 items in 4 folders", told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_of_another_file_in_the_same_place_is_not_taken_for_it()
    {
        _session.InvokeClean($"$global:folders = Get-PstFolder '{_path}' -Recurse");
        using (PstFileBuilder builder = PstFileBuilder.Create(_path, new PstCreateOptions { Replace = true }))
        {
            builder.Complete();
        }

        Assert.Empty(_session.Invoke("$folders | Get-PstItem"));
        Assert.Equal(3, _session.Errors.Count);
        Assert.All(_session.Errors, e => Assert.StartsWith("PstChanged", e.FullyQualifiedErrorId, StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _session.Dispose();
        _folder.Delete(recursive: true);
    }

    private string[] Subjects(string script) => [.. _session.InvokeClean(script).Select(i => (string)i.Properties["Subject"].Value)];
}
