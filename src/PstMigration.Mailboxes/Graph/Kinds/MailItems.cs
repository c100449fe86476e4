using System.Runtime.CompilerServices;
using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>Mail.</summary>
internal sealed class MailItems(GraphClient client) : GraphItems(client)
{
    /// <inheritdoc/>
    public override async IAsyncEnumerable<GraphSourceItem> ReadAsync(string folderId, ItemFetcher fetcher, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var messages = Client.User.MailFolders[folderId].Messages;
        IAsyncEnumerable<Message> all = Paging.ReadAsync<MessageCollectionResponse, Message>(
            () => messages.GetAsync(
                c => (c.QueryParameters.Select, c.QueryParameters.Expand, c.QueryParameters.Top) = (GraphSourceItem.MessageFields, GraphSourceItem.MessageExpand, PageSize),
                cancellationToken),
            link => messages.WithUrl(link).GetAsync(cancellationToken: cancellationToken),
            page => page.Value,
            cancellationToken);
        await foreach (Message message in all.ConfigureAwait(false))
        {
            if (Item(message, fetcher) is GraphSourceItem item)
            {
                yield return item;
            }
        }
    }

    /// <summary>A listed message; null for what has no id.</summary>
    public GraphSourceItem? Item(Message message, ItemFetcher fetcher) => message.Id is { Length: > 0 } id
        ? new GraphSourceItem(new ItemKey(Client.StoreKey, id), GraphSourceItem.Describe(message), message.ChangeKey, c => fetcher.FetchMessageAsync(id, c))
        : null;

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ListedItem> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var messages = Client.User.Messages;
        IAsyncEnumerable<Message> all = Paging.ReadAsync<MessageCollectionResponse, Message>(
            () => messages.GetAsync(
                c => (c.QueryParameters.Select, c.QueryParameters.Expand, c.QueryParameters.Top) = (ListedItem.MessageFields, ListedItem.MessageExpand, PageSize), cancellationToken),
            link => messages.WithUrl(link).GetAsync(cancellationToken: cancellationToken),
            page => page.Value,
            cancellationToken);
        await foreach (Message message in all.ConfigureAwait(false))
        {
            if (ListedItem.Read(message) is ListedItem item)
            {
                yield return item;
            }
        }
    }

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<FoundCopy>> SearchAsync(string folderId, ItemMarker marker, string? messageId, CancellationToken cancellationToken)
    {
        string[] filters = messageId is null ? [MarkerFilter(marker)] : ["internetMessageId eq " + GraphPropertyId.Quote(messageId), MarkerFilter(marker)];
        foreach (string filter in filters)
        {
            MessageCollectionResponse? page = await GraphErrors.CallAsync(() => Client.User.Messages.GetAsync(
                c =>
                {
                    c.QueryParameters.Filter = filter;
                    (c.QueryParameters.Select, c.QueryParameters.Expand, c.QueryParameters.Top) = (FoundCopy.Fields, FoundCopy.Expand, MostCandidates);
                },
                cancellationToken)).ConfigureAwait(false);
            // One Message-ID may stand on several items; the marker is this one's alone.
            FoundCopy[] found = [.. (page?.Value ?? []).Select(FoundCopy.Read).OfType<FoundCopy>().Where(c => c.Marker == marker)];
            if (found.Length > 0)
            {
                return found;
            }
        }

        return [];
    }

    /// <inheritdoc/>
    public override async Task<ItemPlace?> ReadPlaceAsync(GraphCopy copy, CancellationToken cancellationToken)
    {
        Message? message = await GraphErrors.CallAsync(() => Client.User.Messages[copy.Id].GetAsync(
            c => (c.QueryParameters.Select, c.QueryParameters.Expand) = (ItemPlace.Fields, ItemPlace.Expand), cancellationToken)).ConfigureAwait(false);
        return ItemPlace.Create(message?.ParentFolderId, message?.SingleValueExtendedProperties);
    }

    /// <inheritdoc/>
    public override Task WriteNotesAsync(GraphCopy copy, List<SingleValueLegacyExtendedProperty> notes, CancellationToken cancellationToken) => GraphErrors.CallAsync(
        () => Client.User.Messages[copy.Id].PatchAsync(new Message { SingleValueExtendedProperties = notes }, cancellationToken: cancellationToken));

    /// <inheritdoc/>
    public override Task RemovePermanentlyAsync(GraphCopy copy, CancellationToken cancellationToken) =>
        GraphErrors.CallAsync(() => Client.User.Messages[copy.Id].PermanentDelete.PostAsync(cancellationToken: cancellationToken));

    /// <inheritdoc/>
    public override Task DeleteAsync(GraphCopy copy, CancellationToken cancellationToken) =>
        GraphErrors.CallAsync(() => Client.User.Messages[copy.Id].DeleteAsync(cancellationToken: cancellationToken));

    /// <inheritdoc/>
    public override async Task<int> CountPartsAsync(GraphCopy copy, CancellationToken cancellationToken) =>
        (await new MessageAttachments(Client, copy.Id).ReadNamesAsync(cancellationToken).ConfigureAwait(false)).Count;
}
