using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Text;
using PstMigration.Shell;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

/// <summary>An import that is killed and run again, and taken back after a kill. The long run is <c>fuzz transfer-kill</c>.</summary>
public sealed class KilledTransferTests : IDisposable
{
    private const int Count = 150;
    private static readonly string[] s_subjects = [.. Enumerable.Range(0, Count).Select(i => "mail " + i.ToString(CultureInfo.InvariantCulture)).Order(StringComparer.Ordinal)];
    private readonly string _folder = Directory.CreateTempSubdirectory("pstmigration-killed").FullName;
    private readonly EngineSession _session = StagedModule.Import();

    [Fact]
    public void Killed_at_random_instants_and_run_again_every_mail_is_there_once_and_all_of_it_can_be_taken_back()
    {
        MakeFile();
        Random random = new(20261130);
        for (int kill = 0; kill < 3; kill++)
        {
            RunAndKill(random.Next(20, 400));
            if (kill == 1 && Directory.Exists(Path.Combine(_folder, "journals")))
            {
                Directory.Delete(Path.Combine(_folder, "journals"), recursive: true);
            }
        }

        string connect = $"$m = Connect-MsMailbox -Sandbox '{_folder}/m.mailbox' -NoThrottling";
        PSObject result = _session.InvokeClean($"{connect}; Import-PstToMailbox '{_folder}/mail.pst' -Mailbox $m -TargetFolder old -JournalFolder '{_folder}/journals' -Verify").Single();
        Assert.Equal((long)Count, (long)result.Properties["Copied"].Value + (long)result.Properties["AlreadyThere"].Value);
        PSObject verified = PSObject.AsPSObject(result.Properties["Verification"].Value);
        Assert.Equal((true, (long)Count, 0L), ((bool)verified.Properties["IsWhole"].Value, (long)verified.Properties["Same"].Value, (long)verified.Properties["Extra"].Value));
        PSObject transfer = _session.InvokeClean($"Get-PstTransfer -JournalFolder '{_folder}/journals'").Single();
        Assert.Equal(("Completed", (long)Count), ((string)transfer.Properties["State"].Value, (long)transfer.Properties["Items"].Value));
        Assert.Equal(s_subjects, _session.InvokeClean($"Export-MailboxToPst $m '{_folder}/out.pst' -PassThru | Where-Object Fate | ForEach-Object Subject").Select(o => o.ToString()).Order(StringComparer.Ordinal));

        _session.InvokeClean("Disconnect-MsMailbox $m");
        RunAndKill(150, "Undo-PstTransfer *");
        _session.InvokeClean($"{connect}; $u = Undo-PstTransfer * -JournalFolder '{_folder}/journals' -Confirm:$false");
        Assert.Equal(0L, _session.InvokeClean("$u[-1].Changed + $u[-1].Moved + $u[-1].Failed").Single().BaseObject);
        // The journal that knew of the first run's folders was deleted: they may stay, with nothing in them.
        Assert.All(
            _session.InvokeClean("Get-MsMailboxFolder $m").Where(f => f.Properties["Folder"].Value.ToString()!.StartsWith("old", StringComparison.Ordinal)),
            f => Assert.Equal(0L, Convert.ToInt64(f.Properties["ItemCount"].Value, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Of_what_is_there_from_elsewhere_as_many_stay_as_the_file_has_however_often_the_run_is_killed()
    {
        // No Message-IDs: fifty of a hundred are twice in the file, and fifty are there once from another.
        WriteFile("mail", [.. Enumerable.Range(0, 100), .. Enumerable.Range(0, 50)], withMessageId: false);
        WriteFile("other", [.. Enumerable.Range(25, 50)], withMessageId: false);
        string connect = $"$m = Connect-MsMailbox -Sandbox '{_folder}/m.mailbox' -NoThrottling";
        _session.InvokeClean($"{connect}; $null = Import-PstToMailbox '{_folder}/other.pst' -Mailbox $m -JournalFolder '{_folder}/journals'; Disconnect-MsMailbox $m");
        foreach (int delay in new[] { 60, 200, 350 })
        {
            RunAndKill(delay);
        }

        string import = $"Import-PstToMailbox '{_folder}/mail.pst' -Mailbox $m -TargetFolder old -JournalFolder '{_folder}/journals'";
        PSObject result = _session.InvokeClean($"{connect}; {import} -Verify").Single();

        Assert.Equal((150L, 50L), ((long)result.Properties["Copied"].Value + (long)result.Properties["AlreadyThere"].Value, (long)result.Properties["Duplicates"].Value));
        PSObject verified = PSObject.AsPSObject(result.Properties["Verification"].Value);
        Assert.Equal((true, 150L, 0L), ((bool)verified.Properties["IsWhole"].Value, (long)verified.Properties["Same"].Value, (long)verified.Properties["Extra"].Value));
        Assert.Equal("0/50", _session.InvokeClean($"{import} | ForEach-Object {{ \"$($_.Copied)/$($_.Duplicates)\" }}").Single().BaseObject);
        Assert.Equal(150, _session.InvokeClean("(Get-MsMailbox).ItemCount").Single().BaseObject);
    }

    public void Dispose()
    {
        _session.Invoke("Get-MsMailbox | Disconnect-MsMailbox");
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Begins a transfer in another process and kills that so many milliseconds after it has begun.</summary>
    private void RunAndKill(int delay, string? command = null)
    {
        string script = $"Import-Module '{StagedModule.Manifest}'; $m = Connect-MsMailbox -Sandbox '{_folder}/m.mailbox' -NoThrottling; 'begun'; "
            + (command is null ? $"Import-PstToMailbox '{_folder}/mail.pst' -Mailbox $m -TargetFolder old" : command + " -Confirm:$false") + $" -JournalFolder '{_folder}/journals'";
        ProcessStartInfo start = new("dotnet", [typeof(ShellSession).Assembly.Location, "-NoProfile", "-Command", script]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        Assert.Equal("begun", process.StandardOutput.ReadLine()?.Trim());
        process.WaitForExit(delay);
        process.Kill();
        process.WaitForExit();
    }

    private void MakeFile() => WriteFile("mail", [.. Enumerable.Range(0, Count)], withMessageId: true);

    private void WriteFile(string name, int[] mails, bool withMessageId)
    {
        StringBuilder mbox = new();
        foreach (int i in mails)
        {
            string messageId = withMessageId ? string.Create(CultureInfo.InvariantCulture, $"Message-ID: <{i}@example.com>\n") : "";
            mbox.Append(
                CultureInfo.InvariantCulture,
                $"From a@example.com Thu Jan  1 00:00:00 2026\n{messageId}From: A <a@example.com>\nTo: b@example.com\nDate: Thu, 1 Jan 2026 00:00:01 +0000\nSubject: mail {i}\n\nText {i}.\n\n");
        }

        File.WriteAllText(Path.Combine(_folder, name + ".mbox"), mbox.ToString());
        _session.InvokeClean($"$null = Import-PstItem '{_folder}/{name}.mbox' '{_folder}/{name}.pst'");
    }
}
