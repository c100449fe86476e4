using System.Threading;
using System.Threading.Tasks;

namespace PstMigration.Mapi;

/// <summary>An item a source lists, not opened yet.</summary>
public abstract class SourceItem
{
    /// <summary>A listed item.</summary>
    protected SourceItem(ItemKey key, string messageClass, string subject, ItemVersion? version = null)
    {
        Version = version;
        Key = key;
        MessageClass = messageClass;
        Subject = subject;
    }

    /// <summary>Where it comes from.</summary>
    public ItemKey Key { get; }

    /// <summary>The message class as listed; empty where the list does not say.</summary>
    public string MessageClass { get; }

    /// <summary>The subject as listed; empty where the list does not say.</summary>
    public string Subject { get; }

    /// <summary>Its version as the store tells it; null where the content digest has to serve.</summary>
    public ItemVersion? Version { get; }

    /// <summary>Opens the item.</summary>
    /// <exception cref="MailDataException">The item is damaged; the rest of the source can still be read.</exception>
    public abstract Task<MapiItem> OpenAsync(CancellationToken cancellationToken);
}
