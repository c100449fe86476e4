using System.Runtime.CompilerServices;
using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>Calendar items: single ones and series. Occurrences are part of their series.</summary>
internal sealed class EventItems(GraphClient client) : GraphItems(client)
{
    private static readonly string[] s_copyFields = ["id", "type", "createdDateTime"];

    /// <summary>Asks for the occurrences that differ from their series.</summary>
    public static readonly string[] SeriesFields = ["id", "cancelledOccurrences"];

    /// <inheritdoc/>
    public override async IAsyncEnumerable<GraphSourceItem> ReadAsync(string folderId, ItemFetcher fetcher, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (Event item in ListAsync(folderId, GraphSourceItem.EventFields, null, cancellationToken).ConfigureAwait(false))
        {
            if (item.Id is { Length: > 0 } id && !IsPart(item))
            {
                yield return new GraphSourceItem(new ItemKey(Client.StoreKey, id), GraphSourceItem.Describe(item), item.ChangeKey, c => fetcher.FetchEventAsync(id, c));
            }
        }
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ListedItem> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (GraphFolder calendar in await Client.Folders.ListCalendarsAsync(cancellationToken).ConfigureAwait(false))
        {
            await foreach (Event item in ListAsync(calendar.Id, ListedItem.EventFields, FoundCopy.Expand, cancellationToken).ConfigureAwait(false))
            {
                if (!IsPart(item) && ListedItem.Read(item, calendar.Id) is ListedItem listed)
                {
                    yield return listed;
                }
            }
        }
    }

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<FoundCopy>> SearchAsync(string folderId, ItemMarker marker, string? messageId, CancellationToken cancellationToken)
    {
        EventCollectionResponse? page = await GraphErrors.CallAsync(() => Client.User.Calendars[folderId].Events.GetAsync(
            c =>
            {
                c.QueryParameters.Filter = MarkerFilter(marker);
                (c.QueryParameters.Select, c.QueryParameters.Expand, c.QueryParameters.Top) = (s_copyFields, FoundCopy.Expand, MostCandidates);
            },
            cancellationToken)).ConfigureAwait(false);
        return [.. (page?.Value ?? []).Where(e => !IsPart(e)).Select(e => FoundCopy.Read(e, folderId)).OfType<FoundCopy>().Where(c => c.Marker == marker)];
    }

    /// <inheritdoc/>
    public override async Task<ItemPlace?> ReadPlaceAsync(GraphCopy copy, CancellationToken cancellationToken)
    {
        Event? item = await GraphErrors.CallAsync(() => Client.User.Events[copy.Id].GetAsync(
            c => (c.QueryParameters.Select, c.QueryParameters.Expand) = (["id"], ItemPlace.Expand), cancellationToken)).ConfigureAwait(false);
        Calendar? calendar = item is null ? null : await GraphErrors.CallAsync(() => Client.User.Events[copy.Id].Calendar.GetAsync(
            c => c.QueryParameters.Select = ["id"], cancellationToken)).ConfigureAwait(false);
        return ItemPlace.Create(calendar?.Id, item?.SingleValueExtendedProperties);
    }

    /// <inheritdoc/>
    public override Task WriteNotesAsync(GraphCopy copy, List<SingleValueLegacyExtendedProperty> notes, CancellationToken cancellationToken) => GraphErrors.CallAsync(
        () => Client.User.Events[copy.Id].PatchAsync(new Event { SingleValueExtendedProperties = notes }, cancellationToken: cancellationToken));

    /// <inheritdoc/>
    public override Task RemovePermanentlyAsync(GraphCopy copy, CancellationToken cancellationToken) =>
        GraphErrors.CallAsync(() => Client.User.Events[copy.Id].PermanentDelete.PostAsync(cancellationToken: cancellationToken));

    /// <summary>Without attendees nobody is told.</summary>
    public override Task DeleteAsync(GraphCopy copy, CancellationToken cancellationToken) =>
        GraphErrors.CallAsync(() => Client.User.Events[copy.Id].DeleteAsync(cancellationToken: cancellationToken));

    /// <inheritdoc/>
    public override async Task<int> CountPartsAsync(GraphCopy copy, CancellationToken cancellationToken)
    {
        Event? series = await ReadSeriesAsync(copy.Id, cancellationToken).ConfigureAwait(false);
        int attachments = (await new EventAttachments(Client, copy.Id).ReadNamesAsync(cancellationToken).ConfigureAwait(false)).Count;
        return attachments + (series?.CancelledOccurrences?.Count ?? 0) + (series?.ExceptionOccurrences?.Count ?? 0);
    }

    /// <summary>A series with the occurrences that differ from it.</summary>
    public Task<Event?> ReadSeriesAsync(string id, CancellationToken cancellationToken) => GraphErrors.CallAsync(() => Client.User.Events[id].GetAsync(
        c => (c.QueryParameters.Select, c.QueryParameters.Expand) = (SeriesFields, ["exceptionOccurrences"]), cancellationToken));

    /// <summary>An occurrence may have the marks of its series, but is no copy of its own.</summary>
    private static bool IsPart(Event item) => item.Type is EventType.Occurrence or EventType.Exception;

    private IAsyncEnumerable<Event> ListAsync(string calendarId, string[] fields, string[]? expand, CancellationToken cancellationToken)
    {
        var events = Client.User.Calendars[calendarId].Events;
        return Paging.ReadAsync<EventCollectionResponse, Event>(
            () => events.GetAsync(c => (c.QueryParameters.Select, c.QueryParameters.Expand, c.QueryParameters.Top) = (fields, expand, PageSize), cancellationToken),
            link => events.WithUrl(link).GetAsync(cancellationToken: cancellationToken),
            page => page.Value,
            cancellationToken);
    }
}
