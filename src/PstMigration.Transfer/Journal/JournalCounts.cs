using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>Counts of the items of a journal.</summary>
/// <param name="Items">How many there are; the fates add up to it.</param>
/// <param name="Bytes">Their bytes, as far as they are known.</param>
/// <param name="Fates">How many met each fate.</param>
/// <param name="Losses">In how many items each kind of loss occurs.</param>
public sealed record JournalCounts(long Items, long Bytes, IReadOnlyDictionary<ItemFate, long> Fates, IReadOnlyDictionary<LossKind, long> Losses)
{
    /// <summary>How many met a fate.</summary>
    public long Of(ItemFate fate) => Fates.TryGetValue(fate, out long count) ? count : 0;
}
