using System.Management.Automation;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

/// <summary>Backups that are series of data files, through the cmdlets: registered, run, tested, and restored with each item once.</summary>
public sealed class SeriesBackupTests : IDisposable
{
    private static readonly string s_sample = Path.Combine(StagedModule.Repository, "samples", "rehearsal.pst");
    private readonly string _folder = Directory.CreateTempSubdirectory("pstmigration-series-backup").FullName;
    private readonly EngineSession _session = StagedModule.Import();

    public SeriesBackupTests() => _session.InvokeClean(
        $"$m = Connect-MsMailbox -Sandbox '{_folder}/m.mailbox' -Address taro@example.jp -Culture ja-JP -NoThrottling; $p = @{{ PlanFolder = '{_folder}/plans' }}; $j = @{{ JournalFolder = '{_folder}/journals' }}; "
        + $"$null = Import-PstToMailbox '{s_sample}' -Mailbox $m @j");

    private string Series => Path.Combine(_folder, "backup", "nightly", "nightly");

    [Theory]
    [InlineData("-SplitBy Year", "Year")]
    [InlineData("-SplitBy Size", "Size")]
    [InlineData("-SplitSize 1MB", "Size")]
    public void A_series_is_saved_tested_and_restored_with_each_item_once(string split, string splitBy)
    {
        PSObject registered = Register($"{split} -SecondDestination '{_folder}/second'");
        PSObject first = Start();
        string large = splitBy == "Size" ? new string('x', 900_000) : "x";
        Add("second", large);
        Add("third", large);
        PSObject second = Start();

        Assert.Equal((splitBy, Series), (Text(registered, "SplitBy"), Text(registered, "DataFile")));
        Assert.Equal((0, 5L), (Value(first, "ExitCode"), Value(first, "Items")));
        Assert.Equal((0, 2L, 7L), (Value(second, "ExitCode"), Value(second, "Copied"), Value(second, "Items")));
        string[] parts = [.. Directory.GetFiles(Series).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];
        Assert.Equal(split.Contains("Year", StringComparison.Ordinal) ? ["nightly-2019.pst", "nightly-2026.pst", "nightly.pst"] : split.Contains("1MB", StringComparison.Ordinal) ? ["nightly-002.pst", "nightly-003.pst", "nightly.pst"] : ["nightly.pst"], parts);
        Assert.Equal(parts, Directory.GetFiles(Path.Combine(_folder, "second", "nightly", "nightly")).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));
        Assert.All(parts, f => Assert.Empty(_session.InvokeClean($"(Test-PstFile '{Series}/{f}').Findings")));
        PSObject tested = _session.InvokeClean("Test-MailboxBackup nightly -Drill 10 @p").Single();
        Assert.Equal((true, true, true, true, 7L), (Value(tested, "Passed"), Value(tested, "IsSound"), Value(tested, "IsSecondEqual"), Value(tested, "IsRestorable"), Value(tested, "Items")));
        Assert.Equal(Directory.GetFiles(Series).Sum(f => new FileInfo(f).Length), Value(_session.InvokeClean("Get-MailboxBackup nightly @p").Single(), "Size"));

        Assert.Equal((7L, 7L), Restored("Get-MailboxBackup nightly @p | Import-PstToMailbox -Mailbox $n @j"));
        Assert.Equal((7L, 0L), Restored("Get-MailboxBackup nightly @p | Import-PstToMailbox -Mailbox $n @j"));
        Assert.Equal((7L, 0L), Restored("Get-MailboxBackup nightly @p | Import-PstToMailbox -Mailbox $m @j"));
        string state = Directory.GetDirectories(Path.Combine(_folder, "backup", "nightly", "states")).Single();
        Directory.Move(state, Path.Combine(Path.GetDirectoryName(state)!, "nightly.20260301T020000Z"));
        Assert.Equal((5L, 5L), Restored($"Import-PstToMailbox '{Series}' -AsOf 2026-03-05T00:00:00Z -Mailbox $o -WarningAction SilentlyContinue @j"));
    }

    [Fact]
    public void A_series_without_one_of_its_files_does_not_pass_and_gets_it_back()
    {
        Register("-SplitBy Year");
        Start();
        Add("second", "x");
        Start();
        File.Delete(Path.Combine(Series, "nightly-2019.pst"));

        PSObject tested = _session.InvokeClean("Test-MailboxBackup nightly @p").Single();
        PSObject run = Start();

        Assert.Equal((false, false), (Value(tested, "Passed"), Value(tested, "IsComplete")));
        Assert.Equal((1, 6L), (Value(run, "ExitCode"), Value(run, "Items")));
        Assert.Contains(((System.Collections.IEnumerable)Value(tested, "Problems")).Cast<object>(), p => p.ToString()!.Contains("nightly-2019.pst", StringComparison.Ordinal));
        Assert.Contains(((System.Collections.IEnumerable)Value(run, "Messages")).Cast<object>(), p => p.ToString()!.Contains("nightly-2019.pst", StringComparison.Ordinal));
        Assert.True((bool)_session.InvokeClean("Test-MailboxBackup nightly -Quiet @p").Single().BaseObject);
        _session.InvokeClean("Unregister-MailboxBackup nightly -RemoveData -Force -Confirm:$false @p");
        Assert.False(Directory.Exists(Path.GetDirectoryName(Series)));
    }

    [Fact]
    public void What_does_not_go_together_is_refused_and_leaves_nothing()
    {
        _session.Invoke($"Register-MailboxBackup nightly $m '{_folder}/backup' -SplitBy Year -SplitSize 5MB -Scheduler None @p; Register-MailboxBackup nightly $m '{_folder}/backup' -Format Eml -SplitBy Year -Scheduler None @p");
        Assert.Equal(["SplitConflict", "BackupPlanInvalid"], _session.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]));
        Assert.False(Directory.Exists(Path.Combine(_folder, "backup")));

        Register("");
        Start();
        _session.Invoke($"Register-MailboxBackup nightly $m '{_folder}/backup' -SplitBy Year -Scheduler None -Force @p");

        Assert.Equal("BackupPlanInvalid", _session.Errors.Single().FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(0, Value(Start(), "ExitCode"));
        Assert.Single(_session.InvokeClean($"Register-MailboxBackup nightly $m '{_folder}/backup' -Keep 5d -Scheduler None -Force @p"));
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private (long Read, long Copied) Restored(string command)
    {
        _session.InvokeClean($"if (-not $n) {{ $n = Connect-MsMailbox -Sandbox '{_folder}/n.mailbox' -Address n@example.jp -NoThrottling; $o = Connect-MsMailbox -Sandbox '{_folder}/o.mailbox' -Address o@example.jp -NoThrottling }}");
        IReadOnlyList<PSObject> results = [.. _session.InvokeClean(command)];
        return (results.Sum(r => (long)Value(r, "Read")), results.Sum(r => (long)Value(r, "Copied")));
    }

    private static object Value(PSObject item, string property) => item.Properties[property].Value;

    private static string Text(PSObject item, string property) => Value(item, property)?.ToString() ?? "";

    private PSObject Register(string more) => _session.InvokeClean($"Register-MailboxBackup nightly $m '{_folder}/backup' -Scheduler None {more} @p").Single();

    private PSObject Start() => _session.Invoke("Start-MailboxBackup nightly -WarningAction SilentlyContinue @p").Single();

    private void Add(string subject, string text)
    {
        string name = Path.Combine(_folder, subject);
        File.WriteAllText(name + ".eml", $"From: a@example.jp\r\nSubject: {subject}\r\nMessage-ID: <{subject}@example.jp>\r\nDate: Mon, 2 Mar 2026 09:00:00 +0900\r\n\r\n{text}\r\n");
        _session.InvokeClean($"$null = Import-PstToMailbox '{name}.eml' -Mailbox $m @j");
    }
}
