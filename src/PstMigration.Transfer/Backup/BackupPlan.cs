using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>What one backup saves, where to, when, and what it keeps. Holds nothing secret.</summary>
public sealed record BackupPlan
{
    /// <summary>The version of the written form.</summary>
    public const int CurrentVersion = 1;

    /// <summary>What stands for the scheduler where something else starts it.</summary>
    public const string NoScheduler = "None";

    internal const long SmallestSplit = 1L << 20;

    private static readonly Regex s_name = new(@"^[\w.-]{1,64}\z", RegexOptions.CultureInvariant);

    /// <summary>The version of the written form it was read from.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>Its name: 1 to 64 letters, digits, <c>_</c>, <c>.</c> and <c>-</c>, not beginning with a dot. Names are compared without case.</summary>
    public string Name { get; init; } = "";

    /// <summary>How it comes to the mailbox.</summary>
    public BackupConnection Connection { get; init; } = new();

    /// <summary>The full path of the folder below which it makes a folder of its name.</summary>
    public string Destination { get; init; } = "";

    /// <summary>Another such folder, to which each finished backup is copied; null for none.</summary>
    public string? SecondDestination { get; init; }

    /// <summary>Pst, or the format of a tree of files: Eml, Mbox, Maildir, Html. Older states are kept of Pst alone.</summary>
    public string Format { get; init; } = "Pst";

    /// <summary>By what a backup in data files is split into a series: Size or Year; null for one file.</summary>
    public string? SplitBy { get; init; }

    /// <summary>The bytes at which the next file of a series by size begins; null for what every version of Outlook takes.</summary>
    public long? SplitSize { get; init; }

    /// <summary>Only these folders and what is below them; empty for all.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>The same by their paths, every character taken as it is.</summary>
    public IReadOnlyList<string> LiteralFolders { get; init; } = [];

    /// <summary>Only items older than that many days; null for all.</summary>
    public int? OlderThanDays { get; init; }

    /// <summary>When it runs.</summary>
    public BackupSchedule Schedule { get; init; } = new();

    /// <summary>What starts it, so that it can be taken back: TaskScheduler, Systemd, Launchd or None.</summary>
    public string Scheduler { get; init; } = NoScheduler;

    /// <summary>Whether a scheduler of this computer starts it. A plan is written only where that one has taken it.</summary>
    [JsonIgnore]
    public bool IsScheduled => Scheduler != NoScheduler;

    /// <summary>Which older states stay, as <see cref="BackupRetention"/> reads it.</summary>
    public string Keep { get; init; } = BackupRetention.Default.ToString();

    /// <summary>By how many percent a mailbox may shrink, or its items be changed, from one run to the next before the result is kept beside the last good backup.</summary>
    public int ShrinkPercent { get; init; } = 30;

    /// <summary>The full path of a file for Prometheus; null for none.</summary>
    public string? MetricsFile { get; init; }

    /// <summary>The full paths of data files of this computer that are saved too. A name with * or ? stands for the files that match it when a run begins.</summary>
    public IReadOnlyList<string> LocalFiles { get; init; } = [];

    /// <summary>The full path of a log of its runs; null for none.</summary>
    public string? LogPath { get; init; }

    /// <summary>Whether a run that did not save everything puts a message into the Inbox of the mailbox.</summary>
    public bool MailOnFailure { get; init; }

    /// <summary>The full paths of the folders with what it has saved: that of its name below the destination, then below the second one where there is one.</summary>
    public IReadOnlyList<string> DataFolders() => [.. new[] { Destination, SecondDestination }.OfType<string>().Select(d => Path.Combine(d, Name))];

    /// <summary>The full path of the present state: a file with this ending, or without one the directory of a series or a tree.</summary>
    public string PresentPath(string ending) => new BackupFiles(this, ending).Current;

    /// <summary>Whether a text may be the name of a backup.</summary>
    public static bool IsName(string? text) => text is not null && s_name.IsMatch(text) && text[0] != '.' && !text.EndsWith(".", StringComparison.Ordinal);

    /// <summary>Looks whether everything in it can be meant.</summary>
    /// <exception cref="MailDataException">BackupPlanInvalid, with what is wrong.</exception>
    public BackupPlan Validated()
    {
        string? problem = BackupPlanRules.ProblemOf(this);
        return problem is null ? this : throw BackupPlanRules.Invalid(Name, problem, null);
    }
}
