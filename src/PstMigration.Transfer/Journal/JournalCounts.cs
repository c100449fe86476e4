using System.Collections.Generic;
using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>Counts of the items of a journal.</summary>
/// <param name="Items">How many there are; the fates add up to it.</param>
/// <param name="Bytes">Their bytes, as far as they are known.</param>
/// <param name="Fates">How many met each fate.</param>
/// <param name="Losses">How often each kind of loss occurred.</param>
/// <param name="MessageClasses">How many are of each class; the empty class is of those it was not known of.</param>
/// <param name="Reasons">How many have each reason id.</param>
public sealed record JournalCounts(
    long Items,
    long Bytes,
    IReadOnlyDictionary<ItemFate, long> Fates,
    IReadOnlyDictionary<LossKind, long> Losses,
    IReadOnlyDictionary<string, long> MessageClasses,
    IReadOnlyDictionary<string, long> Reasons)
{
    /// <summary>How many met a fate.</summary>
    public long Of(ItemFate fate) => Fates.TryGetValue(fate, out long count) ? count : 0;
}
