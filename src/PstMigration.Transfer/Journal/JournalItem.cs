using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>What became of one item, as a journal keeps it.</summary>
/// <param name="Key">Where it came from. A journal keeps one entry for each key: the latest.</param>
/// <param name="Folder">The folder it was read from.</param>
/// <param name="Fate">What became of it.</param>
public sealed record JournalItem(ItemKey Key, FolderPath Folder, ItemFate Fate)
{
    /// <summary>Its class; empty where it was not known, which leaves that of an earlier entry.</summary>
    public string MessageClass { get; init; } = "";

    /// <summary>Its version in the source; null where it was not known, which leaves that of an earlier entry.</summary>
    public ItemVersion? Version { get; init; }

    /// <summary>Its marker; null where it was not opened, which leaves that of an earlier entry.</summary>
    public ItemMarker? Marker { get; init; }

    /// <summary>Where the copy is; null where none was written, which leaves that of an earlier entry.</summary>
    public ItemKey? TargetKey { get; init; }

    /// <summary>What was done to a copy that was there.</summary>
    public CopyChange Change { get; init; }

    /// <summary>What the copy does not have.</summary>
    public IReadOnlyList<ItemLoss> Losses { get; init; } = [];

    /// <summary>A stable id for a fate that needs a reason.</summary>
    public string? ReasonId { get; init; }

    /// <summary>The reason for people.</summary>
    public string? Reason { get; init; }

    /// <summary>Its subject; kept only where the journal was asked to.</summary>
    public string? Subject { get; init; }

    /// <summary>Bytes, as the source counts them; null where they are not known, which leaves those of an earlier entry.</summary>
    public long? Bytes { get; init; }

    /// <summary>When it was recorded; set by the journal.</summary>
    public DateTimeOffset Recorded { get; init; }

    /// <summary>The run it was recorded in, from 1 on; 0 for what was taken over from the target. Set by the journal.</summary>
    public long Run { get; init; }

    /// <summary>The entry of a result.</summary>
    /// <param name="result">What became of the item.</param>
    public static JournalItem Of(ItemResult result)
    {
        if (result is null)
        {
            throw new ArgumentNullException(nameof(result));
        }

        return new JournalItem(result.Key, result.Folder, result.Fate)
        {
            MessageClass = result.Summary.MessageClass ?? "",
            Version = result.Version,
            Marker = result.Marker,
            TargetKey = result.Written.TargetKey,
            Change = result.Change,
            Losses = result.Losses,
            ReasonId = result.Written.ReasonId,
            Reason = result.Written.Reason,
            Subject = result.Summary.Subject,
            Bytes = result.Summary.Size,
        };
    }

    /// <summary>The result of an item a later run has found unchanged: what was written then is there.</summary>
    internal ItemResult ToUnchanged() => new(
        Folder,
        Key,
        new ItemSummary { MessageClass = MessageClass, Subject = Subject, Size = Bytes },
        new WriteResult(Fate == ItemFate.Copied ? ItemFate.AlreadyThere : Fate, TargetKey, Losses, ReasonId, Reason))
    {
        Version = Version,
        Marker = Marker,
        IsUnlisted = true,
    };

    /// <summary>Whether somebody may want to look: it was skipped, failed or unsure, or has losses.</summary>
    public bool IsIssue => Fate is not (ItemFate.Copied or ItemFate.AlreadyThere) || Losses.Count > 0;
}
