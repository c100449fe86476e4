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
