using System.Globalization;
using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>A backup as a service and a timer of a user's systemd: <c>systemd.service(5)</c>, <c>systemd.timer(5)</c>, <c>systemd.time(7)</c>.</summary>
public static class SystemdUnits
{
    /// <summary>What our units begin with.</summary>
    public const string Prefix = "pstmigration-";

    /// <summary>
    /// The name of the units of a backup, without their endings. systemd takes letters and digits of ASCII alone (<c>systemd.unit(5)</c>); of another name, what stands for it
    /// is always the same.
    /// </summary>
    public static string NameOf(BackupPlan plan)
    {
        string name = (plan ?? throw new ArgumentNullException(nameof(plan))).Name;
        bool isPlain = name.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '.' or '-');
        return Prefix + (isPlain ? name : "x" + string.Concat(Sha256.Hash(Encoding.UTF8.GetBytes(name)).Take(8).Select(b => b.ToString("x2", CultureInfo.InvariantCulture))));
    }

    /// <summary>Writes the service and the timer.</summary>
    public static IReadOnlyList<ScheduledFile> Write(BackupPlan plan, BackupCommand command)
    {
        if (plan is null || command is null)
        {
            throw new ArgumentNullException(plan is null ? nameof(plan) : nameof(command));
        }

        string description = "Description=" + Escape(string.Format(CultureInfo.InvariantCulture, "Backup {0} of the mailbox {1}", plan.Name, plan.Connection.Mailbox)) + "\n";
        string service = "[Unit]\n" + description + "Wants=network-online.target\nAfter=network-online.target\n\n"
            // Exit code 1 is a backup that was made, with something to look at.
            + "[Service]\nType=oneshot\nExecStart=" + Quote(command.Shell) + " " + Escape(command.Arguments) + "\nSuccessExitStatus=1\nNice=10\nIOSchedulingClass=idle\n";
        string timer = "[Unit]\n" + description + "\n[Timer]\nOnCalendar=" + Calendar(plan.Schedule) + "\nPersistent=true\nRandomizedDelaySec=15min\n\n[Install]\nWantedBy=timers.target\n";
        return [new ScheduledFile(NameOf(plan) + ".service", service), new ScheduledFile(NameOf(plan) + ".timer", timer)];
    }

    private static string Calendar(BackupSchedule schedule) => schedule.IntervalHours is int hours
        ? string.Format(CultureInfo.InvariantCulture, hours == 24 ? "*-*-* 00:00:00" : "*-*-* 00/{0}:00:00", hours)
        : string.Concat(schedule.Days.Count == 0 ? "" : string.Join(",", schedule.Days.Distinct().OrderBy(d => d).Select(d => d.ToString().Substring(0, 3))) + " ",
            "*-*-* ", schedule.At.ToString("hh\\:mm\\:ss", CultureInfo.InvariantCulture));

    private static string Quote(string path) => "\"" + Escape(path).Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("$", "$$") + "\"";

    /// <summary>A percent sign begins a specifier; a line ends the value.</summary>
    private static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length);
        foreach (char c in text)
        {
            escaped.Append(c == '%' ? "%%" : char.IsControl(c) ? " " : c.ToString());
        }

        return escaped.ToString();
    }
}
