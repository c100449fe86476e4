using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>What a run remembers of its items until they are verified: 32 bytes of each that the target has, 16 of each that was there before or was skipped, 20 of each that lost something.</summary>
internal sealed class WrittenItems
{
    private readonly Dictionary<Guid, Guid> _origins = [];
    private readonly HashSet<Guid> _skipped = [];
    private readonly HashSet<Guid> _found = [];
    private readonly Dictionary<Guid, ItemPart> _told = [];

    /// <summary>Of each item of the target, by its folded key, the item of the source.</summary>
    public IReadOnlyDictionary<Guid, Guid> Origins => _origins;

    /// <summary>Whether an item was left out for a reason, which was told then.</summary>
    public bool WasSkipped(ItemKey key) => _skipped.Contains(Fold.Of(key));

    /// <summary>Whether the target had an item before: where somebody has put it is right.</summary>
    public bool WasThere(ItemKey key) => _found.Contains(Fold.Of(key));

    /// <summary>In which parts an item may differ, as was told when it was written.</summary>
    public ItemPart Told(ItemKey key) => _told.TryGetValue(Fold.Of(key), out ItemPart parts) ? parts : ItemPart.None;

    /// <summary>Notes what became of an item.</summary>
    public void Add(ItemResult result)
    {
        if (result.Fate == ItemFate.Skipped)
        {
            _skipped.Add(Fold.Of(result.Key));
        }
        else if (result.Written.TargetKey is ItemKey written)
        {
            _origins[Fold.Of(written)] = Fold.Of(result.Key);
            if (result.Fate == ItemFate.AlreadyThere)
            {
                _found.Add(Fold.Of(result.Key));
            }

            if (LossMeaning.Explains(result.Losses) is not ItemPart.None and ItemPart told)
            {
                _told[Fold.Of(result.Key)] = told;
            }
        }
    }
}
