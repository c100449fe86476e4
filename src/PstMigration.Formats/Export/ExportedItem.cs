using System.Collections.Generic;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>What became of one item that was exported.</summary>
/// <param name="Fate">Copied, AlreadyThere, or Skipped where there was nothing to write.</param>
/// <param name="Files">Full paths of the files written.</param>
/// <param name="Bytes">Bytes of them.</param>
/// <param name="Losses">What they do not hold of the item.</param>
public sealed record ExportedItem(ItemFate Fate, IReadOnlyList<string> Files, long Bytes, IReadOnlyList<ItemLoss> Losses)
{
    /// <summary>An earlier run wrote it.</summary>
    public static ExportedItem AlreadyThere { get; } = new(ItemFate.AlreadyThere, [], 0, []);
}
