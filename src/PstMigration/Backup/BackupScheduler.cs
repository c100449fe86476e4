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

/// <summary>What a scheduler gets, and the commands that make it read it.</summary>
/// <param name="Files">Texts.</param>
/// <param name="Folder">The folder they are written to; null where they are handed over.</param>
/// <param name="Register">Programs with their arguments that are run after the files are written.</param>
/// <param name="Unregister">Programs with their arguments that are run before the files are removed.</param>
internal sealed record BackupRegistration(
    IReadOnlyList<ScheduledFile> Files, string? Folder, IReadOnlyList<(string Program, string Arguments)> Register, IReadOnlyList<(string Program, string Arguments)> Unregister)
{
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
                return new BackupRegistration([TaskSchedulerTask.Write(plan, command, user, now.LocalDateTime)], null, [], []);
            case BackupScheduler.Systemd:
                string config = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } given ? given : Path.Combine(home, ".config");
                string timer = SystemdUnits.NameOf(plan) + ".timer";
                return new BackupRegistration(
                    SystemdUnits.Write(plan, command), Path.Combine(config, "systemd", "user"),
                    [("systemctl", "--user daemon-reload"), ("systemctl", "--user enable --now " + timer)], [("systemctl", "--user disable --now " + timer)]);
            case BackupScheduler.Launchd:
                ScheduledFile agent = LaunchAgent.Write(plan, command);
                string agents = Path.Combine(home, "Library", "LaunchAgents");
                return new BackupRegistration(
                    [agent], agents, [("launchctl", "load -w \"" + Path.Combine(agents, agent.Name) + "\"")], [("launchctl", "unload -w \"" + Path.Combine(agents, agent.Name) + "\"")]);
            default:
                return new BackupRegistration([], null, [], []);
        }
    }
}
