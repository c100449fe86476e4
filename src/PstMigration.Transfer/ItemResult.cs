using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>What became of one item.</summary>
/// <param name="Folder">The folder it was read from.</param>
/// <param name="Key">Where it came from.</param>
/// <param name="Summary">What is known of it.</param>
/// <param name="Written">What the target did with it.</param>
public sealed record ItemResult(FolderPath Folder, ItemKey Key, ItemSummary Summary, WriteResult Written)
{
    /// <summary>What was done to a copy that was there.</summary>
    public CopyChange Change { get; init; }

    /// <summary>The key under which it was copied, before it was moved in the source; null where it was not.</summary>
    public ItemKey? WasAt { get; init; }

    /// <summary>Its version; null where it was not opened and the source does not tell.</summary>
    public ItemVersion? Version { get; init; }

    /// <summary>Its marker; null where it was not opened.</summary>
    public ItemMarker? Marker { get; init; }

    /// <summary>Whether the source did not list it because it has not changed, and this is what a journal knows of it.</summary>
    public bool IsUnlisted { get; init; }

    /// <summary>Whether, once opened, the filter left it out.</summary>
    internal bool IsFiltered { get; init; }

    /// <summary>The item, where what the target has of it is left to others: nothing has become of it yet, and it comes again when these have had their choice.</summary>
    internal (SourceFolder Folder, SourceItem Item)? Later { get; init; }

    /// <summary>What became of it.</summary>
    public ItemFate Fate => Written.Fate;

    /// <summary>What the copy does not have; also of a copy that was there, as told when it was written.</summary>
    public IReadOnlyList<ItemLoss> Losses => Written.Losses;

    /// <summary>Whether the target now holds the item whole, so that nobody needs to look.</summary>
    public bool IsWhole => Fate is ItemFate.Copied or ItemFate.AlreadyThere && Losses.Count == 0;
}

/// <summary>What was done to a copy that was there.</summary>
public enum CopyChange
{
    /// <summary>Nothing, or there was none.</summary>
    None,

    /// <summary>A newer one took its place; the item's fate is Copied.</summary>
    Replaced,

    /// <summary>It followed its source into another folder; the item's fate is AlreadyThere.</summary>
    Moved,
}
