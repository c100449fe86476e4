using System.Globalization;
using PstMigration.Transfer;

namespace PstMigration;

/// <summary>What came of restoring some items of a backup to try.</summary>
public sealed class MailboxBackupDrill
{
    internal MailboxBackupDrill(BackupDrillResult result)
    {
        Passed = result.Passed;
        Asked = result.Asked;
        Seed = result.Seed;
        Sampled = result.Sampled;
        Folders = result.Folders;
        Restored = result.Restored;
        Same = result.Same;
        Lessened = result.Lessened;
        Skipped = result.Skipped;
        SkippedClasses = new(result.SkippedClasses);
        Losses = new(result.Losses.ToDictionary(l => l.Key.ToString(), l => l.Value, StringComparer.Ordinal));
        Issues = new([.. result.Issues.Select(i => new PstComparedItem(i))]);
        Duration = result.Duration;
    }

    /// <summary>Whether all that a mailbox takes came back as it was saved.</summary>
    public bool Passed { get; }

    /// <summary>How many items were to be restored.</summary>
    public int Asked { get; }

    /// <summary>What decided which; -DrillSeed takes it.</summary>
    public int Seed { get; }

    /// <summary>How many were taken: fewer than asked for where the backup has no more.</summary>
    public int Sampled { get; }

    /// <summary>From how many folders.</summary>
    public int Folders { get; }

    /// <summary>Items that were written into the mailbox.</summary>
    public long Restored { get; }

    /// <summary>Items that are, read again, what was saved.</summary>
    public long Same { get; }

    /// <summary>Items that differ because a mailbox does not keep all of them, as Losses tells.</summary>
    public long Lessened { get; }

    /// <summary>Items of classes a mailbox takes from nobody.</summary>
    public long Skipped { get; }

    /// <summary>How many of these are of each message class.</summary>
    public CountDictionary SkippedClasses { get; }

    /// <summary>In how many items each kind of loss occurs.</summary>
    public CountDictionary Losses { get; }

    /// <summary>The items that are missing, different or unreadable.</summary>
    public Listing<PstComparedItem> Issues { get; }

    /// <summary>Wall-clock time.</summary>
    public TimeSpan Duration { get; }

    /// <inheritdoc/>
    public override string ToString() => LocalText.Format(Strings.BackupDrillText, Same + Lessened, Sampled, Duration.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture));
}
