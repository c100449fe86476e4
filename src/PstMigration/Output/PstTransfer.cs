using PstMigration.Mapi;
using PstMigration.Transfer;

namespace PstMigration;

/// <summary>A transfer, as its journal tells it. The fates add up to <see cref="Items"/>.</summary>
public sealed class PstTransfer
{
    internal PstTransfer(TransferOverview overview, string journalPath, DateTimeOffset now)
    {
        Id = overview.Id;
        Source = overview.Plan.SourceName;
        Target = overview.Plan.TargetName;
        DataFile = FileOf(Target) ?? FileOf(Source);
        Mailbox = MailboxOf(Source) ?? MailboxOf(Target);
        State = overview.LastRun?.State.ToString() ?? "";
        Runs = overview.Runs.Count;
        Started = overview.LastRun?.Started.LocalDateTime;
        Finished = overview.LastRun?.Finished?.LocalDateTime;
        Items = overview.Counts.Items;
        Copied = overview.Counts.Of(ItemFate.Copied);
        AlreadyThere = overview.Counts.Of(ItemFate.AlreadyThere);
        Skipped = overview.Counts.Of(ItemFate.Skipped);
        Failed = overview.Counts.Of(ItemFate.Failed);
        Unsure = overview.Counts.Of(ItemFate.Unsure);
        Bytes = overview.Counts.Bytes;
        Duration = overview.LastDuration(now);
        if (Duration is TimeSpan duration && duration > TimeSpan.Zero)
        {
            ItemsPerSecond = overview.Last.Items / duration.TotalSeconds;
            BytesPerSecond = overview.Last.Bytes / duration.TotalSeconds;
        }

        LastErrorId = overview.LastRun?.ErrorId;
        LastError = overview.LastRun?.Error;
        JournalPath = journalPath;
    }

    /// <summary>What it is called: 32 hexadecimal digits.</summary>
    public string Id { get; }

    /// <summary>From where: a path or an address.</summary>
    public string Source { get; }

    /// <summary>To where: a path or an address.</summary>
    public string Target { get; }

    /// <summary>The file or folder that is written; where a mailbox is written to, the file that is read. Not called Path: the file system's own cmdlets would act on it.</summary>
    public string? DataFile { get; }

    /// <summary>The address of the mailbox of the two; null where both are files.</summary>
    public string? Mailbox { get; }

    /// <summary>What became of the last run: Running, Completed, Undone (the transfer was taken back), Failed or Interrupted.</summary>
    public string State { get; }

    /// <summary>How many runs there were.</summary>
    public int Runs { get; }

    /// <summary>When the last run began.</summary>
    public DateTime? Started { get; }

    /// <summary>When it ended; null while it goes on, and where it was stopped or killed.</summary>
    public DateTime? Finished { get; }

    /// <summary>Items the transfer has met so far.</summary>
    public long Items { get; }

    /// <summary>Items that were written when they were met last.</summary>
    public long Copied { get; }

    /// <summary>Items that were there when they were met last.</summary>
    public long AlreadyThere { get; }

    /// <summary>Items left out for a reason.</summary>
    public long Skipped { get; }

    /// <summary>Items that could not be read or written.</summary>
    public long Failed { get; }

    /// <summary>Items nobody knows of whether they arrived.</summary>
    public long Unsure { get; }

    /// <summary>Bytes of the items, as far as the source tells them.</summary>
    public long Bytes { get; }

    /// <summary>How long the last run took, or has taken so far; null where it was stopped or killed.</summary>
    public TimeSpan? Duration { get; }

    /// <summary>Items the last run met in a second; null where that is not known.</summary>
    public double? ItemsPerSecond { get; }

    /// <summary>Bytes of these in a second.</summary>
    public double? BytesPerSecond { get; }

    /// <summary>The id of the error that ended the last run; null where there was none.</summary>
    public string? LastErrorId { get; }

    /// <summary>That error for people.</summary>
    public string? LastError { get; }

    /// <summary>The file of the journal.</summary>
    public string JournalPath { get; }

    /// <inheritdoc/>
    public override string ToString() => Source + " > " + Target;

    private static string? FileOf(string name) => System.IO.Path.IsPathRooted(name) ? name : null;

    private static string? MailboxOf(string name) => System.IO.Path.IsPathRooted(name) ? null : name;
}
