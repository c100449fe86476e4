using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// What can be done with the items of one kind. The service has the same ideas for each, in other places and under other types; this is where they are told apart.
/// </summary>
internal abstract class GraphItems(GraphClient client)
{
    /// <summary>Items a list gives at once.</summary>
    protected internal const int PageSize = 500;

    /// <summary>Items a search looks at.</summary>
    protected const int MostCandidates = 50;

    /// <summary>The client.</summary>
    protected GraphClient Client { get; } = client;

    /// <summary>The items of a folder, to be opened on demand.</summary>
    /// <param name="folderId">The folder.</param>
    /// <param name="fetcher">Opens them.</param>
    /// <param name="cancellationToken">Stops.</param>
    public abstract IAsyncEnumerable<GraphSourceItem> ReadAsync(string folderId, ItemFetcher fetcher, CancellationToken cancellationToken);

    /// <summary>All of them in the mailbox, with what was copied here among them.</summary>
    public abstract IAsyncEnumerable<ListedItem> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>Those with a marker, or a Message-ID.</summary>
    /// <param name="folderId">The folder they were sent to.</param>
    /// <param name="marker">The marker.</param>
    /// <param name="messageId">The Message-ID; null where there is none.</param>
    /// <param name="cancellationToken">Stops.</param>
    public abstract Task<IReadOnlyList<FoundCopy>> SearchAsync(string folderId, ItemMarker marker, string? messageId, CancellationToken cancellationToken);

    /// <summary>Where one is, and what it was written from.</summary>
    /// <exception cref="GraphRequestException">It is gone.</exception>
    public abstract Task<ItemPlace?> ReadPlaceAsync(GraphCopy copy, CancellationToken cancellationToken);

    /// <summary>Changes properties of our own.</summary>
    public abstract Task WriteNotesAsync(GraphCopy copy, List<SingleValueLegacyExtendedProperty> notes, CancellationToken cancellationToken);

    /// <summary>Removes one for good, where the service offers that.</summary>
    /// <exception cref="GraphRequestException">It does not, or the item is gone.</exception>
    public abstract Task RemovePermanentlyAsync(GraphCopy copy, CancellationToken cancellationToken);

    /// <summary>Deletes one once, which puts it into the deleted items. Mail is moved instead.</summary>
    public abstract Task DeleteAsync(GraphCopy copy, CancellationToken cancellationToken);

    /// <summary>How much of what follows a create has arrived: attachments, a picture, occurrences.</summary>
    public abstract Task<int> CountPartsAsync(GraphCopy copy, CancellationToken cancellationToken);

    /// <summary>The filter for a marker.</summary>
    protected static string MarkerFilter(ItemMarker marker) => "singleValueExtendedProperties/any(ep: ep/id eq " + GraphPropertyId.Quote(Provenance.MarkerId)
        + " and ep/value eq " + GraphPropertyId.Quote(marker.Value) + ")";
}
