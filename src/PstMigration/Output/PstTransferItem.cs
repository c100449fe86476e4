using PstMigration.Mapi;

namespace PstMigration;

/// <summary>What became of one item of a transfer.</summary>
public sealed class PstTransferItem
{
    internal PstTransferItem(Transfer.ItemResult result)
    {
        Folder = result.Folder.ToString();
        Subject = result.Summary.Subject ?? "";
        MessageClass = result.Summary.MessageClass ?? "";
        SourceKey = result.Key.ToString();
        Fate = result.Fate.ToString();
        Losses = TransferText.Describe(result.Losses);
        Change = result.Change == Transfer.CopyChange.None ? null : result.Change.ToString();
        ReasonId = result.Written.ReasonId;
        Reason = result.Written.Reason;
    }

    /// <summary>The folder it was read from.</summary>
    public string Folder { get; }

    /// <summary>Its subject.</summary>
    public string Subject { get; }

    /// <summary>Its message class.</summary>
    public string MessageClass { get; }

    /// <summary>Its identity in the source.</summary>
    public string SourceKey { get; }

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

    /// <inheritdoc/>
    public override string ToString() => Folder + ": " + Subject + ": " + Fate;
}
