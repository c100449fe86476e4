using Microsoft.Graph.Models;

namespace PstMigration.Mailboxes;

/// <summary>How many items are in folders that do not tell it themselves.</summary>
internal static class FolderCounts
{
    /// <summary>Asks.</summary>
    /// <param name="client">The mailbox.</param>
    /// <param name="folder">A contact folder, calendar or task list.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The items; 0 where that cannot be asked.</returns>
    public static async Task<int> AskAsync(GraphClient client, GraphFolder folder, CancellationToken cancellationToken)
    {
        (long? count, int listed) = folder.Kind switch
        {
            GraphFolderKind.Contacts => await CountContactsAsync(client, folder.Id, cancellationToken).ConfigureAwait(false),
            GraphFolderKind.Calendar => await CountEventsAsync(client, folder.Id, cancellationToken).ConfigureAwait(false),
            // To Do does not count.
            _ => (0, 0),
        };
        return (int)Math.Min(int.MaxValue, count ?? listed);
    }

    private static async Task<(long? Count, int Listed)> CountEventsAsync(GraphClient client, string calendarId, CancellationToken cancellationToken)
    {
        EventCollectionResponse? page = await GraphErrors.CallAsync(() => client.User.Calendars[calendarId].Events.GetAsync(
            c => (c.QueryParameters.Top, c.QueryParameters.Select, c.QueryParameters.Count) = (1, ["id"], true), cancellationToken)).ConfigureAwait(false);
        return (page?.OdataCount, page?.Value?.Count ?? 0);
    }

    private static async Task<(long? Count, int Listed)> CountContactsAsync(GraphClient client, string folderId, CancellationToken cancellationToken)
    {
        ContactCollectionResponse? page = await GraphErrors.CallAsync(() => client.User.ContactFolders[folderId].Contacts.GetAsync(
            c => (c.QueryParameters.Top, c.QueryParameters.Select, c.QueryParameters.Count) = (1, ["id"], true), cancellationToken)).ConfigureAwait(false);
        return (page?.OdataCount, page?.Value?.Count ?? 0);
    }
}
