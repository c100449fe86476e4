using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>Counts of the items of a journal.</summary>
/// <param name="Items">How many there are; the fates add up to it.</param>
/// <param name="Bytes">Their bytes, as far as they are known.</param>
/// <param name="Fates">How many met each fate.</param>
/// <param name="Losses">In how many items each kind of loss occurs.</param>
/// <param name="MessageClasses">How many are of each class; the empty class is of those it was not known of.</param>
/// <param name="Reasons">How many have each reason id.</param>
/// <param name="Changes">How many copies that were there were replaced, and how many followed their source into another folder.</param>
public sealed record JournalCounts(
    long Items,
    long Bytes,
    IReadOnlyDictionary<ItemFate, long> Fates,
    IReadOnlyDictionary<LossKind, long> Losses,
    IReadOnlyDictionary<string, long> MessageClasses,
    IReadOnlyDictionary<string, long> Reasons,
    IReadOnlyDictionary<CopyChange, long> Changes)
{
    /// <summary>How many met a fate.</summary>
    public long Of(ItemFate fate) => Fates.TryGetValue(fate, out long count) ? count : 0;
}
