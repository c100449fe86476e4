using PstMigration.Mapi;
using PstMigration.Transfer;

namespace PstMigration;

/// <summary>What taking a transfer back did. The counts of items add up to <see cref="Items"/>.</summary>
public sealed class PstUndoResult
{
    internal PstUndoResult(string id, TransferPlan plan, UndoSummary summary)
    {
        Id = id;
        Source = plan.SourceName;
        Target = plan.TargetName;
        Items = summary.Items;
        Removed = summary.Count(UndoOutcome.Removed);
        Gone = summary.Count(UndoOutcome.Gone);
        Changed = summary.Count(UndoOutcome.Changed);
        Moved = summary.Count(UndoOutcome.Moved);
        Answered = summary.Count(UndoOutcome.Answered);
        Kept = summary.Count(UndoOutcome.Kept);
        Failed = summary.Failed;
        FoldersRemoved = summary.FoldersRemoved;
        FoldersKept = summary.FoldersKept;
    }

    /// <summary>The transfer.</summary>
    public string Id { get; }

    /// <summary>From where it was.</summary>
    public string Source { get; }

    /// <summary>To where it was.</summary>
    public string Target { get; }

    /// <summary>The file that has its name again, where -RetireSource had retired it; else null.</summary>
    public string? RestoredSource { get; internal init; }

    /// <summary>Copies that were looked at.</summary>
    public long Items { get; }

    /// <summary>Copies that were put into the deleted items, or taken out.</summary>
    public long Removed { get; }

    /// <summary>Copies that were gone already.</summary>
    public long Gone { get; }

    /// <summary>Copies that stay: somebody has changed, flagged or categorized them.</summary>
    public long Changed { get; }

    /// <summary>Copies that stay: somebody has moved them.</summary>
    public long Moved { get; }

    /// <summary>Copies that stay: somebody has answered or forwarded them.</summary>
    public long Answered { get; }

    /// <summary>Copies that stay: their originals were taken out of the mailbox after they were verified.</summary>
    public long Kept { get; }

    /// <summary>Copies that could not be looked at or removed; each was an error.</summary>
    public long Failed { get; }

    /// <summary>Folders the transfer had made and that were removed.</summary>
    public long FoldersRemoved { get; }

    /// <summary>Folders the transfer had made that stay: something is in them, or they have another name.</summary>
    public long FoldersKept { get; }
}

/// <summary>What became of a copy, or of a folder, when its transfer was taken back.</summary>
public sealed class PstUndoneItem
{
    internal PstUndoneItem(UndoneItem item)
    {
        Outcome = item.Outcome?.ToString() ?? "Failed";
        IsFolder = item.IsFolder;
        Folder = item.Folder.ToString();
        Subject = item.Subject;
        MessageClass = item.MessageClass;
        SourceKey = item.SourceKey?.ToString();
        TargetKey = item.TargetKey?.ToString();
        Reason = item.Reason;
    }

    /// <summary>Removed, Gone, Changed, Moved, Answered, NotEmpty (a folder) or Failed.</summary>
    public string Outcome { get; }

    /// <summary>Whether it is a folder.</summary>
    public bool IsFolder { get; }

    /// <summary>The folder of the source it came from; of a folder, its path in the target.</summary>
    public string Folder { get; }

    /// <summary>Its subject; empty where the journal was not asked to keep it.</summary>
    public string Subject { get; }

    /// <summary>Its message class, as far as the journal knows it.</summary>
    public string MessageClass { get; }

    /// <summary>Its identity in the source; null for a folder.</summary>
    public string? SourceKey { get; }

    /// <summary>Its identity in the target; null for a folder.</summary>
    public string? TargetKey { get; }

    /// <summary>Why it stays, or was gone, or could not be looked at or removed; null where it was removed.</summary>
    public string? Reason { get; }

    /// <inheritdoc/>
    public override string ToString() => Folder + ": " + Outcome;
}
