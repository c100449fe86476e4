namespace PstMigration.Mapi;

/// <summary>What is stored with a copied item, so that the target alone tells what was copied.</summary>
public sealed record ItemProvenance
{
    /// <summary>The provenance of an item.</summary>
    /// <param name="key">Where it comes from.</param>
    /// <param name="version">Its version there; null where the digest has to serve.</param>
    /// <param name="digest">Its content digest; null where the target does not store it.</param>
    /// <param name="folder">The folder it is in there.</param>
    /// <param name="identity">Its <see cref="ItemIdentity"/>.</param>
    /// <exception cref="ArgumentException">Neither a version nor a digest.</exception>
    public ItemProvenance(ItemKey key, ItemVersion? version, ItemDigest? digest, FolderPath folder, ItemIdentity identity)
    {
        Key = key;
        Version = version ?? (digest is ItemDigest known ? new ItemVersion(known.Hex) : throw new ArgumentException("A version or a digest is needed.", nameof(version)));
        Digest = digest;
        Marker = digest is ItemDigest content ? ItemMarker.Compute(key, content) : null;
        Folder = folder ?? throw new ArgumentNullException(nameof(folder));
        Identity = identity;
    }

    /// <summary>Where it came from.</summary>
    public ItemKey Key { get; }

    /// <summary>Its version there.</summary>
    public ItemVersion Version { get; }

    /// <summary>Its content digest; null where the target does not store it.</summary>
    public ItemDigest? Digest { get; }

    /// <summary>Its marker; null where there is no digest.</summary>
    public ItemMarker? Marker { get; }

    /// <summary>The folder it was in there.</summary>
    public FolderPath Folder { get; }

    /// <summary>Its state when it was copied; null where it is not known.</summary>
    public ItemState? State { get; init; }

    /// <summary>Tells an item that was changed from another one under the same key.</summary>
    public ItemIdentity Identity { get; }
}
