using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// What was copied into the mailbox before: the markers of all its messages and contacts, read once a run, and what this run
/// wrote. The mailbox is the truth; there is nothing else to ask.
/// </summary>
internal sealed class MarkerIndex(GraphMailbox mailbox)
{
    private const int PageSize = 500;
    private static readonly string[] s_expand =
        [GraphPropertyId.Expand("singleValueExtendedProperties", Provenance.MarkerId, Provenance.AttachmentCountId)];

    private readonly HashSet<ItemMarker> _whole = [];
    private readonly Dictionary<ItemMarker, FoundItem> _incomplete = [];
    private readonly Dictionary<ItemMarker, ItemSearch> _unsure = [];
    private bool _read;

    /// <summary>Whether an item with this marker is there, and whole.</summary>
    public async Task<bool> ContainsAsync(ItemMarker marker, CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken).ConfigureAwait(false);
        if (_unsure.TryGetValue(marker, out ItemSearch? search)
            && await search.FindAsync(mailbox, cancellationToken).ConfigureAwait(false) is FoundItem found)
        {
            _unsure.Remove(marker);
            await SortAsync(found, cancellationToken).ConfigureAwait(false);
        }

        return _whole.Contains(marker);
    }

    /// <summary>An item that was made but lacks attachments: a run was killed, or an answer was lost. Null where there is none.</summary>
    public FoundItem? Incomplete(ItemMarker marker) => _incomplete.TryGetValue(marker, out FoundItem? item) ? item : null;

    /// <summary>Whether it was sent in this run without an answer, and not found since.</summary>
    public bool IsUnsure(ItemMarker marker) => _unsure.ContainsKey(marker);

    /// <summary>Records an item that is there and whole.</summary>
    public void AddWhole(ItemMarker marker)
    {
        _whole.Add(marker);
        _incomplete.Remove(marker);
        _unsure.Remove(marker);
    }

    /// <summary>Records an item that is there without all its attachments.</summary>
    public void AddIncomplete(FoundItem item) => _incomplete[item.Marker] = item;

    /// <summary>Records that an item was taken back.</summary>
    public void Forget(ItemMarker marker) => _incomplete.Remove(marker);

    /// <summary>Records an item nobody knows of whether it arrived.</summary>
    public void AddUnsure(ItemMarker marker, ItemSearch search) => _unsure[marker] = search;

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        if (_read)
        {
            return;
        }

        List<FoundItem> later = [];
        await foreach (FoundItem item in ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (item.AttachmentCount == 0)
            {
                _whole.Add(item.Marker);
            }
            else
            {
                later.Add(item);
            }
        }

        foreach (FoundItem item in later.Where(i => !_whole.Contains(i.Marker)))
        {
            await SortAsync(item, cancellationToken).ConfigureAwait(false);
        }

        _read = true;
    }

    private async Task SortAsync(FoundItem item, CancellationToken cancellationToken)
    {
        if (item.AttachmentCount == 0 || await item.CountAttachmentsAsync(mailbox, cancellationToken).ConfigureAwait(false) >= item.AttachmentCount)
        {
            AddWhole(item.Marker);
        }
        else
        {
            AddIncomplete(item);
        }
    }

    private async IAsyncEnumerable<FoundItem> ReadAllAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var messages = mailbox.User.Messages;
        IAsyncEnumerable<Message> all = Paging.ReadAsync<MessageCollectionResponse, Message>(
            () => messages.GetAsync(
                c =>
                {
                    c.QueryParameters.Select = ["id"];
                    c.QueryParameters.Expand = s_expand;
                    c.QueryParameters.Top = PageSize;
                },
                cancellationToken),
            link => messages.WithUrl(link).GetAsync(cancellationToken: cancellationToken),
            page => page.Value,
            cancellationToken);
        await foreach (Message message in all.ConfigureAwait(false))
        {
            if (FoundItem.Read(message.Id, GraphFolderKind.Mail, message.SingleValueExtendedProperties) is FoundItem item)
            {
                yield return item;
            }
        }

        foreach (GraphFolder folder in await mailbox.Folders.ListContactFoldersAsync(cancellationToken).ConfigureAwait(false))
        {
            var contacts = mailbox.User.ContactFolders[folder.Id].Contacts;
            IAsyncEnumerable<Contact> inFolder = Paging.ReadAsync<ContactCollectionResponse, Contact>(
                () => contacts.GetAsync(
                    c =>
                    {
                        c.QueryParameters.Select = ["id"];
                        c.QueryParameters.Expand = s_expand;
                        c.QueryParameters.Top = PageSize;
                    },
                    cancellationToken),
                link => contacts.WithUrl(link).GetAsync(cancellationToken: cancellationToken),
                page => page.Value,
                cancellationToken);
            await foreach (Contact contact in inFolder.ConfigureAwait(false))
            {
                if (FoundItem.Read(contact.Id, GraphFolderKind.Contacts, contact.SingleValueExtendedProperties) is FoundItem item)
                {
                    yield return item;
                }
            }
        }
    }
}
