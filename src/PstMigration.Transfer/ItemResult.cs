using System.Collections.Generic;
using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>What became of one item.</summary>
/// <param name="Folder">The folder it was read from.</param>
/// <param name="Key">Where it came from.</param>
/// <param name="MessageClass">Its class.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Fate">What became of it.</param>
/// <param name="TargetKey">Where the copy is; null unless copied in this run.</param>
/// <param name="Losses">What the copy does not have.</param>
/// <param name="ReasonId">A stable id for a fate that needs a reason.</param>
/// <param name="Reason">The reason for people.</param>
public sealed record ItemResult(
    FolderPath Folder,
    ItemKey Key,
    string MessageClass,
    string Subject,
    ItemFate Fate,
    ItemKey? TargetKey,
    IReadOnlyList<ItemLoss> Losses,
    string? ReasonId,
    string? Reason)
{
    /// <summary>Whether the target now holds the item whole, so that nobody needs to look.</summary>
    public bool IsWhole => Fate is ItemFate.Copied or ItemFate.AlreadyThere && Losses.Count == 0;
}
