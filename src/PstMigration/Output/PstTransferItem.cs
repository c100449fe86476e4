using PstMigration.Transfer;

namespace PstMigration;

/// <summary>What became of one item of a transfer.</summary>
public sealed class PstTransferItem
{
    internal PstTransferItem(ItemResult result)
        : this(JournalItem.Of(result))
    {
    }

    internal PstTransferItem(JournalItem item)
    {
        Folder = item.Folder.ToString();
        Subject = item.Subject ?? "";
        MessageClass = item.MessageClass;
        SourceKey = item.Key.ToString();
        TargetKey = item.TargetKey?.ToString();
        Fate = item.Fate.ToString();
        Losses = TransferText.Describe(item.Losses);
        Change = item.Change == CopyChange.None ? null : item.Change.ToString();
        ReasonId = item.ReasonId;
        Reason = item.Reason;
        Size = item.Bytes;
        Recorded = item.Recorded == default ? null : item.Recorded.ToLocalTime();
    }

    /// <summary>The folder it was read from.</summary>
    public string Folder { get; }

    /// <summary>Its subject; empty where a journal was not asked to keep it.</summary>
    public string Subject { get; }

    /// <summary>Its message class.</summary>
    public string MessageClass { get; }

    /// <summary>Its identity in the source.</summary>
    public string SourceKey { get; }

    /// <summary>The identity of the copy; null where none was written.</summary>
    public string? TargetKey { get; }

    /// <summary>Copied, AlreadyThere, Skipped, Failed or Unsure.</summary>
    public string Fate { get; }

    /// <summary>Replaced or Moved; null where no earlier copy was changed.</summary>
    public string? Change { get; }

    /// <summary>What the copy does not have.</summary>
    public IReadOnlyList<string> Losses { get; }

    /// <summary>A stable id where the fate has a reason.</summary>
    public string? ReasonId { get; }

    /// <summary>The reason.</summary>
    public string? Reason { get; }

    /// <summary>Bytes, as the source counts them; null where they are not known.</summary>
    public long? Size { get; }

    /// <summary>When that was recorded in the journal; null for a result that comes from a run itself.</summary>
    public DateTimeOffset? Recorded { get; }

    /// <inheritdoc/>
    public override string ToString() => SafeText.Show(Folder + ": " + Subject + ": " + Fate);
}
