using System.Management.Automation;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

/// <summary>Import-PstItem and Remove-PstItem in a real engine.</summary>
public sealed class ImportPstItemTests : IDisposable
{
    private static readonly string s_sample = Path.Combine(StagedModule.Repository, "samples", "rehearsal.pst");

    private readonly string _folder = Directory.CreateTempSubdirectory("import-pst-").FullName;

    private string Target => Path.Combine(_folder, "target.pst");

    [Fact]
    public void A_second_run_doubles_nothing()
    {
        using EngineSession session = StagedModule.Import();
        int all = session.InvokeClean($"Get-PstItem '{s_sample}'").Count;

        PSObject first = session.InvokeClean($"Import-PstItem '{s_sample}' -Destination '{Target}'").Single();
        PSObject second = session.InvokeClean($"Import-PstItem '{s_sample}' -Destination '{Target}'").Single();

        Assert.Equal((all, 0), (Count(first, "Copied"), Count(first, "AlreadyThere")));
        Assert.Equal((0, all), (Count(second, "Copied"), Count(second, "AlreadyThere")));
        Assert.Equal(Target, first.Properties["Destination"].Value);
        Assert.Equal(all, session.InvokeClean($"Get-PstItem '{Target}'").Count);
        Assert.Equal("True", session.InvokeClean($"(Test-PstFile '{Target}' -OwnWriter).IsValid").Single().ToString());
    }

    [Fact]
    public void Items_are_piped_in_and_put_below_a_folder()
    {
        using EngineSession session = StagedModule.Import();
        session.InvokeClean($"New-PstFile '{Target}'");

        PSObject result = session.InvokeClean($"@(Get-PstItem '{s_sample}' -Folder Inbox)[0..1] | Import-PstItem -Destination '{Target}' -TargetFolder 'Kept/2026'").Single();

        Assert.Equal(2, Count(result, "Copied"));
        string[] folders = [.. session.InvokeClean($"Get-PstFolder '{Target}' -Recurse").Select(f => f.ToString())];
        Assert.Contains(folders, f => f.StartsWith("Kept/2026", StringComparison.Ordinal));
        Assert.Equal(2, session.InvokeClean($"Get-PstItem '{Target}'").Count);
    }

    [Fact]
    public void A_file_is_not_copied_into_itself_and_WhatIf_makes_none()
    {
        using EngineSession session = StagedModule.Import();
        session.InvokeClean($"Import-PstItem '{s_sample}' -Destination '{Target}' -WhatIf");
        Assert.False(File.Exists(Target));

        session.Invoke($"Import-PstItem '{s_sample}' -Destination '{s_sample}'");
        Assert.StartsWith("SourceIsDestination,", Assert.Single(session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Removed_items_go_to_Deleted_Items_and_permanently_out_of_the_file()
    {
        using EngineSession session = StagedModule.Import();
        File.Copy(s_sample, Target);
        File.SetAttributes(Target, FileAttributes.Normal);
        int all = session.InvokeClean($"Get-PstItem '{Target}'").Count;
        int inbox = session.InvokeClean($"Get-PstItem '{Target}' -Folder Inbox").Count;
        int deleted = session.InvokeClean($"Get-PstItem '{Target}' -Folder DeletedItems").Count;

        Assert.Equal(1, Count(session.InvokeClean($"$items = @(Get-PstItem '{Target}' -Folder Inbox); $items[0] | Remove-PstItem").Single(), "Moved"));

        Assert.Equal((all, inbox - 1), (session.InvokeClean($"Get-PstItem '{Target}'").Count, session.InvokeClean($"Get-PstItem '{Target}' -Folder Inbox").Count));
        Assert.Equal(deleted + 1, session.InvokeClean($"Get-PstItem '{Target}' -Folder DeletedItems").Count);

        // Listed before the file changed: what matters is that the item did not.
        Assert.Equal(1, Count(session.InvokeClean("$items[1] | Remove-PstItem -Permanent -Confirm:$false").Single(), "Removed"));
        Assert.Equal(1, Count(session.InvokeClean("$items[1] | Remove-PstItem").Single(), "AlreadyDeleted"));

        session.InvokeClean($"Get-PstItem '{Target}' -Folder DeletedItems | Remove-PstItem -Permanent -Confirm:$false");
        Assert.Empty(session.InvokeClean($"Get-PstItem '{Target}' -Folder DeletedItems"));
        Assert.Equal("True", session.InvokeClean($"(Test-PstFile '{Target}' -OwnWriter).IsValid").Single().ToString());
    }

    [Theory]
    [InlineData("n")]
    [InlineData("")] // Enter alone.
    public void Removing_for_good_is_asked_about(string answer)
    {
        using EngineSession session = StagedModule.Import(120, answer);
        File.Copy(s_sample, Target);
        File.SetAttributes(Target, FileAttributes.Normal);
        int all = session.InvokeClean($"Get-PstItem '{Target}'").Count;

        session.InvokeClean($"@(Get-PstItem '{Target}' -Folder Inbox)[0] | Remove-PstItem -Permanent");

        Assert.Equal(all, session.InvokeClean($"Get-PstItem '{Target}'").Count);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static int Count(PSObject result, string name) => Convert.ToInt32(result.Properties[name].Value, null);
}
