namespace PstMigration.Mapi;

/// <summary>A copy as a target lists it, with what is stored with it.</summary>
/// <param name="Key">Where it was copied from.</param>
/// <param name="TargetKey">Where it is.</param>
public record ListedCopy(ItemKey Key, ItemKey TargetKey)
{
    /// <summary>Its marker; null where it is not remembered.</summary>
    public ItemMarker? Marker { get; init; }

    /// <summary>The version it is a copy of; null where it is not remembered.</summary>
    public ItemVersion? Version { get; init; }

    /// <summary>The folder its source was in; null where it is not remembered.</summary>
    public FolderPath? Folder { get; init; }

    /// <summary>What it does not have.</summary>
    public IReadOnlyList<ItemLoss> Losses { get; init; } = [];

    /// <summary>A copy of what is stored as text, as for <see cref="CopyRecord.Read"/>; null where it is none of the store's.</summary>
    /// <param name="sourceStore">The <see cref="ItemKey.Store"/> copies are wanted of.</param>
    /// <param name="targetKey">Where it is.</param>
    /// <param name="key">As <see cref="ItemKey.ToString"/> gives it.</param>
    /// <param name="marker">As of <see cref="ItemMarker"/>.</param>
    /// <param name="version">As of <see cref="ItemVersion"/>.</param>
    /// <param name="folder">As <see cref="FolderPath.ToString"/> gives it.</param>
    /// <param name="losses">As <see cref="LossText.Write"/> gives it.</param>
    public static ListedCopy? Read(string sourceStore, ItemKey targetKey, string? key, string? marker, string? version, string? folder, string? losses)
    {
        if (sourceStore is null)
        {
            throw new ArgumentNullException(nameof(sourceStore));
        }

        if (key is null || ItemKey.ReadOf(sourceStore, key) is not ItemKey source)
        {
            return null;
        }

        return new ListedCopy(source, targetKey)
        {
            Marker = string.IsNullOrEmpty(marker) ? null : new ItemMarker(marker!),
            Version = string.IsNullOrEmpty(version) ? null : new ItemVersion(version!),
            Folder = folder is null ? null : FolderPath.Parse(folder),
            Losses = LossText.Read(losses),
        };
    }
}
