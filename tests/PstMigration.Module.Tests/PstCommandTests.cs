using System.Management.Automation;
using PstMigration.Shell;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

public sealed class PstCommandTests
{
    private static readonly string s_sample = Path.Combine(StagedModule.Repository, "samples", "rehearsal.pst");

    [Fact]
    public void Items_in_the_top_folder_count()
    {
        string file = TestData.Path("pst/testPST.pst");
        using EngineSession session = StagedModule.Import();

        string counts = session.InvokeClean($"$f = Get-PstFile '{file}'; \"$($f.FolderCount) $($f.ItemCount) $(@(Get-PstItem '{file}').Count)\"").Single().ToString();

        Assert.Equal("1 7 7", counts);
    }

    [Fact]
    public void Cmdlets_compose_by_property_name()
    {
        using EngineSession session = StagedModule.Import();
        string[] all = Nodes(session, $"Get-PstItem '{s_sample}'");

        Assert.NotEmpty(all);
        Assert.Equal(all, Nodes(session, $"Get-PstFolder '{s_sample}' -Recurse | Get-PstItem"));
        Assert.Equal(all, Nodes(session, $"Get-PstFile '{s_sample}' | Get-PstFolder -Recurse | Get-PstItem"));
        Assert.Equal(all, Nodes(session, $"Get-PstItem '{s_sample}' -Folder * -Recurse"));
        Assert.Equal(all.Length, Convert.ToInt32(session.InvokeClean($"(Get-PstFile '{s_sample}').ItemCount").Single().BaseObject, null));
    }

    [Fact]
    public void Folders_are_named_by_path_role_and_wildcard()
    {
        using EngineSession session = StagedModule.Import();
        string inbox = session.InvokeClean($"(Get-PstFolder '{s_sample}' -Folder Inbox).Role.ToString()").Single().ToString();
        string[] folders = [.. session.InvokeClean($"Get-PstFolder '{s_sample}' -Recurse").Select(f => f.ToString())];

        Assert.Equal("Inbox", inbox);
        Assert.All(folders, folder => Assert.Equal(folder, session.InvokeClean($"Get-PstFolder '{s_sample}' -Folder '{folder}'").Single().ToString()));
        Assert.Empty(session.InvokeClean($"Get-PstFolder '{s_sample}' -Folder 'no*such'"));
        session.Invoke($"Get-PstFolder '{s_sample}' -Folder nosuch");
        Assert.Equal("FolderNotFound,PstMigration.Commands.GetPstFolderCommand", Assert.Single(session.Errors).FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData("30d")]
    [InlineData("'30d'")]
    [InlineData("2y")]
    [InlineData("6m")]
    [InlineData("([TimeSpan]::FromDays(2))")]
    [InlineData("([DateTime]'2024-01-31')")]
    [InlineData("2024-01-31")]
    public void Ages_are_taken_as_people_type_them(string age)
    {
        using EngineSession session = StagedModule.Import();
        int all = session.InvokeClean($"Get-PstItem '{s_sample}'").Count(i => i.Properties["Time"].Value is not null);

        Assert.Equal(all, session.InvokeClean($"Get-PstItem '{s_sample}' -Since {age}; Get-PstItem '{s_sample}' -Before {age}").Count);
    }

    [Fact]
    public void A_bare_number_is_no_age()
    {
        using EngineSession session = StagedModule.Import();
        session.Invoke($"Get-PstItem '{s_sample}' -Since 30");

        Assert.Contains("30d", Assert.Single(session.Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Filters_go_together()
    {
        using EngineSession session = StagedModule.Import();
        PSObject[] items = [.. session.InvokeClean($"Get-PstItem '{s_sample}'")];
        string subject = items.Select(i => (string)i.Properties["Subject"].Value).First(s => s.Length > 2);
        string pattern = subject.Replace("'", "''", StringComparison.Ordinal);

        Assert.Equal(items.Count(i => ((string)i.Properties["Subject"].Value).Contains(subject, StringComparison.OrdinalIgnoreCase)), session.InvokeClean($"Get-PstItem '{s_sample}' -Subject '{pattern}'").Count);
        Assert.Equal(
            items.Count(i => ((string)i.Properties["MessageClass"].Value).StartsWith("IPM.Note", StringComparison.OrdinalIgnoreCase)),
            session.InvokeClean($"Get-PstItem '{s_sample}' -MessageClass IPM.Note*").Count);
        Assert.Empty(session.InvokeClean($"Get-PstItem '{s_sample}' -Subject '{pattern}' -MessageClass no*"));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void Views_fit_the_screen(int width)
    {
        using EngineSession session = StagedModule.Import(width);
        ShellRawInterface screen = new(() => width);
        foreach (string script in new[] { $"Get-PstFile '{s_sample}'", $"Get-PstFolder '{s_sample}' -Recurse", $"Get-PstItem '{s_sample}'", $"Get-PstItem '{s_sample}' | Format-List" })
        {
            string[] lines = session.Show(script).Split('\n');
            Assert.All(lines, line => Assert.InRange(screen.LengthInBufferCells(line.TrimEnd('\r')), 0, width));
        }

        Assert.Matches(@"Kind\s+Format\s+Size\(MB\)\s+Folders\s+Items\s+Path", session.Show($"Get-PstFile '{s_sample}'"));
        Assert.Matches(@"Items\s+Unread\s+Role\s+Class\s+Folder", session.Show($"Get-PstFolder '{s_sample}'"));
        Assert.Matches(@"Time\s+Size\(KB\)\s+Sender\s+Subject", session.Show($"Get-PstItem '{s_sample}'"));
    }

    [Fact]
    public void Views_show_escape_sequences_as_signs()
    {
        using EngineSession session = StagedModule.Import();
        string shown = session.Show(
            "[pscustomobject]@{ PSTypeName = 'PstMigration.PstItemInfo'; Time = $null; Size = 0; Sender = \"$([char]27)[2J\"; Subject = \"a$([char]0x202E)b\"; Folder = 'f' }");

        Assert.Contains("␛[2J", shown, StringComparison.Ordinal);
        Assert.Contains("a<U+202E>b", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Tab_offers_folders_and_roles()
    {
        using EngineSession session = StagedModule.Import();
        string[] folders = [.. session.InvokeClean($"Get-PstFolder '{s_sample}' -Recurse").Select(f => f.ToString())];
        IReadOnlyList<string> offers = session.Complete($"Get-PstItem '{s_sample}' -Folder ");

        Assert.Contains("SentItems", offers);
        Assert.All(folders, folder => Assert.Contains(offers, o => o.Trim('\'') == folder));
        Assert.Equal(["Inbox"], session.Complete("Get-PstItem nowhere.pst -Folder inb"));
    }

    [Fact]
    public void A_damaged_file_costs_an_error_and_no_more()
    {
        string folder = Directory.CreateTempSubdirectory("pstmigration").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "text.pst"), "not a data file");
            File.WriteAllText(Path.Combine(folder, "empty.pst"), "");
            File.Copy(s_sample, Path.Combine(folder, "[good].pst"));
            using EngineSession session = StagedModule.Import();
            string[] good = [.. session.Invoke($"Get-PstFile '{folder}/*.pst'").Select(f => f.Properties["Name"].Value.ToString()!)];

            Assert.Equal(["[good].pst"], good);
            Assert.Equal(["PstEmpty", "PstNotAPst"], session.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]).Order(StringComparer.Ordinal));
            Assert.All(session.Errors, e => Assert.Equal(ErrorCategory.InvalidData, e.CategoryInfo.Category));
            Assert.Single(session.InvokeClean($"Get-PstFile '{folder}/[[]good].pst' | Get-PstFile"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string[] Nodes(EngineSession session, string script) =>
        [.. session.InvokeClean(script).Select(i => i.Properties["NodeId"].Value.ToString()!).Order(StringComparer.Ordinal)];
}
