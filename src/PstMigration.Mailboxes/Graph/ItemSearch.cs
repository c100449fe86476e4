using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// Looks for an item that was sent without an answer: by its Message-ID, then by its marker. What was just made may take a
/// while to show in searches, so it looks several times.
/// </summary>
/// <param name="marker">The item's marker.</param>
/// <param name="messageId">Its Message-ID; null where it has none.</param>
/// <param name="contactFolderId">The contact folder it was sent to; null for mail.</param>
internal sealed class ItemSearch(ItemMarker marker, string? messageId, string? contactFolderId)
{
    private const int MostCandidates = 50;
    private static readonly TimeSpan[] s_waits = [TimeSpan.Zero, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(20)];

    /// <summary>The item; null where it is not found.</summary>
    public async Task<FoundCopy?> FindAsync(GraphClient client, CancellationToken cancellationToken)
    {
        foreach (TimeSpan wait in s_waits)
        {
            await client.Clock.Delay(wait, cancellationToken).ConfigureAwait(false);
            foreach (string filter in Filters())
            {
                IEnumerable<FoundCopy?> candidates = contactFolderId is null
                    ? await FindMessagesAsync(client, filter, cancellationToken).ConfigureAwait(false)
                    : await FindContactsAsync(client, contactFolderId, filter, cancellationToken).ConfigureAwait(false);
                // One Message-ID may stand on several items; the marker is this one's alone.
                if (candidates.FirstOrDefault(c => c?.Marker == marker) is FoundCopy found)
                {
                    return found;
                }
            }
        }

        return null;
    }

    private IEnumerable<string> Filters()
    {
        if (messageId is not null && contactFolderId is null)
        {
            yield return "internetMessageId eq " + GraphPropertyId.Quote(messageId);
        }

        yield return "singleValueExtendedProperties/any(ep: ep/id eq " + GraphPropertyId.Quote(Provenance.MarkerId)
            + " and ep/value eq " + GraphPropertyId.Quote(marker.Value) + ")";
    }

    private static async Task<IEnumerable<FoundCopy?>> FindMessagesAsync(GraphClient client, string filter, CancellationToken cancellationToken)
    {
        MessageCollectionResponse? page = await GraphErrors.CallAsync(() => client.User.Messages.GetAsync(
            c =>
            {
                c.QueryParameters.Filter = filter;
                c.QueryParameters.Select = FoundCopy.Fields;
                c.QueryParameters.Expand = FoundCopy.Expand;
                c.QueryParameters.Top = MostCandidates;
            },
            cancellationToken)).ConfigureAwait(false);
        return (page?.Value ?? []).Select(FoundCopy.Read);
    }

    private static async Task<IEnumerable<FoundCopy?>> FindContactsAsync(GraphClient client, string folderId, string filter, CancellationToken cancellationToken)
    {
        ContactCollectionResponse? page = await GraphErrors.CallAsync(() => client.User.ContactFolders[folderId].Contacts.GetAsync(
            c =>
            {
                c.QueryParameters.Filter = filter;
                c.QueryParameters.Select = FoundCopy.Fields;
                c.QueryParameters.Expand = FoundCopy.Expand;
                c.QueryParameters.Top = MostCandidates;
            },
            cancellationToken)).ConfigureAwait(false);
        return (page?.Value ?? []).Select(FoundCopy.Read);
    }
}
