using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Text;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

/// <summary>What a second run of a transfer costs, and how soon one stops.</summary>
public sealed class UnchangedSourceTests : IDisposable
{
    private static readonly bool s_isFull = Environment.GetEnvironmentVariable("PSTMIGRATION_SCALE") == "full";
    private readonly string _folder = Directory.CreateTempSubdirectory("pstmigration-unchanged").FullName;
    private readonly EngineSession _session = StagedModule.Import();

    [Fact]
    public void An_unchanged_file_is_imported_again_in_a_part_of_the_time()
    {
        int count = s_isFull ? 10_000 : 4000;
        MakeFile(count, words: 600);
        TimeSpan first = Measure($"$r = Import-PstItem '{_folder}/mail.pst' '{_folder}/copy.pst'");
        Assert.Equal((long)count, _session.InvokeClean("$r.Copied").Single().BaseObject);

        TimeSpan second = Enumerable.Range(0, 3).Min(_ => Measure($"$r = Import-PstItem '{_folder}/mail.pst' '{_folder}/copy.pst'"));

        Assert.Equal((long)count, _session.InvokeClean("$r.AlreadyThere").Single().BaseObject);
        // A tenth at 10,000 items; of fewer, what every run costs is the larger part.
        Assert.True(second.Ticks * (s_isFull ? 10 : 4) <= first.Ticks, $"{first.TotalSeconds:F2} s, then {second.TotalSeconds:F2} s");
    }

    [Fact]
    public void An_unchanged_mailbox_is_exported_again_without_opening_an_item()
    {
        int count = s_isFull ? 10_000 : 200;
        MakeFile(count);
        _session.InvokeClean($"$m = Connect-MsMailbox -Sandbox '{_folder}/m.mailbox' -NoThrottling; $null = Import-PstToMailbox '{_folder}/mail.pst' -Mailbox $m");
        string export = $"$DebugPreference = 'Continue'; $all = Export-MailboxToPst $m '{_folder}/out.pst' 5>&1; $all | Where-Object {{ $_ -is [System.Management.Automation.DebugRecord] }}; $r = $all[-1]";

        string[] first = [.. _session.InvokeClean(export).Select(o => o.ToString())];
        Assert.Equal((long)count, _session.InvokeClean("$r.Copied").Single().BaseObject);
        string[] second = [.. _session.InvokeClean(export).Select(o => o.ToString())];

        Assert.Equal((long)count, _session.InvokeClean("$r.AlreadyThere").Single().BaseObject);
        Assert.True(first.Length >= count, "Requests are not told.");
        Assert.Equal((long)count, _session.InvokeClean("$r.Unlisted").Single().BaseObject);
        Assert.True((int)_session.InvokeClean("$r.FoldersByChanges").Single().BaseObject > 1);
        // However many items there are: each folder is asked for what changed, and where it is.
        Assert.True(second.Length < 40, string.Join("\n", second.Take(100)));
    }

    [Fact]
    public async Task A_transfer_stops_within_a_second()
    {
        MakeFile(4000);
        _session.InvokeClean($"$m = Connect-MsMailbox -Sandbox '{_folder}/m.mailbox' -NoThrottling");
        foreach (string command in new[] { $"Import-PstToMailbox '{_folder}/mail.pst' -Mailbox $m", $"Import-PstItem '{_folder}/mail.pst' '{_folder}/copy.pst'", $"Export-PstItem '{_folder}/mail.pst' -Destination '{_folder}/eml'" })
        {
            int before = _session.Progress.Count;
            using PowerShell shell = _session.Create();
            shell.AddScript(command);
            IAsyncResult running = shell.BeginInvoke();
            while (!running.IsCompleted && _session.Progress.Count < before + 3)
            {
                await Task.Delay(5, TestContext.Current.CancellationToken);
            }

            Stopwatch watch = Stopwatch.StartNew();
            shell.Stop();
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), command + ": " + watch.Elapsed);
            Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        }
    }

    [Fact]
    public void Removing_the_module_leaves_no_file_locked()
    {
        string mailbox = Path.Combine(_folder, "m.mailbox");
        MakeFile(3);
        _session.InvokeClean($"$m = Connect-MsMailbox -Sandbox '{mailbox}' -NoThrottling; $null = Import-PstToMailbox '{_folder}/mail.pst' -Mailbox $m; Remove-Module PstMigration");

        using (FileStream alone = new(mailbox, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.True(alone.Length > 0);
        }

        Assert.Equal(["m.mailbox"], Directory.EnumerateFiles(_folder, "*.mailbox*").Select(Path.GetFileName));
        _session.InvokeClean($"Import-Module '{StagedModule.Manifest}'; $m = Connect-MsMailbox -Sandbox '{mailbox}' -NoThrottling");
        Assert.Equal(3, _session.InvokeClean("(Get-MsMailbox).ItemCount").Single().BaseObject);
    }

    public void Dispose()
    {
        _session.Invoke("Get-MsMailbox | Disconnect-MsMailbox");
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private TimeSpan Measure(string script)
    {
        Stopwatch watch = Stopwatch.StartNew();
        _session.InvokeClean(script);
        return watch.Elapsed;
    }

    /// <summary>A data file of mails.</summary>
    /// <param name="count">How many.</param>
    /// <param name="words">Of the text of each.</param>
    private void MakeFile(int count, int words = 4)
    {
        string text = string.Join(" ", Enumerable.Range(0, words).Select(w => w % 12 == 11 ? "word\n" : "word"));
        StringBuilder mbox = new();
        for (int i = 0; i < count; i++)
        {
            mbox.Append(CultureInfo.InvariantCulture, $"From a@example.com Thu Jan  1 00:00:00 2026\nMessage-ID: <{i}@example.com>\nFrom: A <a@example.com>\nTo: b@example.com\n")
                .Append(CultureInfo.InvariantCulture, $"Date: Thu, 1 Jan 2026 00:{i / 60 % 60:D2}:{i % 60:D2} +0000\nSubject: mail {i}\n\nText of mail {i}: {text}.\n\n");
        }

        File.WriteAllText(Path.Combine(_folder, "mail.mbox"), mbox.ToString());
        _session.InvokeClean($"$null = Import-PstItem '{_folder}/mail.mbox' '{_folder}/mail.pst'");
    }
}
