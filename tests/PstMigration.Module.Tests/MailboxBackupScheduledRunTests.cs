using System.Management.Automation;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

/// <summary>What a scheduler starts, as it was registered, in a process of its own where nobody has connected to anything.</summary>
public sealed class MailboxBackupScheduledRunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pstmigration-scheduled").FullName;
    private readonly EngineSession _session = StagedModule.Import();

    public MailboxBackupScheduledRunTests() => _session.InvokeClean(
        $"$m = Connect-MsMailbox -Sandbox '{_folder}/m.mailbox' -Address taro@example.jp -NoThrottling; $p = @{{ PlanFolder = '{_folder}/plans' }}");

    [Fact]
    public void A_run_ends_with_the_exit_code_of_the_backup_and_says_why()
    {
        string command = Register();
        _session.InvokeClean("Disconnect-MsMailbox $m");

        (int saved, _, string silent) = StagedModule.RunShell(["-NonInteractive", "-Command", command]);
        File.Move(Path.Combine(_folder, "m.mailbox"), Path.Combine(_folder, "gone.mailbox"));
        (int gone, _, string said) = StagedModule.RunShell(["-NonInteractive", "-Command", command]);
        File.WriteAllText(Path.Combine(_folder, "plans", "nightly.backup.json"), "{}");
        (int broken, _, string garbled) = StagedModule.RunShell(["-NonInteractive", "-Command", command]);

        Assert.Equal((0, ""), (saved, silent));
        Assert.Equal((2, 3), (gone, broken));
        Assert.Contains($"The sandbox '{_folder}/m.mailbox' does not exist.", said.Replace("\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("session", said, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("nightly", garbled, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sandbox_that_is_gone_is_an_error_of_its_own_whatever_is_connected()
    {
        Register();
        File.Move(Path.Combine(_folder, "m.mailbox"), Path.Combine(_folder, "gone.mailbox"));

        PSObject result = _session.Invoke("Start-MailboxBackup nightly -WarningAction SilentlyContinue @p").Single();

        ErrorRecord error = _session.Errors.Single();
        Assert.Equal((2, "SandboxNotFound"), (result.Properties["ExitCode"].Value, error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.DoesNotContain("session", error + error.ErrorDetails.RecommendedAction, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Register-MailboxBackup", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder, "m.mailbox")));
    }

    [Fact]
    public void A_folder_that_is_gone_is_advised_on_as_of_a_plan()
    {
        Register("-Folder Inbox");
        string plan = Path.Combine(_folder, "plans", "nightly.backup.json");
        File.WriteAllText(plan, File.ReadAllText(plan).Replace("\"Inbox\"", "\"Inbocks\"", StringComparison.Ordinal));

        _session.Invoke("Start-MailboxBackup nightly -WarningAction SilentlyContinue @p");

        ErrorRecord error = _session.Errors.Single();
        Assert.Equal("FolderNotFound", error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Contains("Register-MailboxBackup nightly -Force -Folder", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scheduled_run_keeps_the_log_of_its_plan()
    {
        string log = Path.Combine(_folder, "backup.log");
        string command = Register($"-LogPath '{log}'");
        _session.InvokeClean("Disconnect-MsMailbox $m");
        string[] registered = Events();

        Assert.Equal(0, StagedModule.RunShell(["-NonInteractive", "-Command", command]).Code);
        string[] saved = Events();
        File.Move(Path.Combine(_folder, "m.mailbox"), Path.Combine(_folder, "gone.mailbox"));
        Assert.Equal(2, StagedModule.RunShell(["-NonInteractive", "-Command", command]).Code);

        Assert.Equal("CommandStarted", registered[0]);
        Assert.Equal(["CommandStarted", "RunStarted", "Planned", "RunEnded", "BackupEnded"], saved.Skip(registered.Length).Where(e => e != "FolderStarted"));
        Assert.Equal(["CommandStarted", "RunFailed", "BackupEnded"], Events().Skip(saved.Length));
        string[] lines = File.ReadAllLines(log);
        Assert.Contains("exitCode=2", lines[^1], StringComparison.Ordinal);
        Assert.Contains("error=SandboxNotFound", lines[^2], StringComparison.Ordinal);
        Assert.Equal(log, _session.InvokeClean("(Get-MailboxBackup nightly @p).LogPath").Single().ToString());

        string[] Events() => [.. File.ReadAllLines(log).Skip(1).Select(l => l.Split('\t')[2])];
    }

    [Fact]
    public void A_log_takes_the_place_of_the_plans_and_one_that_cannot_be_kept_stops_no_backup()
    {
        Register($"-LogPath '{_folder}/plan.log'");
        int before = File.ReadAllLines(Path.Combine(_folder, "plan.log")).Length;

        PSObject logged = _session.InvokeClean($"Start-MailboxBackup nightly -LogPath '{_folder}/own.log' @p").Single();
        PSObject nothing = _session.Invoke($"Start-MailboxBackup nothing -LogPath '{_folder}/own.log' @p").Single();
        Directory.CreateDirectory(Path.Combine(_folder, "folder.log"));
        PSObject unlogged = _session.InvokeClean($"Start-MailboxBackup nightly -LogPath '{_folder}/folder.log' -WarningVariable said -WarningAction SilentlyContinue @p").Single();

        string own = File.ReadAllText(Path.Combine(_folder, "own.log"));
        Assert.Equal((0, 3, 1), (Code(logged), Code(nothing), Code(unlogged)));
        Assert.Contains("command='Start-MailboxBackup nightly'", own, StringComparison.Ordinal);
        Assert.Contains("error=BackupNotFound", own, StringComparison.Ordinal);
        Assert.Contains("exitCode=3", own, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllLines(Path.Combine(_folder, "plan.log")).Length);
        Assert.Contains("folder.log", Assert.Single((IEnumerable<string>)unlogged.Properties["Messages"].Value), StringComparison.Ordinal);
        Assert.NotNull(unlogged.Properties["Size"].Value);

        static object Code(PSObject result) => result.Properties["ExitCode"].Value;
    }

    [Fact]
    public void A_file_that_is_no_log_is_refused_when_the_backup_is_registered()
    {
        File.WriteAllText(Path.Combine(_folder, "thesis.txt"), "mine");

        _session.Invoke($"Register-MailboxBackup nightly $m '{_folder}/backup' -LogPath '{_folder}/thesis.txt' -Scheduler None @p");

        Assert.Equal("LogNotOurs", _session.Errors.Single().FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(_folder, "thesis.txt")));
        Assert.Empty(_session.InvokeClean("Get-MailboxBackup @p"));
        Assert.False(Directory.Exists(Path.Combine(_folder, "backup")));
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Registers a backup nothing starts by itself, and gives what a scheduler would be given to start it.</summary>
    private string Register(string more = "")
    {
        string register = $"Register-MailboxBackup nightly $m '{_folder}/backup' -Scheduler None {more} @p";
        string command = _session.Show(register + " -WhatIf").TrimEnd().Split('\n')[^1].Trim();
        _session.InvokeClean("$null = " + register);
        return command;
    }
}
