using System.Diagnostics;
using System.Management.Automation;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

/// <summary>Backups that are trees of files: tested file by file, mended, and restored by the cmdlets that do it for a data file.</summary>
public sealed class TreeBackupTests : IDisposable
{
    private static readonly string s_sample = Path.Combine(StagedModule.Repository, "samples", "rehearsal.pst");
    private readonly string _folder = Directory.CreateTempSubdirectory("pstmigration-tree-backup").FullName;
    private readonly EngineSession _session = StagedModule.Import();

    public TreeBackupTests() => _session.InvokeClean(
        $"$m = Connect-MsMailbox -Sandbox '{_folder}/m.mailbox' -Address taro@example.jp -Culture ja-JP -NoThrottling; $p = @{{ PlanFolder = '{_folder}/plans' }}; $j = @{{ JournalFolder = '{_folder}/journals' }}; "
        + $"$null = Import-PstToMailbox '{s_sample}' -Mailbox $m @j");

    private string Data => Path.Combine(_folder, "backup", "nightly");

    private string Tree => Path.Combine(Data, "nightly");

    [Theory]
    [InlineData("Eml")]
    [InlineData("Mbox")]
    [InlineData("Maildir")]
    [InlineData("Html")]
    public void A_tree_passes_while_every_file_is_as_it_was_left(string format)
    {
        Register(format);
        Start();

        Assert.Empty(Problems(out PSObject tested));
        Assert.Equal((true, true, true, true), (Value(tested, "Passed"), Value(tested, "IsRecent"), Value(tested, "IsSound"), Value(tested, "IsComplete")));
        Assert.Equal((5L, 5L), (Value(tested, "Items"), Value(_session.InvokeClean("Get-MailboxBackup nightly @p").Single(), "Items")));
        Assert.Equal((0, 5L), (Value(Start(), "ExitCode"), Value(Start(), "AlreadyThere")));
        Assert.True((bool)_session.InvokeClean("Test-MailboxBackup nightly -Quiet @p").Single().BaseObject);
        Assert.Equal([".pstmigration-backup", "nightly", "nightly.sha256"], Directory.GetFileSystemEntries(Data).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Eml", "missing")]
    [InlineData("Eml", "emptied")]
    [InlineData("Eml", "changed")]
    [InlineData("Eml", "flipped")]
    [InlineData("Mbox", "emptied")]
    [InlineData("Mbox", "flipped")]
    [InlineData("Maildir", "missing")]
    [InlineData("Maildir", "flipped")]
    [InlineData("Html", "missing")]
    [InlineData("Html", "flipped")]
    public void A_tree_with_a_file_that_is_not_as_it_was_left_fails_and_the_next_run_saves_it_again(string format, string how)
    {
        Register(format);
        Start();
        string file = Item(format);
        string name = Path.GetRelativePath(Tree, file).Replace('\\', '/');
        Harm(file, how);

        string problem = string.Join(" ", Problems(out PSObject tested));
        PSObject run = Start();

        Assert.Equal((false, false), (Value(tested, "Passed"), Value(tested, "IsSound")));
        Assert.Contains(name, problem, StringComparison.Ordinal);
        Assert.Equal((1, 5L), (Value(run, "ExitCode"), Value(run, "Items")));
        Assert.Contains(name, string.Join(" ", (IEnumerable<string>)Value(run, "Messages")), StringComparison.Ordinal);
        Assert.Equal(how == "missing" ? 0 : 1, Directory.GetFiles(Data, Path.GetFileName(file), SearchOption.AllDirectories).Count(f => f.Contains("damaged-", StringComparison.Ordinal)));
        Assert.Empty(Problems(out _));
        Assert.Equal(0, Value(Start(), "ExitCode"));
        _session.InvokeClean("Unregister-MailboxBackup nightly -RemoveData -Force -Confirm:$false @p");
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public void A_message_a_mail_program_has_moved_is_not_missing_and_files_beside_are_no_matter()
    {
        Register("Maildir");
        Start();
        string file = Item("Maildir");
        File.Move(file, Path.Combine(Path.GetDirectoryName(file)!, "..", "new", "moved"));
        File.WriteAllText(Path.Combine(Tree, "dovecot.index"), "not ours");

        Assert.Empty(Problems(out _));
    }

    [Fact]
    public void A_tree_that_vanished_begins_anew_and_says_so()
    {
        Register("Eml");
        Start();
        Directory.Delete(Tree, recursive: true);

        Assert.NotEmpty(Problems(out PSObject tested));
        PSObject run = Start();

        Assert.False((bool)Value(tested, "Passed"));
        Assert.Equal((1, 5L, 5L), (Value(run, "ExitCode"), Value(run, "Copied"), Value(run, "Items")));
        Assert.Contains(Tree, string.Join(" ", (IEnumerable<string>)Value(run, "Messages")), StringComparison.Ordinal);
        Assert.Empty(Problems(out _));
    }

    [Fact]
    public void A_backup_without_a_list_of_its_files_gets_one_with_the_next_run()
    {
        Register("Eml");
        Start();
        File.Delete(Path.Combine(Data, "nightly.sha256"));

        Assert.NotEmpty(Problems(out PSObject tested));
        Assert.Null(Value(tested, "IsSound"));
        Assert.Equal(1, Value(Start(), "ExitCode"));
        Assert.Empty(Problems(out _));
    }

    [Fact]
    public void Of_what_a_stopped_run_left_only_an_empty_file_is_damage()
    {
        Register("Eml");
        Start();
        File.WriteAllText(Path.Combine(Data, "nightly.working"), "");
        Harm(Item("Eml"), "changed");

        Assert.Empty(Problems(out _));
        Assert.Equal(0, Value(Start(), "ExitCode"));
        File.WriteAllText(Path.Combine(Data, "nightly.working"), "");
        Harm(Item("Eml"), "emptied");
        Assert.NotEmpty(Problems(out _));
        Assert.Equal((1, 5L), (Value(Start(), "ExitCode"), Value(_session.InvokeClean("Test-MailboxBackup nightly @p").Single(), "Items")));
    }

    [Fact]
    public void The_list_is_one_sha256sum_reads()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/sha256sum"), "sha256sum is not installed.");
        Register("Eml");
        Start();

        Assert.Equal(0, Sha256Sum());
        Harm(Item("Eml"), "flipped");
        Assert.NotEqual(0, Sha256Sum());

        int Sha256Sum()
        {
            using Process process = Process.Start(new ProcessStartInfo("/usr/bin/sha256sum", ["--check", "--quiet", "--strict", "nightly.sha256"]) { WorkingDirectory = Data, RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode;
        }
    }

    [Theory]
    [InlineData("Eml")]
    [InlineData("Mbox")]
    [InlineData("Maildir")]
    public void A_tree_is_restored_from_the_pipeline_as_a_data_file_is(string format)
    {
        Register(format);
        Start();
        _session.InvokeClean($"$n = Connect-MsMailbox -Sandbox '{_folder}/n.mailbox' -Address other@example.jp -NoThrottling");

        PSObject restored = _session.InvokeClean("Get-MailboxBackup nightly @p | Import-PstToMailbox -Mailbox $n @j").Single();
        PSObject again = _session.InvokeClean("Get-MailboxBackup nightly @p | Import-PstToMailbox -Mailbox $n @j").Single();
        string[] folders = Folders("$n");
        PSObject own = _session.InvokeClean("Get-MailboxBackup nightly @p | Import-PstToMailbox -Mailbox $m @j").Single();
        PSObject folder = _session.InvokeClean("Get-MailboxBackup nightly @p | Import-PstToMailbox -AsOf 0h -Mailbox $n -Folder 受信トレイ/請求書 -TargetFolder Restored -AllowDuplicate @j").Single();

        Assert.Equal((5L, 5L, format), (Value(restored, "Read"), Value(restored, "Copied"), Value(restored, "SourceFormat")));
        Assert.Equal((0L, 5L), (Value(again, "Copied"), Value(again, "AlreadyThere")));
        Assert.Equal((0L, 5L), (Value(own, "Copied"), Value(own, "AlreadyThere")));
        Assert.Equal(1L, Value(folder, "Read"));
        Assert.Equal(folders, Folders("$m"));

        // Of the same role, whatever it is called.
        string[] Folders(string mailbox) =>
            [.. _session.InvokeClean($"Get-MsMailboxFolder {mailbox}").Where(f => Value(f, "Items") is > 0).Select(f => Text(f, "Role") + " " + Text(f, "Items")).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void A_time_before_the_only_state_of_a_tree_is_an_error_that_names_its_own()
    {
        Register("Eml");
        Start();

        _session.Invoke("Get-MailboxBackup nightly @p | Import-PstToMailbox -AsOf 2020-01-01 @j");

        Assert.Equal("BackupStateNotKept", _session.Errors.Single().FullyQualifiedErrorId.Split(',')[0]);
    }

    [Fact]
    public void What_cannot_be_restored_says_so_when_it_is_registered_and_when_it_is_tested()
    {
        _session.Invoke($"$null = Register-MailboxBackup nightly $m '{_folder}/backup' -Format Html -Scheduler None -WarningVariable said -WarningAction SilentlyContinue @p");
        Start();

        Assert.Contains("Html", _session.Invoke("\"$said\"").Single().ToString(), StringComparison.Ordinal);
        Assert.Empty(Problems(out PSObject tested));
        Assert.Equal((true, true), (Value(tested, "Passed"), Value(tested, "IsSound")));
        Assert.Contains("Html", string.Join(" ", (IEnumerable<string>)Value(tested, "Messages")), StringComparison.Ordinal);
        Assert.Contains("Html", string.Join(" ", (IEnumerable<string>)Value(_session.Invoke("Test-MailboxBackup nightly -Drill 1 @p").Single(), "Problems")), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_of_mail_are_imported_and_not_retired_and_a_folder_of_something_else_is_an_error()
    {
        string mail = Directory.CreateDirectory(Path.Combine(_folder, "mail")).FullName;
        File.WriteAllText(Path.Combine(mail, "one.eml"), "From: a@example.jp\r\nSubject: one\r\nMessage-ID: <one@example.jp>\r\nDate: Mon, 2 Mar 2026 09:00:00 +0900\r\n\r\nx\r\n");
        Directory.CreateDirectory(Path.Combine(_folder, "empty"));

        Assert.Equal(1L, Value(_session.InvokeClean($"Import-PstToMailbox '{mail}/one.eml' -Mailbox $m @j").Single(), "Copied"));
        Assert.Equal(1L, Value(_session.InvokeClean($"Import-PstToMailbox '{mail}' -Mailbox $m @j").Single(), "AlreadyThere"));
        _session.Invoke($"Import-PstToMailbox '{mail}' -Mailbox $m -RetireSource 30d @j; Import-PstToMailbox '{_folder}/empty' -Mailbox $m @j; Import-PstToMailbox '{_folder}/em*' -Mailbox $m -WarningAction SilentlyContinue @j");

        Assert.Equal(["RetireNeedsDataFile", "MailFilesNotRecognized"], _session.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]));
        Assert.True(File.Exists(Path.Combine(mail, "one.eml")));
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static void Harm(string file, string how)
    {
        DateTime written = File.GetLastWriteTimeUtc(file);
        byte[] bytes = File.ReadAllBytes(file);
        switch (how)
        {
            case "missing":
                File.Delete(file);
                return;
            case "emptied":
                File.WriteAllBytes(file, []);
                return;
            case "changed":
                File.AppendAllText(file, "more");
                return;
            default:
                bytes[^3] ^= 1;
                File.WriteAllBytes(file, bytes);
                File.SetLastWriteTimeUtc(file, written);
                return;
        }
    }

    /// <summary>A file with mail.</summary>
    private string Item(string format) => Directory.GetFiles(Tree, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .First(f => (format == "Maildir" ? Path.GetFileName(Path.GetDirectoryName(f)) == "cur" : f.EndsWith("." + format, StringComparison.OrdinalIgnoreCase) && Path.GetFileName(f) != "index.html") && new FileInfo(f).Length > 100);

    private IReadOnlyList<string> Problems(out PSObject tested)
    {
        tested = _session.InvokeClean("Test-MailboxBackup nightly @p").Single();
        return [.. (IEnumerable<string>)Value(tested, "Problems")];
    }

    private static object Value(PSObject item, string property) => item.Properties[property].Value;

    private static string Text(PSObject item, string property) => Value(item, property)?.ToString() ?? "";

    private void Register(string format) => _session.Invoke($"$null = Register-MailboxBackup nightly $m '{_folder}/backup' -Scheduler None -Format {format} -WarningAction SilentlyContinue @p");

    private PSObject Start() => _session.Invoke("Start-MailboxBackup nightly -WarningAction SilentlyContinue @p").Single();
}
