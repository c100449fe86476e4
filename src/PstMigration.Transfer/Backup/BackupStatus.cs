namespace PstMigration.Transfer;

/// <summary>What is noted of the runs of a backup. Times are UTC.</summary>
public sealed record BackupStatus
{
    private const long SmallFile = 1L << 30;
    private const int DaysBetweenFullChecks = 7;

    /// <summary>When the last run began; null where there was none.</summary>
    public DateTimeOffset? LastRun { get; init; }

    /// <summary>How it ended.</summary>
    public BackupOutcome Outcome { get; init; }

    /// <summary>The name of the error it ended with; null for none.</summary>
    public string? Error { get; init; }

    /// <summary>What people should know of it.</summary>
    public IReadOnlyList<string> Messages { get; init; } = [];

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>When the last run began that left a sound and whole backup; null where none did.</summary>
    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>How many runs in a row failed.</summary>
    public int Failures { get; init; }

    /// <summary>Items of the mailbox in that run.</summary>
    public long SourceItems { get; init; }

    /// <summary>Items in the backup.</summary>
    public long Items { get; init; }

    /// <summary>Bytes of the backup.</summary>
    public long Bytes { get; init; }

    /// <summary>Items written in the last run that saved something.</summary>
    public long Copied { get; init; }

    /// <summary>Items that run could not read or write.</summary>
    public long Failed { get; init; }

    /// <summary>Folders of the mailbox that run could not list to their end.</summary>
    public int UnreadableFolders { get; init; }

    /// <summary>What the mailbox is known by: another one under the same address is not saved over it.</summary>
    public string? StoreKey { get; init; }

    /// <summary>When the present state was made; older states are named by theirs.</summary>
    public DateTimeOffset? StateTime { get; init; }

    /// <summary>The folders of the mailbox in the last run that left a sound backup, hashed: a new one may be empty, and is saved all the same.</summary>
    public string? Folders { get; init; }

    /// <summary>When the whole file was checked last.</summary>
    public DateTimeOffset? LastFullCheck { get; init; }

    /// <summary>Until when no person has to sign in; null where that is not known, or there is no end.</summary>
    public DateTimeOffset? SilentUntil { get; init; }

    /// <summary>When the second destination was brought up to date last.</summary>
    public DateTimeOffset? LastSecondCopy { get; init; }

    /// <summary>When a message about a run was put into the mailbox last; null where none was.</summary>
    public DateTimeOffset? LastMail { get; init; }

    /// <summary>The file a suspicious state was kept in; null where there is none.</summary>
    public string? KeptBeside { get; init; }

    /// <summary>Whether every byte is to be looked at: of what is small each time, else each week.</summary>
    /// <param name="length">Bytes there are to look at.</param>
    /// <param name="now">Now.</param>
    internal bool IsFullCheckDue(long length, DateTimeOffset now) =>
        length <= SmallFile || LastFullCheck is not DateTimeOffset last || now - last >= TimeSpan.FromDays(DaysBetweenFullChecks);

    /// <summary>Whether the last good run is longer ago than the schedule lets it be, and a day; also where there was none. However the runs since then ended.</summary>
    /// <param name="schedule">When it is to run.</param>
    /// <param name="now">Now.</param>
    public bool IsOverdue(BackupSchedule schedule, DateTimeOffset now) =>
        LastSuccess is not DateTimeOffset last || now - last > (schedule ?? throw new ArgumentNullException(nameof(schedule))).LongestPause + TimeSpan.FromDays(1);
}

/// <summary>How a run of a backup ended. The numbers are exit codes.</summary>
public enum BackupOutcome
{
    /// <summary>Everything was saved.</summary>
    Success = 0,

    /// <summary>The backup is sound, and there is something to look at: items that could not be read, a suspicious change, no second copy.</summary>
    Warning = 1,

    /// <summary>Nothing was saved; the last good backup is as it was.</summary>
    Failed = 2,

    /// <summary>It did not run: the plan is missing, wrong or not safe, or it is running already.</summary>
    NotRun = 3,
}
