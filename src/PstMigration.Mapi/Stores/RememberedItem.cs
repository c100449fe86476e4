namespace PstMigration.Mapi;

/// <summary>What a target remembers of an item that was copied into it.</summary>
public sealed class RememberedItem
{
    private const int InNoIndex = -1;

    private readonly CopyRecord _record;
    private Lazy<CopyRecord>? _complete;

    internal RememberedItem(in CopyRecord record, ItemKey targetKey, int entry)
    {
        _record = record;
        TargetKey = targetKey;
        Entry = entry;
    }

    /// <summary>An item of the target itself, which stands for its own copy, as where a copy of the target at another path is copied back into it. It is in no index.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="version">Its version now.</param>
    /// <param name="open">Opens it; asked only where the version does not tell.</param>
    /// <param name="gate">Is held while it is read.</param>
    public static RememberedItem OfOwn(ItemKey key, ItemVersion version, Func<MapiItem> open, object gate)
    {
        CopyRecord known = new(Fold.Of(key), default, Fold.Of(version.Value), 0, 0, IsWhole: true, []);
        return new RememberedItem(known, key, InNoIndex)
        {
            _complete = new Lazy<CopyRecord>(() =>
            {
                lock (gate)
                {
                    MapiItem item = open();
                    return known with { Marker = Fold.Of(ItemMarker.Compute(key, ItemDigester.Content(item))), Identity = Fold.Of(ItemIdentity.Of(item).Value) };
                }
            }),
        };
    }

    /// <summary>Whether it is a copy the target has in its index, and so may replace, move and remove.</summary>
    public bool IsIndexed => Entry != InNoIndex;

    /// <summary>Its place in the index it was found in.</summary>
    internal int Entry { get; }

    /// <summary>Where the copy is.</summary>
    public ItemKey TargetKey { get; }

    /// <summary>Whether everything that was to be written was written; false where a run was killed before the last attachment.</summary>
    public bool IsWhole => _record.IsWhole;

    /// <summary>What the copy does not have of the item, as told when it was written.</summary>
    public IReadOnlyList<ItemLoss> Losses => _record.Losses;

    private CopyRecord Complete => _complete?.Value ?? _record;

    /// <summary>Whether it is a copy of this version.</summary>
    public bool HasVersion(ItemVersion version) => _record.Version != 0 && _record.Version == Fold.Of(version.Value);

    /// <summary>Whether it is a copy of the item with this key and content.</summary>
    public bool HasMarker(ItemMarker marker) => Complete.Marker != default && Complete.Marker == Fold.Of(marker);

    /// <summary>Whether it is a copy of the same item, edited or not; also where that was not remembered.</summary>
    public bool HasIdentity(ItemIdentity identity) => Complete.Identity == 0 || Complete.Identity == Fold.Of(identity.Value);

    /// <summary>Whether its source was in this folder when it was copied; also where that was not remembered.</summary>
    public bool WasIn(FolderPath sourceFolder) => _record.SourceFolder == 0 || _record.SourceFolder == Fold.Of(sourceFolder);
}
