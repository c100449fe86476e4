using System.Management.Automation;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

/// <summary>A disk that is full has one name, whatever was being written, and nothing is lost by it.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly EngineSession _session = StagedModule.Import();
    private readonly string _sample = Path.Combine(StagedModule.Repository, "samples", "rehearsal.pst");

    public void Dispose()
    {
        _session.Invoke("Get-MsMailbox | Disconnect-MsMailbox");
        _session.Dispose();
    }

    [Fact]
    public void C7_A_sandbox_says_so_disconnects_and_goes_on_when_there_is_room()
    {
        using SmallDisk disk = new(3072);
        _session.InvokeClean($"$m = Connect-MsMailbox -Sandbox '{disk["m.mailbox"]}' -NoThrottling");
        disk.Fill();

        _session.Invoke($"Import-PstToMailbox '{_sample}' -Mailbox $m");
        Assert.Equal("DiskFull", Id(Assert.Single(_session.Errors)));
        Assert.DoesNotContain("proxy", _session.Errors[0].ErrorDetails?.RecommendedAction ?? "", StringComparison.OrdinalIgnoreCase);

        _session.InvokeClean("Disconnect-MsMailbox $m");
        disk.Clear();
        PSObject result = _session.InvokeClean(
            $"$m = Connect-MsMailbox -Sandbox '{disk["m.mailbox"]}' -NoThrottling; Import-PstToMailbox '{_sample}' -Mailbox $m; Disconnect-MsMailbox $m").Single();
        Assert.Equal(5, Convert.ToInt32(result.Properties["Read"].Value, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(0, Convert.ToInt32(result.Properties["Failed"].Value, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void C7_A_sandbox_that_cannot_be_made_says_so()
    {
        using SmallDisk disk = new(1024);
        disk.Fill();

        _session.Invoke($"Connect-MsMailbox -Sandbox '{disk["m.mailbox"]}'");

        Assert.Equal("DiskFull", Id(Assert.Single(_session.Errors)));
    }

    [Fact]
    public void C7_Data_files_and_files_of_mail_say_so_too()
    {
        using SmallDisk disk = new(2048);
        using SmallDisk other = new(8192);
        _session.InvokeClean(
            $"$m = Connect-MsMailbox -Sandbox '{other["m.mailbox"]}' -NoThrottling; $null = Import-PstToMailbox '{_sample}' -Mailbox $m; $null = New-PstFile '{disk["there.pst"]}'");
        File.WriteAllText(other["large.eml"], "Subject: large\r\n\r\n" + new string('x', 1_000_000));
        disk.Fill(leave: 20_000);

        foreach (string command in new[]
        {
            $"Export-MailboxToPst $m -Path '{disk["new.pst"]}'",
            $"Import-PstItem '{other["large.eml"]}' -Destination '{disk["there.pst"]}'",
            $"Export-PstItem '{_sample}' -Destination '{disk["mail"]}' -Format Eml",
            $"New-PstFile '{disk["another.pst"]}'",
        })
        {
            _session.Invoke(command);
            Assert.Equal((command, "DiskFull"), (command, string.Join(" ", _session.Errors.Select(Id).Distinct())));
        }

        _session.InvokeClean("Disconnect-MsMailbox $m");
    }

    [Theory]
    [InlineData("Import-PstItem '{0}/mail' -Destination '{0}/a.pst'")]
    [InlineData("$null = New-PstFile '{0}/b.pst'; Import-PstItem '{0}/mail' -Destination '{0}/b.pst'")]
    [InlineData("$m = Connect-MsMailbox -Sandbox '{0}/m.mailbox' -NoThrottling; Import-PstToMailbox '{0}/mail' -Mailbox $m")]
    public void A_file_that_may_not_become_longer_is_one_error_and_no_more(string command)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The limit is set by a shell of Linux.");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("pstmigration-long");
        Directory.CreateDirectory(Path.Combine(folder.FullName, "mail"));
        for (int i = 0; i < 40; i++)
        {
            File.WriteAllText(Path.Combine(folder.FullName, "mail", i + ".eml"), $"Subject: {i}\r\n\r\n" + new string((char)('a' + (i % 26)), 50_000));
        }

        (_, string output, string errors) = StagedModule.RunShell(
            [
                "-Command",
                $"Import-Module '{StagedModule.Manifest}'; {string.Format(System.Globalization.CultureInfo.InvariantCulture, command, folder.FullName)} -JournalFolder '{folder.FullName}/j' -ErrorAction SilentlyContinue -ErrorVariable e; "
                + "$e | ForEach-Object { $_.FullyQualifiedErrorId.Split(',')[0] }",
            ],
            longestFile: 1_200);

        Assert.Equal("DiskFull", string.Join(" ", output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct()));
        Assert.Equal("", errors);
        folder.Delete(recursive: true);
    }

    private static string Id(ErrorRecord error) => error.FullyQualifiedErrorId.Split(',')[0];
}
