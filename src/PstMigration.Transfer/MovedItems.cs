using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>
/// Finds the copy of an item that was moved or renamed in its source since, by which it got another key: one of the same store, identity and content, whose own key is certainly gone from the source. In every
/// doubt there is none, and the item is copied. Each copy is found once, so that two real ones stay two. Nothing is asked as long as no item comes that the target does not know. For one run.
/// </summary>
internal sealed class MovedItems
{
    private readonly IMovableItems _source;
    private readonly ICopyAdopter _target;
    private readonly HashSet<ItemKey> _found = [];

    private MovedItems(IMovableItems source, ICopyAdopter target)
    {
        _source = source;
        _target = target;
    }

    /// <summary>What finds them; null where the source has none, or the target could not note them.</summary>
    public static MovedItems? Of(IItemSource source, IItemTarget? target) => source is IMovableItems movable && target is ICopyAdopter adopter ? new MovedItems(movable, adopter) : null;

    /// <summary>Finds one, with the key it had. One caller at a time.</summary>
    /// <exception cref="MailDataException">The target cannot be asked.</exception>
    public async ValueTask<(RememberedItem Copy, ItemKey Was)?> FindAsync(ItemProvenance provenance, CancellationToken cancellationToken)
    {
        if (provenance.Digest is not ItemDigest digest)
        {
            return null;
        }

        foreach (RememberedItem copy in await _target.FindAsync(provenance.Identity, cancellationToken).ConfigureAwait(false))
        {
            if (!_found.Contains(copy.TargetKey)
                && await _target.ReadKeyAsync(copy, provenance.Key.Store, cancellationToken).ConfigureAwait(false) is ItemKey was
                && copy.HasMarker(ItemMarker.Compute(was, digest)) && _source.IsGone(was))
            {
                _found.Add(copy.TargetKey);
                return (copy, was);
            }
        }

        return null;
    }

    /// <summary>Notes the new key with the copy. Counts as a commit.</summary>
    /// <exception cref="MailDataException">The target cannot be written to.</exception>
    public Task AdoptAsync(RememberedItem copy, ItemProvenance provenance, CancellationToken cancellationToken) => _target.AdoptAsync(copy, provenance, cancellationToken);
}
