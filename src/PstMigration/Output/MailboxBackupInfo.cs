using PstMigration.Pst;
using PstMigration.Transfer;

namespace PstMigration;

/// <summary>A backup and how it is: what <c>Get-MailboxBackup</c> gives.</summary>
public sealed class MailboxBackupInfo
{
    internal MailboxBackupInfo(BackupPlan plan, BackupStatus status, string planPath, DateTimeOffset now, TimeZoneInfo zone)
    {
        Name = plan.Name;
        Mailbox = plan.Connection.Mailbox;
        Destination = plan.DataFolders()[0];
        DataFile = plan.PresentPath(plan.Format == PstItemFormat.Instance.Id && plan.SplitBy is null ? PstItemFormat.Instance.Extensions[0] : "");
        SecondDestination = plan.SecondDestination;
        Format = plan.Format;
        SplitBy = plan.SplitBy;
        Schedule = plan.Schedule.ToString();
        Keep = plan.Keep;
        PlanPath = planPath;
        LogPath = plan.LogPath;
        LastRun = Local(status.LastRun);
        LastSuccess = Local(status.LastSuccess);
        Age = status.LastSuccess is DateTimeOffset success ? now - success : null;
        Outcome = status.LastRun is null ? null : status.Outcome;
        Messages = new(status.Messages);
        Items = status.Items;
        Size = status.Bytes;
        Failures = status.Failures;
        Scheduler = plan.Scheduler;
        IsScheduled = plan.IsScheduled;
        NextRun = plan.IsScheduled ? TimeZoneInfo.ConvertTime(plan.Schedule.Next(now, zone), zone) : null;
        DaysUntilSignIn = status.SilentUntil is DateTimeOffset until ? (int)(until - now).TotalDays : null;
        KeptBeside = status.KeptBeside;
        Health = status.LastRun is null ? MailboxBackupHealth.NeverRun
            : status.Outcome is BackupOutcome.Failed or BackupOutcome.NotRun || status.LastSuccess is null ? MailboxBackupHealth.Failing
            : status.IsOverdue(plan.Schedule, now) ? MailboxBackupHealth.Overdue
            : status.Outcome == BackupOutcome.Warning || DaysUntilSignIn < 7 ? MailboxBackupHealth.Warning
            : MailboxBackupHealth.Good;

        DateTimeOffset? Local(DateTimeOffset? time) => time is DateTimeOffset known ? TimeZoneInfo.ConvertTime(known, zone) : null;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The address of the mailbox.</summary>
    public string Mailbox { get; }

    /// <summary>The present state, for the next cmdlet of a pipeline: a data file, or a directory of the files of a series or of files of mail.</summary>
    public string DataFile { get; }

    /// <summary>The folder of its files.</summary>
    public string Destination { get; }

    /// <summary>The folder below which finished backups are copied; null for none.</summary>
    public string? SecondDestination { get; }

    /// <summary>Pst, Eml, Mbox, Maildir or Html.</summary>
    public string Format { get; }

    /// <summary>By what it is split into a series of data files: Size or Year; null for one file or a tree.</summary>
    public string? SplitBy { get; }

    /// <summary>When it runs.</summary>
    public string Schedule { get; }

    /// <summary>Which older states are kept.</summary>
    public string Keep { get; }

    /// <summary>Good, Warning, Overdue, Failing or NeverRun.</summary>
    public MailboxBackupHealth Health { get; }

    /// <summary>When it ran last; null where it has not.</summary>
    public DateTimeOffset? LastRun { get; }

    /// <summary>How that ended.</summary>
    public BackupOutcome? Outcome { get; }

    /// <summary>What should be known of it.</summary>
    public Listing<string> Messages { get; }

    /// <summary>When it ran last and left a sound backup.</summary>
    public DateTimeOffset? LastSuccess { get; }

    /// <summary>How old that backup is.</summary>
    public TimeSpan? Age { get; }

    /// <summary>Items in it.</summary>
    public long Items { get; }

    /// <summary>Its bytes.</summary>
    public long Size { get; }

    /// <summary>How many runs in a row failed.</summary>
    public int Failures { get; }

    /// <summary>When its scheduler starts it next; null where none does.</summary>
    public DateTimeOffset? NextRun { get; }

    /// <summary>What starts it: TaskScheduler, Systemd, Launchd, or None where something else does.</summary>
    public string Scheduler { get; }

    /// <summary>Whether a scheduler of this computer starts it.</summary>
    public bool IsScheduled { get; }

    /// <summary>For how many days no person has to sign in; null where that is not known, or there is no end.</summary>
    public int? DaysUntilSignIn { get; }

    /// <summary>The file a suspicious state was kept in; null where there is none.</summary>
    public string? KeptBeside { get; }

    /// <summary>The file a log of its runs is kept in; null for none.</summary>
    public string? LogPath { get; }

    /// <summary>The file of the plan.</summary>
    public string PlanPath { get; }
}

/// <summary>How a backup is.</summary>
public enum MailboxBackupHealth
{
    /// <summary>The last run saved everything, in time.</summary>
    Good,

    /// <summary>There is a recent backup, and something to look at.</summary>
    Warning,

    /// <summary>The last good backup is older than its schedule lets it be.</summary>
    Overdue,

    /// <summary>The last run failed.</summary>
    Failing,

    /// <summary>It has not run.</summary>
    NeverRun,
}
