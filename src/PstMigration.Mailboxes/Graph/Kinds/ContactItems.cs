using System.Runtime.CompilerServices;
using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>Contacts.</summary>
internal sealed class ContactItems(GraphClient client) : GraphItems(client)
{
    /// <inheritdoc/>
    public override async IAsyncEnumerable<GraphSourceItem> ReadAsync(string folderId, ItemFetcher fetcher, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (Contact contact in ListAsync(folderId, GraphSourceItem.ContactFields, null, cancellationToken).ConfigureAwait(false))
        {
            if (Item(contact, fetcher) is GraphSourceItem item)
            {
                yield return item;
            }
        }
    }

    /// <summary>A listed contact; null for what has no id.</summary>
    public GraphSourceItem? Item(Contact contact, ItemFetcher fetcher) => contact.Id is { Length: > 0 } id
        ? new GraphSourceItem(new ItemKey(Client.StoreKey, id), GraphSourceItem.Describe(contact), contact.ChangeKey, c => fetcher.FetchContactAsync(id, c))
        : null;

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ListedItem> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (GraphFolder folder in await Client.Folders.ListContactFoldersAsync(cancellationToken).ConfigureAwait(false))
        {
            await foreach (Contact contact in ListAsync(folder.Id, ListedItem.ContactFields, FoundCopy.Expand, cancellationToken).ConfigureAwait(false))
            {
                if (ListedItem.Read(contact) is ListedItem item)
                {
                    yield return item;
                }
            }
        }
    }

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<FoundCopy>> SearchAsync(string folderId, ItemMarker marker, string? messageId, CancellationToken cancellationToken)
    {
        ContactCollectionResponse? page = await GraphErrors.CallAsync(() => Client.User.ContactFolders[folderId].Contacts.GetAsync(
            c =>
            {
                c.QueryParameters.Filter = MarkerFilter(marker);
                (c.QueryParameters.Select, c.QueryParameters.Expand, c.QueryParameters.Top) = (FoundCopy.Fields, FoundCopy.Expand, MostCandidates);
            },
            cancellationToken)).ConfigureAwait(false);
        return [.. (page?.Value ?? []).Select(FoundCopy.Read).OfType<FoundCopy>().Where(c => c.Marker == marker)];
    }

    /// <inheritdoc/>
    public override async Task<ItemPlace?> ReadPlaceAsync(GraphCopy copy, CancellationToken cancellationToken)
    {
        Contact? contact = await GraphErrors.CallAsync(() => Client.User.Contacts[copy.Id].GetAsync(
            c => (c.QueryParameters.Select, c.QueryParameters.Expand) = (ItemPlace.Fields, ItemPlace.Expand), cancellationToken)).ConfigureAwait(false);
        return ItemPlace.Create(contact?.ParentFolderId, contact?.SingleValueExtendedProperties);
    }

    /// <inheritdoc/>
    public override Task WriteNotesAsync(GraphCopy copy, List<SingleValueLegacyExtendedProperty> notes, CancellationToken cancellationToken) => GraphErrors.CallAsync(
        () => Client.User.Contacts[copy.Id].PatchAsync(new Contact { SingleValueExtendedProperties = notes }, cancellationToken: cancellationToken));

    /// <inheritdoc/>
    public override Task RemovePermanentlyAsync(GraphCopy copy, CancellationToken cancellationToken) =>
        GraphErrors.CallAsync(() => Client.User.Contacts[copy.Id].PermanentDelete.PostAsync(cancellationToken: cancellationToken));

    /// <inheritdoc/>
    public override Task DeleteAsync(GraphCopy copy, CancellationToken cancellationToken) =>
        GraphErrors.CallAsync(() => Client.User.Contacts[copy.Id].DeleteAsync(cancellationToken: cancellationToken));

    /// <summary>The picture is what follows.</summary>
    public override async Task<int> CountPartsAsync(GraphCopy copy, CancellationToken cancellationToken) =>
        await ContactPhoto.ReadAsync(Client, copy.Id, cancellationToken).ConfigureAwait(false) is null ? 0 : 1;

    private IAsyncEnumerable<Contact> ListAsync(string folderId, string[] fields, string[]? expand, CancellationToken cancellationToken)
    {
        var contacts = Client.User.ContactFolders[folderId].Contacts;
        return Paging.ReadAsync<ContactCollectionResponse, Contact>(
            () => contacts.GetAsync(
                c => (c.QueryParameters.Select, c.QueryParameters.Expand, c.QueryParameters.Top) = (fields, expand, PageSize), cancellationToken),
            link => contacts.WithUrl(link).GetAsync(cancellationToken: cancellationToken),
            page => page.Value,
            cancellationToken);
    }
}
