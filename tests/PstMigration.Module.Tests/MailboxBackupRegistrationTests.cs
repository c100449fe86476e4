using System.Management.Automation;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Module.Tests;

/// <summary>What registering a backup writes, hands to a scheduler, and leaves where it is refused.</summary>
public sealed class MailboxBackupRegistrationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pstmigration-register").FullName;
    private readonly EngineSession _session = StagedModule.Import();
    private readonly Dictionary<string, string?> _environment = [];

    public MailboxBackupRegistrationTests()
    {
        Set("XDG_CONFIG_HOME", Path.Combine(_folder, "config"));
        _session.InvokeClean($"$m = Connect-MsMailbox -Sandbox '{_folder}/m.mailbox' -Address taro@example.jp -NoThrottling; $p = @{{ PlanFolder = '{_folder}/plans' }}");
    }

    private string Plan => Path.Combine(_folder, "plans", "nightly.backup.json");

    private string Units => Path.Combine(_folder, "config", "systemd", "user");

    [Theory]
    [InlineData("TaskScheduler", "Register-ScheduledTask")]
    [InlineData("Systemd", "No medium found")]
    [InlineData("Launchd", "launchctl")]
    public void A_scheduler_that_refuses_leaves_nothing_and_is_told_in_our_words(string scheduler, string named)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The schedulers of the other systems are missing on Linux.");
        Program("systemctl", "echo 'Failed to connect to bus: No medium found' >&2; exit 1");

        Assert.Empty(_session.Invoke($"Register-MailboxBackup nightly $m '{_folder}/new/backup' -SecondDestination '{_folder}/second' -Scheduler {scheduler} @p"));

        ErrorRecord error = _session.Errors.Single();
        Assert.Equal("BackupSchedulerFailed,PstMigration.Commands.RegisterMailboxBackupCommand", error.FullyQualifiedErrorId);
        Assert.Contains(named, error.ToString(), StringComparison.Ordinal);
        Assert.Contains(scheduler, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("is not recognized", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("-Scheduler None", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(_session.InvokeClean("Get-MailboxBackup @p"));
        Assert.False(File.Exists(Plan));
        Assert.False(Directory.Exists(Path.Combine(_folder, "new")));
        Assert.False(Directory.Exists(Path.Combine(_folder, "second")));
        Assert.False(Directory.Exists(Path.Combine(_folder, "config")));
    }

    [Fact]
    public void A_timer_that_cannot_be_enabled_leaves_no_unit()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "systemd is Linux's.");
        Program("systemctl", $"echo \"$@\" >> '{_folder}/calls'; case \"$*\" in *enable*) echo 'Unit is masked.' >&2; exit 1;; esac");

        _session.Invoke($"Register-MailboxBackup nightly $m '{_folder}/backup' -Scheduler Systemd @p");

        Assert.Contains("Unit is masked.", _session.Errors.Single().ToString(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Units));
        Assert.False(File.Exists(Plan));
        Assert.Equal("--user daemon-reload", File.ReadAllLines(Path.Combine(_folder, "calls"))[^1]);
    }

    [Fact]
    public void What_was_registered_before_stays_as_it_was()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "systemd is Linux's.");
        Program("systemctl", $"case \"$*\" in *enable*) test ! -e '{_folder}/refuse' || exit 5;; esac");
        PSObject first = _session.InvokeClean($"Register-MailboxBackup nightly $m '{_folder}/backup' -Scheduler Systemd @p").Single();
        _session.InvokeClean("$null = Start-MailboxBackup nightly @p");
        string[] before = Files();

        File.WriteAllText(Path.Combine(_folder, "refuse"), "");
        _session.Invoke($"Register-MailboxBackup nightly $m '{_folder}/other' -At 05:00 -Force @p -Scheduler Systemd; Register-MailboxBackup nightly $m '{_folder}/backup' -At 05:00 -Force @p -Scheduler TaskScheduler");

        Assert.Equal((true, "Systemd"), (Value(first, "IsScheduled"), Value(first, "Scheduler")));
        Assert.NotNull(Value(first, "NextRun"));
        Assert.Equal(["BackupSchedulerFailed", "BackupSchedulerFailed"], _session.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]));
        File.Delete(Path.Combine(_folder, "refuse"));
        Assert.Equal(before, Files());
        Assert.Equal(("daily 02:00", "Good"), (Text("Get-MailboxBackup nightly @p", "Schedule"), Text("Get-MailboxBackup nightly @p", "Health")));

        string[] Files() => [.. new[] { "plans", "config", "backup" }.SelectMany(f => Directory.GetFiles(Path.Combine(_folder, f), "*", SearchOption.AllDirectories)).Order(StringComparer.Ordinal)
            .Select(f => f + " " + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f))))];
    }

    [Fact]
    public void A_plan_that_cannot_be_read_stays_as_it_was_too()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Plan)!);
        File.WriteAllText(Plan, "by hand");

        _session.Invoke($"Register-MailboxBackup nightly $m '{_folder}/backup' -Folder Inbocks -Scheduler None -Force @p");

        Assert.Equal("FolderNotFound", _session.Errors.Single().FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal("by hand", File.ReadAllText(Plan));
    }

    [Fact]
    public void Another_scheduler_takes_the_place_of_the_one_before()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "systemd is Linux's.");
        Program("systemctl", $"echo \"$@\" >> '{_folder}/calls'");
        _session.InvokeClean($"$null = Register-MailboxBackup nightly $m '{_folder}/backup' -Scheduler Systemd @p");
        string[] units = [.. Directory.GetFiles(Units).Select(Path.GetFileName).Order()!];

        PSObject none = _session.InvokeClean($"Register-MailboxBackup nightly $m '{_folder}/backup' -Scheduler None -Force @p").Single();

        Assert.Equal(["pstmigration-nightly.service", "pstmigration-nightly.timer"], units);
        Assert.Empty(Directory.GetFiles(Units));
        Assert.Equal(["--user enable --now pstmigration-nightly.timer", "--user disable --now pstmigration-nightly.timer"], File.ReadAllLines(Path.Combine(_folder, "calls")).Where(c => !c.Contains("reload", StringComparison.Ordinal)));
        Assert.Equal((false, null, "None"), (Value(none, "IsScheduled"), Value(none, "NextRun"), Value(none, "Scheduler")));
    }

    [Fact]
    public void Where_something_else_starts_it_nothing_is_announced()
    {
        _session.InvokeClean($"$null = Register-MailboxBackup nightly $m '{_folder}/backup' -Scheduler None @p; $null = Start-MailboxBackup nightly @p");

        PSObject info = _session.InvokeClean("Get-MailboxBackup @p").Single();

        Assert.Equal((false, null, "Good"), (Value(info, "IsScheduled"), Value(info, "NextRun"), Value(info, "Health").ToString()));
        Assert.Empty((IEnumerable<string>)Value(info, "Messages"));
    }

    [Fact]
    public void What_is_refused_leaves_nothing()
    {
        _session.Invoke($"Register-MailboxBackup nightly $m '{_folder}/new/backup' -Folder Inbocks -Scheduler None @p");

        Assert.Equal("FolderNotFound", _session.Errors.Single().FullyQualifiedErrorId.Split(',')[0]);
        Assert.False(Directory.Exists(Path.Combine(_folder, "new")));
    }

    [Fact]
    public void A_second_destination_that_is_taken_leaves_no_first_one()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "second", "nightly"));
        File.WriteAllText(Path.Combine(_folder, "second", "nightly", "thesis.txt"), "mine");
        Directory.CreateDirectory(Path.Combine(_folder, "backup", "nightly"));

        _session.Invoke($"Register-MailboxBackup nightly $m '{_folder}/backup' -SecondDestination '{_folder}/second' -Scheduler None @p");

        Assert.Equal("BackupFolderTaken", _session.Errors.Single().FullyQualifiedErrorId.Split(',')[0]);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_folder, "backup", "nightly")));
    }

    [Theory]
    [InlineData("other", "backup/nightly", "", "other")] // in it
    [InlineData("nightly2", "backup/nightly/states", "", "nightly2")]
    [InlineData("other", "new", "backup/nightly", "second of other")]
    [InlineData("backup", "", "", "above")]
    [InlineData("second", "", "", "above the second")]
    public void A_backup_does_not_lie_in_or_above_another(string name, string destination, string second, string _)
    {
        _session.InvokeClean($"$null = Register-MailboxBackup nightly $m '{_folder}/backup' -SecondDestination '{_folder}/second' -Scheduler None @p");
        string more = second.Length == 0 ? "" : $"-SecondDestination '{_folder}/{second}'";

        _session.Invoke($"Register-MailboxBackup {name} $m '{_folder}/{destination}' {more} -Scheduler None @p");

        ErrorRecord error = _session.Errors.Single();
        Assert.Equal("BackupFolderTaken", error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Contains("'nightly'", error.ToString(), StringComparison.Ordinal);
        Assert.Single(_session.InvokeClean("Get-MailboxBackup @p"));
        Assert.False(Directory.Exists(Path.Combine(_folder, "new")));
    }

    [Fact]
    public void A_folder_of_a_backup_that_was_registered_elsewhere_is_known_by_its_mark()
    {
        _session.InvokeClean($"$null = Register-MailboxBackup nightly $m '{_folder}/backup' -Scheduler None @p; $null = Register-MailboxBackup beside $m '{_folder}/backup' -Scheduler None @p");

        _session.Invoke($"Register-MailboxBackup other $m '{_folder}/backup/nightly/deep' -Scheduler None -PlanFolder '{_folder}/plans2'");
        ErrorRecord error = _session.Errors.Single();
        _session.InvokeClean($"$null = Register-MailboxBackup nightly $m '{_folder}/backup' -Scheduler None -PlanFolder '{_folder}/plans2' -WarningVariable said -WarningAction SilentlyContinue");

        Assert.Equal("BackupFolderTaken", error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Contains(Path.Combine(_folder, "backup", "nightly"), _session.Invoke("\"$said\"").Single().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_if_says_what_of_the_data_would_be_deleted()
    {
        _session.InvokeClean($"$null = Register-MailboxBackup nightly $m '{_folder}/backup' -SecondDestination '{_folder}/second' -Scheduler None @p; $null = Start-MailboxBackup nightly @p");
        File.WriteAllText(Path.Combine(_folder, "backup", "nightly", "thesis.txt"), "mine");
        string[] data = [Path.Combine(_folder, "backup", "nightly"), Path.Combine(_folder, "second", "nightly")];

        string without = _session.Show("Unregister-MailboxBackup nightly -WhatIf @p");
        string shown = _session.Show("Unregister-MailboxBackup nightly -RemoveData -WhatIf @p");

        Assert.DoesNotContain(data[0], without, StringComparison.Ordinal);
        Assert.Contains("delete everything it has saved", shown, StringComparison.Ordinal);
        Assert.All(data, d => Assert.Contains($"{d}: 1 file(s), {new FileInfo(Path.Combine(d, "nightly.pst")).Length:N0} bytes", shown, StringComparison.Ordinal));
        Assert.All(data, d => Assert.True(File.Exists(Path.Combine(d, "nightly.pst"))));
        Assert.Single(_session.InvokeClean("Get-MailboxBackup @p"));
    }

    [Fact]
    public void A_backup_that_never_ran_is_told_as_such()
    {
        _session.InvokeClean($"$null = Register-MailboxBackup nightly $m '{_folder}/backup' -Scheduler None @p");
        string never = Problems();
        Directory.Delete(Path.Combine(_folder, "backup"), recursive: true);
        _session.Invoke("$null = Start-MailboxBackup nightly @p");

        Assert.Contains("has not run yet", never, StringComparison.Ordinal);
        Assert.Contains("no run has left a good backup", Problems(), StringComparison.Ordinal);
        Assert.DoesNotContain("of -", never + Problems(), StringComparison.Ordinal);

        string Problems() => string.Join(" ", (IEnumerable<string>)Value(_session.InvokeClean("Test-MailboxBackup nightly @p").Single(), "Problems"));
    }

    [Theory]
    [InlineData("Systemd", "OnCalendar=*-*-* 02:00:00", "systemctl --user enable --now pstmigration-nightly.timer")]
    [InlineData("TaskScheduler", "<WakeToRun>true</WakeToRun>", "\\PstMigration\\nightly:")]
    [InlineData("Launchd", "<string>pstmigration.nightly</string>", "launchctl list pstmigration.nightly")]
    public void What_if_shows_in_lines_what_would_be_registered_and_does_nothing(string scheduler, string inside, string line)
    {
        string shown = _session.Show($"Register-MailboxBackup nightly $m '{_folder}/backup' -Scheduler {scheduler} -WhatIf @p");

        string[] lines = shown.Split('\n', StringSplitOptions.TrimEntries);
        Assert.DoesNotContain('\u240A', shown);
        Assert.Contains(Plan + ":", lines);
        Assert.Contains("\"name\": \"nightly\",", lines);
        Assert.Contains(inside, lines);
        Assert.Contains(line, lines);
        Assert.Contains("Start-MailboxBackup -Name 'nightly'", shown, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder, "plans")));
        Assert.False(Directory.Exists(Path.Combine(_folder, "backup")));
        Assert.False(Directory.Exists(Path.Combine(_folder, "config")));
    }

    public void Dispose()
    {
        foreach ((string name, string? value) in _environment)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static object Value(PSObject item, string property) => item.Properties[property].Value;

    private string Text(string script, string property) => Value(_session.InvokeClean(script).Single(), property).ToString()!;

    /// <summary>Puts a program in front of the system's own of that name.</summary>
    private void Program(string name, string script)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, "bin")).FullName;
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, "#!/bin/sh\n" + script + "\n");
#pragma warning disable CA1416 // Tests with programs are skipped on Windows.
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
#pragma warning restore CA1416
        Set("PATH", folder + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"));
    }

    private void Set(string name, string? value)
    {
        _environment.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
    }
}
