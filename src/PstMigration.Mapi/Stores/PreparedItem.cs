namespace PstMigration.Mapi;

/// <summary>
/// An item made ready for a target. Targets derive from it to carry what they have made of the item: a file beside its place, a request.
/// Disposing it takes away what was made and not committed.
/// </summary>
/// <param name="folder">Where it goes.</param>
/// <param name="item">The item.</param>
/// <param name="provenance">Where it comes from.</param>
public class PreparedItem(TargetFolder folder, MapiItem item, ItemProvenance provenance) : IDisposable
{
    /// <summary>Where it goes.</summary>
    public TargetFolder Folder { get; } = folder ?? throw new ArgumentNullException(nameof(folder));

    /// <summary>The item.</summary>
    public MapiItem Item { get; } = item ?? throw new ArgumentNullException(nameof(item));

    /// <summary>Where it comes from.</summary>
    public ItemProvenance Provenance { get; } = provenance ?? throw new ArgumentNullException(nameof(provenance));

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Takes away what was made and not committed.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
