namespace PstMigration.Mapi;

/// <summary>An item a source lists, not opened yet: enough to filter, plan and skip it without opening.</summary>
public abstract class SourceItem
{
    /// <summary>A listed item.</summary>
    /// <param name="key">Where it comes from.</param>
    /// <param name="summary">What the list tells of it.</param>
    protected SourceItem(ItemKey key, ItemSummary summary)
    {
        Key = key;
        Summary = summary ?? throw new ArgumentNullException(nameof(summary));
    }

    /// <summary>Where it comes from.</summary>
    public ItemKey Key { get; }

    /// <summary>What the list tells of it.</summary>
    public ItemSummary Summary { get; }

    /// <summary>
    /// Its version as the store tells it: equal versions of one key mean equal content. Null where only a digest can tell.
    /// </summary>
    public virtual ItemVersion? Version => null;

    /// <summary>
    /// Opens the item. Large values of a remote store are not fetched yet: see <see cref="MapiItem.FetchAsync"/>. Any thread, several items at once.
    /// </summary>
    /// <exception cref="MailDataException">The item is damaged; the rest of the source can still be read.</exception>
    public abstract Task<MapiItem> OpenAsync(CancellationToken cancellationToken);
}
