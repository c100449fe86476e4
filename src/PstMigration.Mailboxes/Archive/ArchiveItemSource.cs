using System.Runtime.CompilerServices;
using System.Text.Json;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// An archive mailbox to copy from: items of all classes with all their properties. An item is exported whole into a temporary file that vanishes with this object, and read from there.
/// </summary>
internal sealed class ArchiveItemSource(string name, ArchiveClient client) : IItemSource
{
    private readonly AttachmentSpool _spool = new();
    private readonly Dictionary<ItemKey, FolderReading> _readings = [];

    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public string StoreKey => client.MailboxId;

    /// <summary>Ids of items are not said to last here.</summary>
    public SourceTraits Traits { get; } = new() { KeepsAllProperties = true, OpensAtOnce = client.RequestsAtOnce };

    /// <inheritdoc/>
    public SourceReport Report
    {
        get
        {
            lock (_readings)
            {
                return new SourceReport([.. _readings.Values], []);
            }
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceFolder> ReadFoldersAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (ArchiveFolder folder in ArchiveFolder.ListAsync(client, cancellationToken).ConfigureAwait(false))
        {
            yield return new SourceFolder(new ItemKey(StoreKey, folder.Id), folder.Path, folder.Role, folder.ContainerClass, folder.ItemCount);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceItem> ReadItemsAsync(SourceFolder folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int read = 0;
        Note(folder, read);
        await foreach (JsonElement listed in client.ItemsAsync(folder.Key.Id, ArchiveSourceItem.Expand, cancellationToken).ConfigureAwait(false))
        {
            if (ArchiveSourceItem.Create(client, _spool, listed) is ArchiveSourceItem item)
            {
                Note(folder, ++read);
                yield return item;
            }
        }
    }

    /// <summary>Removes the temporary files.</summary>
    public ValueTask DisposeAsync()
    {
        _spool.Dispose();
        client.Dispose();
        return default;
    }

    // The service counts what is in one part of an archive; more may come than it said.
    private void Note(SourceFolder folder, int read)
    {
        lock (_readings)
        {
            _readings[folder.Key] = new FolderReading(folder.Path, folder.ItemCount, read, 0);
        }
    }
}
