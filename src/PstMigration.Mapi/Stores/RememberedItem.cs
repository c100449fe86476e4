using System;
using System.Collections.Generic;

namespace PstMigration.Mapi;

/// <summary>What a target remembers of an item that was copied into it.</summary>
public sealed class RememberedItem
{
    private readonly CopyRecord _record;

    /// <summary>A copy that is in no index.</summary>
    /// <param name="record">What is stored with it.</param>
    /// <param name="targetKey">Where it is.</param>
    public RememberedItem(in CopyRecord record, ItemKey targetKey)
        : this(record, targetKey, -1)
    {
    }

    internal RememberedItem(in CopyRecord record, ItemKey targetKey, int entry)
    {
        _record = record;
        TargetKey = targetKey;
        Entry = entry;
    }

    /// <summary>Its place in the index it was found in.</summary>
    internal int Entry { get; }

    /// <summary>Where the copy is.</summary>
    public ItemKey TargetKey { get; }

    /// <summary>Whether everything that was to be written is there; false where a run was killed before the last attachment.</summary>
    public bool IsWhole => _record.IsWhole;

    /// <summary>What the copy does not have of the item, as told when it was written.</summary>
    public IReadOnlyList<ItemLoss> Losses => _record.Losses;

    /// <summary>Whether it is a copy of this version.</summary>
    public bool HasVersion(ItemVersion version) => _record.Version != 0 && _record.Version == Fold.Of(version.Value);

    /// <summary>Whether it is a copy of the item with this key and content.</summary>
    public bool HasMarker(ItemMarker marker) => _record.Marker != default && _record.Marker == Fold.Of(marker);

    /// <summary>Whether it is a copy of the same item, edited or not; also where that was not remembered.</summary>
    public bool HasIdentity(ItemIdentity identity) => _record.Identity == 0 || _record.Identity == Fold.Of(identity.Value);

    /// <summary>Whether its source was in this folder when it was copied; also where that was not remembered.</summary>
    public bool WasIn(FolderPath sourceFolder) => _record.SourceFolder == 0 || _record.SourceFolder == Fold.Of(sourceFolder);
}
