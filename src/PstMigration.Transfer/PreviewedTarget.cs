using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>
/// What a target has of a source, found out without a change to it: the copies it lists, and what it has from elsewhere. What a run that was killed has left behind is not completed here, and so may count as there.
/// </summary>
internal sealed class PreviewedTarget
{
    private readonly HashSet<Guid> _versions = [];
    private readonly HashSet<Guid> _markers = [];
    private readonly HashSet<Guid> _keys = [];
    private readonly HashSet<Guid> _less = [];
    private readonly IDuplicateFinder? _finder;
    private readonly MovedItems? _moved;

    private PreviewedTarget(IDuplicateFinder? finder, MovedItems? moved)
    {
        _finder = finder;
        _moved = moved;
    }

    /// <summary>Reads what it remembers, 48 bytes of each copy, and 16 more of each with losses; null where it lists none.</summary>
    /// <param name="target">The target; null for none.</param>
    /// <param name="source">The source.</param>
    /// <param name="withDuplicates">Whether what is there from elsewhere counts.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="MailDataException">The target cannot be read.</exception>
    public static async Task<PreviewedTarget?> ReadAsync(IItemTarget? target, IItemSource source, bool withDuplicates, CancellationToken cancellationToken)
    {
        if (target is not ICopyLister lister)
        {
            return null;
        }

        PreviewedTarget read = new(withDuplicates ? target as IDuplicateFinder : null, MovedItems.Of(source, target));
        await foreach (ListedCopy copy in lister.ReadCopiesAsync(source.StoreKey, cancellationToken).ConfigureAwait(false))
        {
            read._keys.Add(Fold.Of(copy.Key));
            if (copy.Losses.Count > 0)
            {
                read._less.Add(Fold.Of(copy.Key));
            }

            if (copy.Version is ItemVersion version)
            {
                read._versions.Add(KeyOf(copy.Key, version));
            }

            if (copy.Marker is ItemMarker marker)
            {
                read._markers.Add(Fold.Of(marker));
            }
        }

        return read;
    }

    /// <summary>Whether there is a copy of just this version.</summary>
    public bool Has(ItemKey key, ItemVersion? version) => version is ItemVersion known && _versions.Contains(KeyOf(key, known));

    /// <summary>Whether there is a copy of any version.</summary>
    public bool HasAny(ItemKey key) => _keys.Contains(Fold.Of(key));

    /// <summary>Whether a copy has less than the item had.</summary>
    public bool HasLess(ItemKey key) => _less.Contains(Fold.Of(key));

    /// <summary>Whether it has an item that was opened.</summary>
    /// <exception cref="MailDataException">A value of the item, or the target, cannot be read.</exception>
    public async Task<bool> HasAsync(MapiItem item, ItemKey key, ItemVersion? version, FolderPath folder, bool isDeleted, CancellationToken cancellationToken)
    {
        await item.FetchAsync(cancellationToken).ConfigureAwait(false);
        ItemProvenance provenance = new(key, version, ItemDigester.Content(item, cancellationToken), folder, ItemIdentity.Of(item));
        return (!HasAny(key) && _moved is not null && await _moved.FindAsync(provenance, cancellationToken).ConfigureAwait(false) is not null)
            || (provenance.Marker is ItemMarker marker && _markers.Contains(Fold.Of(marker))) || Has(key, provenance.Version)
            || (_finder is not null && await _finder.FindDuplicateAsync(item, provenance, isDeleted, null, cancellationToken).ConfigureAwait(false) is not null);
    }

    private static Guid KeyOf(ItemKey key, ItemVersion version) => Fold.Of(new ItemKey(key.ToString(), version.Value));
}
