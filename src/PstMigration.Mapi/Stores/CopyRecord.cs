namespace PstMigration.Mapi;

/// <summary>
/// What a target stores with a copy, folded to what comparing needs: 128 bits of keys and markers, so that two of many millions never meet by chance, and 64 bits of
/// what is only compared under one key. A zero means not remembered.
/// </summary>
/// <param name="Key">The key it was copied from.</param>
/// <param name="Marker">Its marker.</param>
/// <param name="Version">Its version there.</param>
/// <param name="SourceFolder">The folder it was in there.</param>
/// <param name="Identity">Its identity.</param>
/// <param name="IsWhole">Whether everything that was to be written was written.</param>
/// <param name="Losses">What the copy does not have.</param>
public readonly record struct CopyRecord(
    Guid Key, Guid Marker, long Version, long SourceFolder, long Identity, bool IsWhole, IReadOnlyList<ItemLoss> Losses)
{
    /// <summary>The record of what was just written.</summary>
    public static CopyRecord Of(ItemProvenance provenance, IReadOnlyList<ItemLoss> losses, bool isWhole = true)
    {
        if (provenance is null || losses is null)
        {
            throw new ArgumentNullException(provenance is null ? nameof(provenance) : nameof(losses));
        }

        return new CopyRecord(
            Fold.Of(provenance.Key),
            provenance.Marker is ItemMarker marker ? Fold.Of(marker) : default,
            Fold.Of(provenance.Version.Value),
            Fold.Of(provenance.Folder),
            Fold.Of(provenance.Identity.Value),
            isWhole,
            losses);
    }

    /// <summary>The record of what a target has stored as text; null or empty where it has not.</summary>
    /// <param name="key">As <see cref="ItemKey.ToString"/> gives it.</param>
    /// <param name="marker">As of <see cref="ItemMarker"/>.</param>
    /// <param name="version">As of <see cref="ItemVersion"/>.</param>
    /// <param name="sourceFolder">As <see cref="FolderPath.ToString"/> gives it; null where it is not remembered, empty for the root.</param>
    /// <param name="identity">As of <see cref="ItemIdentity"/>.</param>
    /// <param name="losses">As <see cref="LossText.Write"/> gives it.</param>
    /// <param name="isWhole">Whether everything that was to be written was written.</param>
    public static CopyRecord Read(
        string? key, string? marker, string? version, string? sourceFolder, string? identity, string? losses, bool isWhole = true) => new(
        string.IsNullOrEmpty(key) ? default : Fold.OfText(key!),
        string.IsNullOrEmpty(marker) ? default : Fold.Of(new ItemMarker(marker!)),
        string.IsNullOrEmpty(version) ? 0 : Fold.Of(version!),
        sourceFolder is null ? 0 : Fold.Of(FolderPath.Parse(sourceFolder)),
        string.IsNullOrEmpty(identity) ? 0 : Fold.Of(identity!),
        isWhole,
        LossText.Read(losses));
}
