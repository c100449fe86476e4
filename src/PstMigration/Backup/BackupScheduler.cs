using System.Runtime.InteropServices;
using PstMigration.Transfer;

namespace PstMigration;

/// <summary>What starts backups on this computer.</summary>
public enum BackupScheduler
{
    /// <summary>That of the system: Task Scheduler, systemd or launchd.</summary>
    Auto,

    /// <summary>Windows Task Scheduler.</summary>
    TaskScheduler,

    /// <summary>The user's systemd.</summary>
    Systemd,

    /// <summary>The user's launchd.</summary>
    Launchd,

    /// <summary>None: something else starts it.</summary>
    None,
}

/// <summary>A program a scheduler is told by.</summary>
/// <param name="Program">Its name.</param>
/// <param name="Arguments">What it is given.</param>
internal readonly record struct SchedulerCommand(string Program, string Arguments)
{
    public override string ToString() => Program + " " + Arguments;
}

/// <summary>What a scheduler gets, and the commands that make it read it.</summary>
/// <param name="Files">Texts.</param>
/// <param name="Folder">The folder they are written to; null where they are handed over.</param>
internal sealed record BackupRegistration(IReadOnlyList<ScheduledFile> Files, string? Folder)
{
    /// <summary>What proves that the scheduler is there and answers, before anything is written.</summary>
    internal IReadOnlyList<SchedulerCommand> Probe { get; init; } = [];

    /// <summary>What is run after the files are written. Each has to work.</summary>
    internal IReadOnlyList<SchedulerCommand> Register { get; init; } = [];

    /// <summary>What is run before the files are removed.</summary>
    internal IReadOnlyList<SchedulerCommand> Unregister { get; init; } = [];

    /// <summary>What is run after that.</summary>
    internal IReadOnlyList<SchedulerCommand> Forget { get; init; } = [];

    /// <summary>The full paths of the files.</summary>
    internal IEnumerable<string> Paths => Folder is null ? [] : Files.Select(f => Path.Combine(Folder, f.Name));

    internal static BackupScheduler Resolve(BackupScheduler scheduler) => scheduler != BackupScheduler.Auto ? scheduler
        : RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? BackupScheduler.TaskScheduler
        : RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? BackupScheduler.Launchd
        : BackupScheduler.Systemd;

    /// <summary>What is to be registered.</summary>
    internal static BackupRegistration Of(BackupScheduler scheduler, BackupPlan plan, BackupCommand command, DateTimeOffset now)
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        switch (Resolve(scheduler))
        {
            case BackupScheduler.TaskScheduler:
                string user = Environment.UserDomainName + "\\" + Environment.UserName;
                return new BackupRegistration([TaskSchedulerTask.Write(plan, command, user, now.LocalDateTime)], null);
            case BackupScheduler.Systemd:
                string config = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } given ? given : Path.Combine(home, ".config");
                string timer = SystemdUnits.NameOf(plan) + ".timer";
                SchedulerCommand reload = new("systemctl", "--user daemon-reload");
                return new BackupRegistration(SystemdUnits.Write(plan, command), Path.Combine(config, "systemd", "user"))
                {
                    Probe = [reload],
                    Register = [reload, new("systemctl", "--user enable --now " + timer)],
                    Unregister = [new("systemctl", "--user disable --now " + timer)],
                    Forget = [reload],
                };
            case BackupScheduler.Launchd:
                ScheduledFile agent = LaunchAgent.Write(plan, command);
                string agents = Path.Combine(home, "Library", "LaunchAgents");
                string quoted = "\"" + Path.Combine(agents, agent.Name) + "\"";
                return new BackupRegistration([agent], agents)
                {
                    Probe = [new("launchctl", "list")],
                    // load says that it failed, and ends as if it had not.
                    Register = [new("launchctl", "load -w " + quoted), new("launchctl", "list " + LaunchAgent.LabelOf(plan))],
                    Unregister = [new("launchctl", "unload -w " + quoted)],
                };
            default:
                return new BackupRegistration([], null);
        }
    }
}
