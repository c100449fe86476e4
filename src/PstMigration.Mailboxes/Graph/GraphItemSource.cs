using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// A mailbox to copy from: mail and contacts. Items are listed page by page and opened on demand; large attachments pass through
/// temporary files that vanish with this object.
/// </summary>
public sealed class GraphItemSource : IItemSource, IDisposable
{
    private const int PageSize = 250;
    private const long SpoolCapacity = 1_000_000_000;
    private readonly MailboxConnection _connection;
    private readonly AttachmentSpool _spool = new(SpoolCapacity);

    /// <summary>A source over a connection that has been reached.</summary>
    internal GraphItemSource(MailboxConnection connection)
    {
        _connection = connection;
        StoreKey = connection.Mailbox.StoreKey;
    }

    /// <inheritdoc/>
    public string Name => _connection.Address;

    /// <inheritdoc/>
    public string StoreKey { get; }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceFolder> ReadFoldersAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (GraphFolder folder in await _connection.Mailbox.Folders.ListAsync(cancellationToken).ConfigureAwait(false))
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
        _ => MessageClasses.IsOfClass(folder.ContainerClass, "IPF.Contact")
            ? ReadContactsAsync(folder.Key.Id, cancellationToken)
            : ReadMessagesAsync(folder.Key.Id, cancellationToken),
    };

    /// <summary>Removes the temporary files. The connection stays open.</summary>
    public void Dispose() => _spool.Dispose();

    private async IAsyncEnumerable<SourceItem> ReadMessagesAsync(string folderId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        GraphMailbox mailbox = _connection.Mailbox;
        ItemFetcher fetcher = new(mailbox, _spool);
        string classId = GraphPropertyId.Write(PropertyTags.MessageClass, PropertyType.String);
        var messages = mailbox.User.MailFolders[folderId].Messages;
        IAsyncEnumerable<Message> all = Paging.ReadAsync<MessageCollectionResponse, Message>(
            () => messages.GetAsync(
                c =>
                {
                    c.QueryParameters.Select = ["id", "subject"];
                    c.QueryParameters.Expand = [GraphPropertyId.Expand("singleValueExtendedProperties", classId)];
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
                string messageClass = message.SingleValueExtendedProperties?.FirstOrDefault(p => GraphPropertyId.Same(p.Id, classId))?.Value ?? "";
                yield return new GraphSourceItem(
                    new ItemKey(StoreKey, id), messageClass, message.Subject ?? "", c => fetcher.FetchMessageAsync(id, c));
            }
        }
    }

    private async IAsyncEnumerable<SourceItem> ReadContactsAsync(string folderId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        GraphMailbox mailbox = _connection.Mailbox;
        ItemFetcher fetcher = new(mailbox, _spool);
        var contacts = mailbox.User.ContactFolders[folderId].Contacts;
        IAsyncEnumerable<Contact> all = Paging.ReadAsync<ContactCollectionResponse, Contact>(
            () => contacts.GetAsync(
                c =>
                {
                    c.QueryParameters.Select = ["id", "displayName"];
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
                    new ItemKey(StoreKey, id), "IPM.Contact", contact.DisplayName ?? "", c => fetcher.FetchContactAsync(id, c));
            }
        }
    }
}
