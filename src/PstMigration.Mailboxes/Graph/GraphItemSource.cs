using System.Runtime.CompilerServices;
using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// A mailbox to copy from: mail and contacts. Items are listed page by page and opened on demand; large attachments pass through
/// temporary files that vanish with this object.
/// </summary>
internal sealed class GraphItemSource : IItemSource
{
    private const int PageSize = 500;

    private readonly GraphClient _client;
    private readonly AttachmentSpool _spool;
    private readonly ItemFetcher _fetcher;
    private readonly Dictionary<ItemKey, FolderReading> _readings = [];

    /// <summary>A source over a client that has reached the mailbox; owned from here on.</summary>
    public GraphItemSource(string name, GraphClient client)
    {
        Name = name;
        Traits = new SourceTraits { KeysAreLasting = true, OpensAtOnce = client.RequestsAtOnce };
        _client = client;
        _spool = new AttachmentSpool();
        _fetcher = new ItemFetcher(client, _spool);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string StoreKey => _client.StoreKey;

    /// <inheritdoc/>
    public SourceTraits Traits { get; }

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
        foreach (GraphFolder folder in await _client.Folders.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return new SourceFolder(
                new ItemKey(StoreKey, folder.Id), folder.Path, folder.Role, folder.ContainerClass, folder.ItemCount);
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<SourceItem> ReadItemsAsync(SourceFolder folder, CancellationToken cancellationToken) => folder switch
    {
        null => throw new ArgumentNullException(nameof(folder)),
        _ when !string.Equals(folder.Key.Store, StoreKey, StringComparison.Ordinal) =>
            throw new ArgumentException("The folder is not one of this source.", nameof(folder)),
        _ => CountAsync(folder, cancellationToken),
    };

    /// <summary>Removes the temporary files.</summary>
    public ValueTask DisposeAsync()
    {
        _spool.Dispose();
        _client.Dispose();
        return default;
    }

    /// <summary>Gives the items, and notes how many.</summary>
    private async IAsyncEnumerable<SourceItem> CountAsync(SourceFolder folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int read = 0;
        Note();
        IAsyncEnumerable<SourceItem> items = MessageClasses.IsOfClass(folder.ContainerClass, "IPF.Contact")
            ? ReadContactsAsync(folder.Key.Id, cancellationToken)
            : ReadMessagesAsync(folder.Key.Id, cancellationToken);
        await foreach (SourceItem item in items.ConfigureAwait(false))
        {
            read++;
            Note();
            yield return item;
        }

        void Note()
        {
            lock (_readings)
            {
                _readings[folder.Key] = new FolderReading(folder.Path, folder.ItemCount, read, 0);
            }
        }
    }

    private async IAsyncEnumerable<SourceItem> ReadMessagesAsync(string folderId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var messages = _client.User.MailFolders[folderId].Messages;
        IAsyncEnumerable<Message> all = Paging.ReadAsync<MessageCollectionResponse, Message>(
            () => messages.GetAsync(
                c =>
                {
                    c.QueryParameters.Select = GraphSourceItem.MessageFields;
                    c.QueryParameters.Expand = GraphSourceItem.MessageExpand;
                    c.QueryParameters.Top = PageSize;
                },
                cancellationToken),
            link => messages.WithUrl(link).GetAsync(cancellationToken: cancellationToken),
            page => page.Value,
            cancellationToken);
        await foreach (Message message in all.ConfigureAwait(false))
        {
            if (message.Id is { Length: > 0 } id)
            {
                yield return new GraphSourceItem(
                    new ItemKey(StoreKey, id), GraphSourceItem.Describe(message), message.ChangeKey, c => _fetcher.FetchMessageAsync(id, c));
            }
        }
    }

    private async IAsyncEnumerable<SourceItem> ReadContactsAsync(string folderId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var contacts = _client.User.ContactFolders[folderId].Contacts;
        IAsyncEnumerable<Contact> all = Paging.ReadAsync<ContactCollectionResponse, Contact>(
            () => contacts.GetAsync(
                c =>
                {
                    c.QueryParameters.Select = GraphSourceItem.ContactFields;
                    c.QueryParameters.Top = PageSize;
                },
                cancellationToken),
            link => contacts.WithUrl(link).GetAsync(cancellationToken: cancellationToken),
            page => page.Value,
            cancellationToken);
        await foreach (Contact contact in all.ConfigureAwait(false))
        {
            if (contact.Id is { Length: > 0 } id)
            {
                yield return new GraphSourceItem(
                    new ItemKey(StoreKey, id), GraphSourceItem.Describe(contact), contact.ChangeKey, c => _fetcher.FetchContactAsync(id, c));
            }
        }
    }
}
