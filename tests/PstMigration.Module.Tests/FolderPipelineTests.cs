using System.Management.Automation;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

/// <summary>Pipelines from folders and items of real files into every cmdlet that takes them: nothing is lost on the way, and nothing passed over in silence.</summary>
public sealed class FolderPipelineTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pstmigration");
    private readonly EngineSession _session = StagedModule.Import();

    public static IEnumerable<TheoryDataRow<string?>> Files => TestData.Files("pst", ".pst", ".ost");

    [Theory]
    [MemberData(nameof(Files))]
    public void The_folders_of_a_file_give_what_the_file_gives(string? name)
    {
        string file = TestData.Path(name ?? "");
        string[] seen = Nodes($"Get-PstItem '{file}'");
        string[] all = Nodes($"Get-PstItem '{file}' -IncludeHidden");
        string[] withSettings = Nodes($"Get-PstItem '{file}' -IncludeHidden -IncludeAssociated");
        PSObject info = _session.InvokeClean($"Get-PstFile '{file}'").Single();

        Assert.Equal(seen, Nodes($"Get-PstFolder '{file}' -Recurse | Get-PstItem"));
        Assert.Equal(all, Nodes($"Get-PstFolder '{file}' -Recurse -IncludeHidden | Get-PstItem"));
        Assert.Equal(withSettings, Nodes($"Get-PstFolder '{file}' -Recurse -IncludeHidden | Get-PstItem -IncludeAssociated"));
        Assert.Equal(seen, all.Where(seen.Contains));
        Assert.Equal((seen.LongLength, all.LongLength - seen.LongLength), ((long)info.Properties["ItemCount"].Value, (long)info.Properties["HiddenItemCount"].Value));
        Assert.Equal("NothingFound", info.Properties["Health"].Value.ToString());
    }

    [Theory]
    [InlineData("pst/testPST.pst", 7)]
    [InlineData("pst/attachAndInline.pst", 1)]
    [InlineData("pst/test_unicode.pst", 2)]
    public void The_top_of_a_file_is_a_folder(string relative, int count)
    {
        string file = TestData.Path(relative);
        string[] folders = [.. _session.InvokeClean($"Get-PstFolder '{file}'").Select(f => f.ToString())];

        Assert.Equal(("/", 1), (folders[0], folders.Count(f => f == "/")));
        Assert.Equal(folders[0], _session.InvokeClean($"Get-PstFolder '{file}' -Recurse")[0].ToString());
        Assert.Equal("/", _session.InvokeClean($"Get-PstItem '{file}' -Folder Root")[0].Properties["Folder"].Value);
        Assert.Equal(count, _session.InvokeClean($"Get-PstItem '{file}' | Export-PstItem -Destination '{At("items")}' -Format Eml -PassThru").Count);
        Assert.Equal(count, _session.InvokeClean($"Get-PstFolder '{file}' -Recurse | Export-PstItem -Destination '{At("folders")}' -Format Eml -PassThru").Count);
        Assert.Equal(count, Copied($"Get-PstItem '{file}' | Import-PstItem -Destination '{At("new.pst")}'"));
        Assert.Equal(count, Nodes($"Get-PstItem '{At("new.pst")}'").Length);
        _session.InvokeClean($"Get-PstItem '{At("new.pst")}' -Folder / | Remove-PstItem");
        Assert.Empty(Nodes($"Get-PstItem '{At("new.pst")}' -Folder /"));
    }

    [Fact]
    public void What_lies_in_folders_that_are_not_shown_can_be_taken_out()
    {
        string file = TestData.Path("pst/Outlook_1.pst");
        string busy = Assert.Single(Nodes($"Get-PstItem '{file}' -Folder 'Freebusy Data'"));

        Assert.DoesNotContain(busy, Nodes($"Get-PstItem '{file}'"));
        Assert.Contains(busy, Nodes($"Get-PstItem '{file}' -IncludeHidden"));
        Assert.Equal(busy, Assert.Single(Nodes($"Get-PstFolder '{file}' -IncludeHidden | Where-Object Name -eq 'Freebusy Data' | Get-PstItem")));
        Assert.Single(_session.InvokeClean($"Get-PstFolder '{file}' -IncludeHidden | Where-Object Name -eq 'Freebusy Data' | Export-PstItem -Destination '{At("busy")}' -Format Json -PassThru"));
        Assert.Equal(1, Copied($"Get-PstItem '{file}' -Folder 'Freebusy Data' | Import-PstItem -Destination '{At("busy.pst")}'"));
        File.Copy(file, At("copy.pst"));
        _session.InvokeClean($"Get-PstItem '{At("copy.pst")}' -Folder 'Freebusy Data' | Remove-PstItem");
        Assert.Empty(Nodes($"Get-PstItem '{At("copy.pst")}' -Folder 'Freebusy Data'"));
        Assert.Single(Nodes($"Get-PstItem '{At("copy.pst")}' -Folder DeletedItems"));
        Assert.Equal(17, Copied($"Get-PstItem '{file}' -IncludeHidden | Import-PstItem -Destination '{At("all.pst")}'"));
    }

    [Theory]
    [InlineData("Get-PstItem '{0}' -Folder NoSuch")]
    [InlineData("Get-PstItem '{0}' -Folder Inbox, 'Inbox/NoSuch'")]
    [InlineData("Get-PstFolder '{0}' -Folder NoSuch -IncludeHidden")]
    [InlineData("Get-PstFolder '{0}' -Folder /NoSuch -Recurse")]
    [InlineData("Export-PstItem '{0}' -Folder NoSuch -Destination '{1}' -Format Eml")]
    public void A_folder_that_no_file_has_is_an_error(string script)
    {
        string file = Path.Combine(StagedModule.Repository, "samples", "rehearsal.pst");
        _session.Invoke(string.Format(System.Globalization.CultureInfo.InvariantCulture, script, file, At("none")));

        ErrorRecord error = Assert.Single(_session.Errors);
        Assert.StartsWith("FolderNotFound,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
    }

    public void Dispose()
    {
        _session.Dispose();
        _folder.Delete(recursive: true);
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private string[] Nodes(string script) => [.. _session.InvokeClean(script).Select(i => i.Properties["NodeId"].Value.ToString()!)];

    private int Copied(string script) => Convert.ToInt32(_session.InvokeClean(script).Single().Properties["Copied"].Value, null);
}
