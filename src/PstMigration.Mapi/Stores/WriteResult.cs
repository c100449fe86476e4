namespace PstMigration.Mapi;

/// <summary>What a target did with one item.</summary>
/// <param name="Fate">What became of it.</param>
/// <param name="TargetKey">Where it is now; null unless <see cref="ItemFate.Copied"/>.</param>
/// <param name="Losses">What the target could not carry.</param>
/// <param name="ReasonId">A stable id where the fate needs a reason, such as ItemTooLarge.</param>
/// <param name="Reason">The reason for people.</param>
public sealed record WriteResult(ItemFate Fate, ItemKey? TargetKey, IReadOnlyList<ItemLoss> Losses, string? ReasonId = null, string? Reason = null)
{
    /// <summary>The files written for this item alone; empty where many items share a file.</summary>
    public IReadOnlyList<WrittenFile> Files { get; init; } = [];

    /// <summary>Whether it was skipped because the item has nothing of what the target was asked to write.</summary>
    public bool HasNothing { get; init; }

    /// <summary>Written.</summary>
    public static WriteResult Copied(ItemKey targetKey, IReadOnlyList<ItemLoss> losses) => new(ItemFate.Copied, targetKey, losses);

    /// <summary>Left out for a reason.</summary>
    public static WriteResult Skipped(ErrorId error, string reason) => Of(ItemFate.Skipped, error, reason);

    /// <summary>Not written for a reason.</summary>
    public static WriteResult Failed(ErrorId error, string reason) => Of(ItemFate.Failed, error, reason);

    private static WriteResult Of(ItemFate fate, ErrorId error, string reason) => new(fate, null, [], (error ?? throw new ArgumentNullException(nameof(error))).Name, reason);
}

/// <summary>A file a target has written.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Losses">What it does not hold of the items in it; of a file with many items the kinds only.</param>
public sealed record WrittenFile(string Path, long Length, IReadOnlyList<ItemLoss> Losses);
