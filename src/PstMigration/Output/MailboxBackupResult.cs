using PstMigration.Mapi;
using PstMigration.Transfer;

namespace PstMigration;

/// <summary>What a run of a backup did.</summary>
public sealed class MailboxBackupResult
{
    internal MailboxBackupResult(BackupResult result)
    {
        Name = result.Name;
        Outcome = result.Outcome;
        Messages = new(result.Messages);
        ErrorId = result.Error?.Id;
        Copied = result.Summary?.Count(ItemFate.Copied) ?? 0;
        AlreadyThere = result.Summary?.Count(ItemFate.AlreadyThere) ?? result.Unchanged;
        Skipped = result.Summary?.Count(ItemFate.Skipped) ?? 0;
        Failed = (result.Summary?.Count(ItemFate.Failed) ?? 0) + (result.Summary?.Count(ItemFate.Unsure) ?? 0);
        Items = result.Status?.Items ?? 0;
        Size = result.Status?.Bytes ?? 0;
        Duration = result.Status?.Duration ?? TimeSpan.Zero;
        Losses = new(result.Summary?.Losses.ToDictionary(l => l.Key.ToString(), l => l.Value, StringComparer.Ordinal) ?? []);
    }

    /// <summary>The backup.</summary>
    public string Name { get; }

    /// <summary>How it ended.</summary>
    public BackupOutcome Outcome { get; }

    /// <summary>0 success, 1 warning, 2 failed, 3 not run.</summary>
    public int ExitCode => (int)Outcome;

    /// <summary>What should be known.</summary>
    public Listing<string> Messages { get; }

    /// <summary>The error it ended with; null for none.</summary>
    public string? ErrorId { get; }

    /// <summary>Items that were new or changed.</summary>
    public long Copied { get; }

    /// <summary>Items the backup had.</summary>
    public long AlreadyThere { get; }

    /// <summary>Items left out for a reason.</summary>
    public long Skipped { get; }

    /// <summary>Items that could not be saved.</summary>
    public long Failed { get; }

    /// <summary>Items in the backup.</summary>
    public long Items { get; }

    /// <summary>Bytes of the backup.</summary>
    public long Size { get; }

    /// <summary>In how many items each kind of loss occurs.</summary>
    public CountDictionary Losses { get; }

    /// <summary>Wall-clock time.</summary>
    public TimeSpan Duration { get; }
}
