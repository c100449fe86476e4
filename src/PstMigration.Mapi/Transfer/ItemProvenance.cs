namespace PstMigration.Mapi;

/// <summary>What is stored with a copied item, so that the target alone tells what was copied.</summary>
/// <param name="Key">Where it came from.</param>
/// <param name="Version">Its version there.</param>
/// <param name="Digest">Its content digest.</param>
/// <param name="Marker">Its marker.</param>
public sealed record ItemProvenance(ItemKey Key, ItemVersion Version, ItemDigest Digest, ItemMarker Marker);
