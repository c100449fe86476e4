using System.Management.Automation;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

/// <summary>Backups through the cmdlets, of a mailbox on this machine.</summary>
public sealed class MailboxBackupTests : IDisposable
{
    private static readonly string s_sample = Path.Combine(StagedModule.Repository, "samples", "rehearsal.pst");
    private readonly string _folder = Directory.CreateTempSubdirectory("pstmigration-backup").FullName;
    private readonly EngineSession _session = StagedModule.Import();

    public MailboxBackupTests() => _session.InvokeClean(
        $"$m = Connect-MsMailbox -Sandbox '{_folder}/m.mailbox' -Address taro@example.jp -Culture ja-JP -NoThrottling; $p = @{{ PlanFolder = '{_folder}/plans' }}; "
        + $"$null = Import-PstToMailbox '{s_sample}' -Mailbox $m -JournalFolder '{_folder}/journals'");

    private string Backup => Path.Combine(_folder, "backup", "nightly", "nightly.pst");

    [Fact]
    public void A_backup_is_registered_run_shown_tested_and_taken_back()
    {
        PSObject registered = Register();
        Assert.Equal(("NeverRun", "daily 02:00"), (Text(registered, "Health"), Text(registered, "Schedule")));

        PSObject first = Start();
        PSObject second = Start();
        Assert.Equal((0, 5L, 5L), (Value(first, "ExitCode"), Value(first, "Copied"), Value(first, "Items")));
        Assert.Equal((0, 0L, 5L), (Value(second, "ExitCode"), Value(second, "Copied"), Value(second, "AlreadyThere")));
        PSObject shown = _session.InvokeClean("Get-MailboxBackup @p").Single();
        Assert.Equal(("Good", 5L, new FileInfo(Backup).Length), (Text(shown, "Health"), Value(shown, "Items"), Value(shown, "Size")));
        Assert.True((bool)_session.InvokeClean("Test-MailboxBackup nightly -Quiet @p").Single().BaseObject);
        Assert.Empty(_session.InvokeClean($"(Test-PstFile '{Backup}').Findings"));

        _session.InvokeClean("Unregister-MailboxBackup nightly -Confirm:$false @p");
        Assert.Empty(_session.InvokeClean("Get-MailboxBackup @p"));
        Assert.True(File.Exists(Backup));
    }

    [Fact]
    public void What_is_new_makes_a_new_state_and_the_one_before_stays()
    {
        Register("-SecondDestination '" + _folder + "/second' -MetricsFile '" + _folder + "/backup.prom'");
        Start();
        byte[] before = File.ReadAllBytes(Backup);
        Add("one more");

        PSObject result = Start();

        Assert.Equal((1L, 6L), (Value(result, "Copied"), Value(result, "Items")));
        Assert.Equal(before, File.ReadAllBytes(Directory.GetFiles(Path.Combine(_folder, "backup", "nightly", "states")).Single()));
        Assert.Equal(File.ReadAllBytes(Backup), File.ReadAllBytes(Path.Combine(_folder, "second", "nightly", "nightly.pst")));
        Assert.Contains("pstmigration_backup_exit_code{name=\"nightly\"} 0\n", File.ReadAllText(Path.Combine(_folder, "backup.prom")));
        Assert.Empty(Directory.GetFiles(_folder, "*working*", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_damaged_backup_is_put_aside_and_saved_again()
    {
        Register();
        Start();
        byte[] bytes = File.ReadAllBytes(Backup);
        bytes[bytes.Length / 2] ^= 1;
        int at = Array.FindLastIndex(bytes, b => b != 0);
        bytes[at] ^= 0x10;
        for (int i = 0x4800; i < bytes.Length; i += 512)
        {
            bytes[i] ^= 1;
        }

        File.WriteAllBytes(Backup, bytes);

        PSObject tested = _session.Invoke("Test-MailboxBackup nightly @p").Single();
        PSObject result = Start();

        Assert.False((bool)Value(tested, "Passed"));
        Assert.Equal((1, 5L), (Value(result, "ExitCode"), Value(result, "Items")));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(Backup)!, "nightly.damaged-*.pst"));
        Assert.Empty(_session.InvokeClean($"(Test-PstFile '{Backup}').Findings"));
    }

    [Fact]
    public void A_backup_that_cannot_be_looked_at_is_not_taken_for_a_damaged_one()
    {
        Register();
        Start();
        Add("one more");
        Start();
        string folder = Path.GetDirectoryName(Backup)!;
        string[] before = Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
        PSObject result;
        using (new FileStream(Backup, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            result = Start();
        }

        Assert.Equal((2, "PstInUse"), (Value(result, "ExitCode"), Text(result, "ErrorId")));
        Assert.Equal(before, Directory.GetFiles(folder, "*", SearchOption.AllDirectories));
        Assert.Equal(0, Value(Start(), "ExitCode"));
    }

    [Fact]
    public void A_backup_that_failed_for_months_does_not_pass()
    {
        Register();
        Start();
        string status = Path.Combine(_folder, "plans", "nightly.status.json");
        string noted = File.ReadAllText(status);
        string success = System.Text.Json.JsonDocument.Parse(noted).RootElement.GetProperty("lastSuccess").GetString()!;
        File.WriteAllText(status, noted.Replace("\"lastSuccess\": \"" + success.Substring(0, 4), "\"lastSuccess\": \"2020", StringComparison.Ordinal)
            .Replace("\"outcome\": \"Success\"", "\"outcome\": \"Failed\"", StringComparison.Ordinal));

        PSObject tested = _session.InvokeClean("Test-MailboxBackup nightly @p").Single();

        Assert.Equal((false, false, true), (Value(tested, "Passed"), Value(tested, "IsRecent"), Value(tested, "IsSound")));
        Assert.Equal("Failing", Text(_session.InvokeClean("Get-MailboxBackup @p").Single(), "Health"));
    }

    [Fact]
    public void A_backup_without_a_folder_of_the_mailbox_is_not_complete()
    {
        Register();
        Start();
        string status = Path.Combine(_folder, "plans", "nightly.status.json");
        File.WriteAllText(status, File.ReadAllText(status).Replace("\"unreadableFolders\": 0", "\"unreadableFolders\": 1", StringComparison.Ordinal));

        PSObject tested = _session.InvokeClean("Test-MailboxBackup nightly @p").Single();

        Assert.Equal((false, false), (Value(tested, "Passed"), Value(tested, "IsComplete")));
    }

    [Fact]
    public void News_of_the_mailbox_is_no_problem_of_the_backup_and_a_problem_does_not_pass()
    {
        Register($"-SecondDestination '{_folder}/second'");
        Start();
        string status = Path.Combine(_folder, "plans", "nightly.status.json");
        File.WriteAllText(status, File.ReadAllText(status).Replace("\"sourceItems\": 5", "\"sourceItems\": 50", StringComparison.Ordinal));

        PSObject shrunk = Start();
        PSObject tested = _session.InvokeClean("Test-MailboxBackup nightly @p").Single();
        File.Delete(Path.Combine(_folder, "second", "nightly", "nightly.pst"));
        PSObject lost = _session.InvokeClean("Test-MailboxBackup nightly @p").Single();

        Assert.Equal((1, true, 5L), (Value(shrunk, "ExitCode"), Value(tested, "Passed"), Value(tested, "Items")));
        Assert.Empty((IEnumerable<string>)Value(tested, "Problems"));
        Assert.Equal((IEnumerable<string>)Value(shrunk, "Messages"), (IEnumerable<string>)Value(tested, "Messages"));
        Assert.False((bool)Value(lost, "Passed"));
        Assert.Contains("second", Assert.Single((IEnumerable<string>)Value(lost, "Problems")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_lost_backup_comes_back_from_the_second_destination()
    {
        Register($"-SecondDestination '{_folder}/second'");
        Start();
        byte[] before = File.ReadAllBytes(Backup);
        File.Delete(Backup);

        PSObject result = Start();

        Assert.Equal((1, 5L), (Value(result, "ExitCode"), Value(result, "Items")));
        Assert.Contains(Path.Combine(_folder, "second"), string.Join(" ", (IEnumerable<string>)Value(result, "Messages")), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Backup));
        Assert.Equal(0, Value(Start(), "ExitCode"));
    }

    [Fact]
    public void A_tree_has_no_second_destination()
    {
        _session.Invoke($"Register-MailboxBackup nightly $m '{_folder}/backup' -SecondDestination '{_folder}/second' -Format Eml -Scheduler None @p");

        Assert.Equal("BackupPlanInvalid", _session.Errors.Single().FullyQualifiedErrorId.Split(',')[0]);
        Assert.False(Directory.Exists(Path.Combine(_folder, "backup")));
        Assert.False(Directory.Exists(Path.Combine(_folder, "second")));
    }

    [Fact]
    public void What_was_saved_comes_back_into_another_mailbox()
    {
        Register();
        Start();

        _session.InvokeClean($"$n = Connect-MsMailbox -Sandbox '{_folder}/n.mailbox' -Address other@example.jp -NoThrottling");
        PSObject restored = _session.InvokeClean($"Import-PstToMailbox '{Backup}' -Mailbox $n -JournalFolder '{_folder}/journals'").Single();

        Assert.Equal((5L, 5L), (Value(restored, "Read"), Value(restored, "Copied")));
    }

    [Fact]
    public void A_backup_is_restored_as_of_a_time_from_the_states_that_were_kept()
    {
        Register();
        Start();
        string states = Path.Combine(Path.GetDirectoryName(Backup)!, "states");
        foreach ((string mail, string time) in new[] { ("second", "20260301T020000Z"), ("third", "20260310T020000Z") })
        {
            // As if the nights were apart: of one day only the last state is kept.
            Add(mail);
            Start();
            File.Move(Directory.GetFiles(states).Max(StringComparer.Ordinal)!, Path.Combine(states, $"nightly.{time}.pst"));
        }

        Assert.Equal((5L, "20260301T020000Z"), Restore("a", "2026-03-05T00:00:00Z"));
        Assert.Equal((5L, "20260301T020000Z"), Restore("b", "2026-03-01T02:00:00Z"));
        Assert.Equal((6L, "20260310T020000Z"), Restore("c", "2026-03-10T02:00:00Z"));
        Assert.Equal((7L, null), Restore("d", "0h"));
        Assert.Contains("2026-03-10", _session.Invoke($"$null = Import-PstToMailbox '{Backup}' -Mailbox $n -AsOf 2026-03-05 -JournalFolder '{_folder}/journals' -WarningVariable said -WarningAction SilentlyContinue; \"$said\"").Single().ToString(), StringComparison.Ordinal);

        _session.Invoke($"Import-PstToMailbox '{Backup}' -Mailbox $m -AsOf 2026-02-27 -JournalFolder '{_folder}/journals'; Import-PstToMailbox '{_folder}/third.pst' -Mailbox $m -AsOf 2026-03-05 -JournalFolder '{_folder}/journals'");
        Assert.Equal(["BackupStateNotKept", "BackupNotFound"], _session.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Contains(new DateTimeOffset(2026, 3, 1, 2, 0, 0, TimeSpan.Zero).ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture), _session.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_folder_is_restored_from_the_pipeline_into_the_mailbox_of_the_backup()
    {
        Register();
        Start();

        PSObject again = _session.InvokeClean($"Get-MailboxBackup nightly @p | Import-PstToMailbox -JournalFolder '{_folder}/journals'").Single();
        PSObject folder = _session.InvokeClean($"Get-MailboxBackup nightly @p | Import-PstToMailbox -AsOf 0h -Folder 受信トレイ/請求書 -TargetFolder Restored -AllowDuplicate -JournalFolder '{_folder}/journals'").Single();

        Assert.Equal((5L, 0L, 5L), (Value(again, "Read"), Value(again, "Copied"), Value(again, "AlreadyThere")));
        Assert.Equal(1L, Value(folder, "Read"));
        Assert.NotNull(Value(folder, "StateTime"));
    }

    [Theory]
    [InlineData("Pst")]
    [InlineData("Eml")]
    [InlineData("Mbox")]
    [InlineData("Maildir")]
    public void A_drill_restores_a_sample_and_tells_what_came_back(string format)
    {
        Register("-Format " + format);
        Start();

        PSObject tested = _session.InvokeClean("Test-MailboxBackup nightly -Drill 3 -DrillSeed 7 @p").Single();
        PSObject again = _session.InvokeClean("(Test-MailboxBackup nightly -Drill 3 -DrillSeed 7 @p).Drill").Single();
        PSObject all = _session.InvokeClean("(Test-MailboxBackup nightly -Drill 100 @p).Drill").Single();

        PSObject drill = PSObject.AsPSObject(Value(tested, "Drill"));
        Assert.Equal((true, true), (Value(tested, "IsRestorable"), Value(tested, "Passed")));
        Assert.Equal((3, 7, 3), (Value(drill, "Asked"), Value(drill, "Seed"), Value(drill, "Sampled")));
        Assert.Equal((Value(drill, "Restored"), Value(drill, "Folders")), (Value(again, "Restored"), Value(again, "Folders")));
        Assert.Equal((true, 5, 5L), (Value(all, "Passed"), Value(all, "Sampled"), (long)Value(all, "Same") + (long)Value(all, "Lessened") + (long)Value(all, "Skipped")));
        Assert.True((long)Value(all, "Same") > 0);
        Assert.True((TimeSpan)Value(all, "Duration") > TimeSpan.Zero);
        Assert.Null(Value(_session.InvokeClean("Test-MailboxBackup nightly @p").Single(), "IsRestorable"));
    }

    [Fact]
    public void A_drill_of_a_backup_that_cannot_be_restored_fails_and_says_so()
    {
        _session.Invoke($"$null = Register-MailboxBackup nightly $m '{_folder}/backup' -Format Html -Scheduler None -WarningAction SilentlyContinue @p");
        Start();
        PSObject readable = _session.InvokeClean("Test-MailboxBackup nightly -Drill 3 @p").Single();
        _session.InvokeClean("Unregister-MailboxBackup nightly -RemoveData -Force -Confirm:$false @p");
        Register();
        Start();
        byte[] bytes = File.ReadAllBytes(Backup);
        File.WriteAllBytes(Backup, bytes.AsSpan(0, 600).ToArray());

        PSObject cut = _session.InvokeClean("Test-MailboxBackup nightly -Drill 3 @p").Single();

        Assert.Equal((false, false), (Value(readable, "Passed"), Value(readable, "IsRestorable")));
        Assert.Contains("Html", string.Join(" ", (IEnumerable<string>)Value(readable, "Problems")), StringComparison.Ordinal);
        Assert.Equal((false, false), (Value(cut, "Passed"), Value(cut, "IsRestorable")));
        Assert.Contains("drill", string.Join(" ", (IEnumerable<string>)Value(cut, "Problems")), StringComparison.Ordinal);
        Assert.False((bool)_session.InvokeClean("Test-MailboxBackup nightly -Drill 3 -Quiet @p").Single().BaseObject);
    }

    [Fact]
    public void A_local_archive_is_saved_too_and_one_that_is_open_is_told()
    {
        string archive = Path.Combine(_folder, "archive.pst");
        File.Copy(s_sample, archive);
        Register($"-IncludeLocalPst '{_folder}/arch*.pst'");
        PSObject open;
        using (new FileStream(archive, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            open = Start();
        }

        PSObject closed = Start();

        string said = string.Join(" ", (IEnumerable<string>)Value(open, "Messages"));
        Assert.Equal((1, 5L), (Value(open, "ExitCode"), Value(open, "Items")));
        Assert.Contains("PstInUse", said, StringComparison.Ordinal);
        Assert.Contains(archive, said, StringComparison.Ordinal);
        Assert.Equal(0, Value(closed, "ExitCode"));
        Assert.Equal(File.ReadAllBytes(archive), File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(Backup)!, "local", "archive.pst")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/*.pst")]
    public void Local_archives_that_come_later_are_saved_and_those_that_are_missing_or_damaged_are_told(string pattern)
    {
        string local = Directory.CreateDirectory(Path.Combine(_folder, "loc")).FullName;
        File.Copy(s_sample, Path.Combine(local, "a.pst"));
        string named = Path.Combine(_folder, "named.pst");
        File.Copy(s_sample, named);
        Register($"-IncludeLocalPst '{local}{pattern}', '{named}'");
        Start();
        File.Copy(s_sample, Path.Combine(local, "b.pst"));
        Start();

        Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(Backup)!, "local", "b.pst")));
        PSObject good = _session.InvokeClean("Test-MailboxBackup nightly @p").Single();
        Assert.Equal((true, true), (Value(good, "Passed"), Value(good, "AreLocalFilesSaved")));

        File.WriteAllBytes(Path.Combine(local, "b.pst"), [.. File.ReadAllBytes(s_sample)[..20_000], .. new byte[20_000]]);
        File.Delete(named);
        Start();
        PSObject bad = _session.InvokeClean("Test-MailboxBackup nightly @p").Single();
        string problems = string.Join(" ", (IEnumerable<string>)Value(bad, "Problems"));
        Assert.Equal((false, false), (Value(bad, "Passed"), Value(bad, "AreLocalFilesSaved")));
        Assert.Contains("named.pst", problems, StringComparison.Ordinal);
        Assert.Contains("b.pst", problems, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_about_a_failure_lies_in_the_inbox_as_mail_that_came()
    {
        Register("-MailOnFailure");
        Start();
        Directory.Move(Path.Combine(_folder, "backup"), Path.Combine(_folder, "unplugged"));
        Directory.CreateDirectory(Path.Combine(_folder, "backup"));
        Start();
        Start();
        Directory.Delete(Path.Combine(_folder, "backup"));
        Directory.Move(Path.Combine(_folder, "unplugged"), Path.Combine(_folder, "backup"));

        Assert.Equal(1L, Value(Start(), "Copied"));
        PSObject mail = _session.InvokeClean($"Get-PstItem '{Backup}' -Subject '*nightly*'").Single();
        Assert.Equal(("受信トレイ", "IPM.Note"), (Text(mail, "Folder"), Text(mail, "MessageClass")));
        Assert.Equal((false, false), (Value(mail, "IsRead"), Value(mail, "IsDraft")));
    }

    [Fact]
    public void A_destination_that_is_not_there_is_exit_code_2_and_nothing_is_written_elsewhere()
    {
        Register();
        Start();
        Directory.Move(Path.Combine(_folder, "backup"), Path.Combine(_folder, "unplugged"));
        Directory.CreateDirectory(Path.Combine(_folder, "backup"));

        PSObject result = Start();

        Assert.Equal((2, "BackupDestinationMissing"), (Value(result, "ExitCode"), Text(result, "ErrorId")));
        Assert.Equal("BackupDestinationMissing,PstMigration.Commands.StartMailboxBackupCommand", _session.Errors.Single().FullyQualifiedErrorId);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_folder, "backup")));
        Assert.Equal("Failing", Text(_session.Invoke("Get-MailboxBackup @p").Single(), "Health"));
    }

    [Theory]
    [InlineData("\"shrinkPercent\": 30", "\"shrinkPercent\": 3000", "BackupPlanInvalid")]
    [InlineData("\"format\": \"Pst\"", "\"format\": \"Pst\", \"command\": \"rm\"", "BackupPlanInvalid")]
    [InlineData("\"name\": \"nightly\"", "\"name\": \"other\"", "BackupPlanInvalid")]
    [InlineData("{", "[", "BackupPlanInvalid")]
    public void A_plan_edited_by_hand_is_exit_code_3(string from, string to, string error)
    {
        Register();
        string plan = Path.Combine(_folder, "plans", "nightly.backup.json");
        string text = File.ReadAllText(plan);
        Assert.Contains(from, text);
        File.WriteAllText(plan, text.Replace(from, to, StringComparison.Ordinal));

        PSObject result = Start();

        Assert.Equal((3, error), (Value(result, "ExitCode"), Text(result, "ErrorId")));
        Assert.False(File.Exists(Backup));
    }

    [Fact]
    public void A_plan_others_may_change_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Modes are of Unix.");
        Register();
        string plan = Path.Combine(_folder, "plans", "nightly.backup.json");
#pragma warning disable CA1416
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(plan));
        File.SetUnixFileMode(plan, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite);
#pragma warning restore CA1416

        PSObject result = Start();

        Assert.Equal((3, "BackupPlanNotSafe"), (Value(result, "ExitCode"), Text(result, "ErrorId")));
        _session.Invoke("Unregister-MailboxBackup nightly -Confirm:$false @p");
        Assert.False(File.Exists(plan));
    }

    [Fact]
    public void A_folder_with_files_of_somebody_else_is_not_taken_for_the_backups_own()
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, "backup", "nightly")).FullName;
        File.WriteAllText(Path.Combine(folder, "thesis.txt"), "mine");

        _session.Invoke($"Register-MailboxBackup nightly $m '{_folder}/backup' -Scheduler None @p");

        Assert.Equal("BackupFolderTaken", _session.Errors.Single().FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal("thesis.txt", Path.GetFileName(Directory.GetFileSystemEntries(folder).Single()));
        Assert.Empty(_session.Invoke("Get-MailboxBackup @p"));
    }

    [Fact]
    public void Removing_data_removes_what_the_backup_made_in_both_places_and_nothing_else()
    {
        Register("-SecondDestination '" + _folder + "/second'");
        Start();
        Add("one more");
        Start();
        string mine = Path.Combine(_folder, "backup", "nightly", "thesis.txt");
        File.WriteAllText(mine, "mine");

        _session.Invoke("Unregister-MailboxBackup nightly -RemoveData -Force -Confirm:$false -WarningVariable said -WarningAction SilentlyContinue @p");

        Assert.Equal([mine], Directory.GetFileSystemEntries(Path.Combine(_folder, "backup", "nightly")));
        Assert.False(Directory.Exists(Path.Combine(_folder, "second", "nightly")));
        Assert.Contains("nightly", _session.Invoke("\"$said\"").Single().ToString());
        Assert.Empty(_session.Invoke("Get-MailboxBackup @p"));
    }

    [Fact]
    public void Data_whose_mark_is_another_backups_is_not_removed()
    {
        Register();
        Start();
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(Backup)!, ".pstmigration-backup"), "weekly\n");

        _session.Invoke("Unregister-MailboxBackup nightly -RemoveData -Force -Confirm:$false -WarningAction SilentlyContinue @p");

        Assert.True(File.Exists(Backup));
    }

    [Fact]
    public void Data_of_a_backup_that_runs_is_not_removed()
    {
        Register();
        Start();
        using (FileStream running = new(Path.Combine(_folder, "plans", "nightly.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            _session.Invoke("Unregister-MailboxBackup nightly -RemoveData -Force -Confirm:$false @p");
        }

        Assert.Equal("BackupRunning", _session.Errors.Single().FullyQualifiedErrorId.Split(',')[0]);
        Assert.True(File.Exists(Backup));
        Assert.Single(_session.Invoke("Get-MailboxBackup @p"));
    }

    [Fact]
    public void One_name_is_one_backup_and_names_are_names()
    {
        Register();
        _session.Invoke($"Register-MailboxBackup NIGHTLY $m '{_folder}/x' -Scheduler None @p; Register-MailboxBackup '../up' $m '{_folder}/x' -Scheduler None @p; Start-MailboxBackup nothing @p");

        Assert.Equal(["BackupExists", "BackupPlanInvalid", "BackupNotFound"], _session.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]));
        Assert.False(Directory.Exists(Path.Combine(_folder, "x")));
        Assert.Equal("Monday 23:30", Text(_session.InvokeClean($"Register-MailboxBackup nightly $m '{_folder}/backup' -Weekly Monday -At 23:30 -Scheduler None -Force @p").Single(), "Schedule"));
    }

    [Theory]
    [InlineData("Html", "index.html")]
    [InlineData("Eml", "受信トレイ")]
    public void Trees_are_brought_up_to_date(string format, string found)
    {
        _session.Invoke($"$null = Register-MailboxBackup nightly $m '{_folder}/backup' -Format {format} -Scheduler None -WarningAction SilentlyContinue @p");

        Assert.Equal((0, 5L), (Value(Start(), "ExitCode"), Value(Start(), "AlreadyThere")));
        Assert.NotEmpty(Directory.GetFileSystemEntries(Path.Combine(_folder, "backup", "nightly", "nightly"), found));
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Restores into a new mailbox: how many items came, and the time in the name of the file they came from; null for the present state.</summary>
    private (long Copied, string? State) Restore(string mailbox, string time)
    {
        PSObject restored = _session.Invoke(
            $"$n = Connect-MsMailbox -Sandbox '{_folder}/{mailbox}.mailbox' -Address {mailbox}@example.jp -NoThrottling; "
            + $"Import-PstToMailbox '{Backup}' -Mailbox $n -AsOf '{time}' -JournalFolder '{_folder}/journals' -WarningAction SilentlyContinue").Single();
        string[] parts = Path.GetFileName(Text(restored, "Path")).Split('.');
        return ((long)Value(restored, "Copied"), parts.Length == 3 ? parts[1] : null);
    }

    private static object Value(PSObject item, string property) => item.Properties[property].Value;

    private static string Text(PSObject item, string property) => Value(item, property)?.ToString() ?? "";

    private PSObject Register(string more = "") =>
        _session.InvokeClean($"Register-MailboxBackup nightly $m '{_folder}/backup' -Scheduler None {more} @p").Single();

    private PSObject Start() => _session.Invoke("Start-MailboxBackup nightly -WarningAction SilentlyContinue @p").Single();

    private void Add(string subject)
    {
        string name = Path.Combine(_folder, subject);
        File.WriteAllText(name + ".eml", $"From: a@example.jp\r\nSubject: {subject}\r\nDate: Mon, 2 Mar 2026 09:00:00 +0900\r\n\r\nx\r\n");
        _session.InvokeClean($"New-PstFile '{name}.pst'; $null = Import-PstItem '{name}.eml' '{name}.pst' -JournalFolder '{_folder}/journals'; $null = Import-PstToMailbox '{name}.pst' -Mailbox $m -JournalFolder '{_folder}/journals'");
    }
}
