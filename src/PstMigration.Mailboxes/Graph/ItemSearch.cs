using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
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
    private static readonly string[] s_expand =
        [GraphPropertyId.Expand("singleValueExtendedProperties", Provenance.MarkerId, Provenance.AttachmentCountId)];

    /// <summary>The item; null where it is not found.</summary>
    public async Task<FoundItem?> FindAsync(GraphMailbox mailbox, CancellationToken cancellationToken)
    {
        foreach (TimeSpan wait in s_waits)
        {
            await mailbox.Clock.Delay(wait, cancellationToken).ConfigureAwait(false);
            foreach (string filter in Filters())
            {
                IEnumerable<FoundItem?> candidates = contactFolderId is null
                    ? await FindMessagesAsync(mailbox, filter, cancellationToken).ConfigureAwait(false)
                    : await FindContactsAsync(mailbox, contactFolderId, filter, cancellationToken).ConfigureAwait(false);
                // One Message-ID may stand on several items; the marker is this one's alone.
                if (candidates.FirstOrDefault(c => c?.Marker == marker) is FoundItem found)
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

    private static async Task<IEnumerable<FoundItem?>> FindMessagesAsync(GraphMailbox mailbox, string filter, CancellationToken cancellationToken)
    {
        MessageCollectionResponse? page = await GraphErrors.CallAsync(() => mailbox.User.Messages.GetAsync(
            c =>
            {
                c.QueryParameters.Filter = filter;
                c.QueryParameters.Select = ["id"];
                c.QueryParameters.Expand = s_expand;
                c.QueryParameters.Top = MostCandidates;
            },
            cancellationToken)).ConfigureAwait(false);
        return (page?.Value ?? []).Select(m => FoundItem.Read(m.Id, GraphFolderKind.Mail, m.SingleValueExtendedProperties));
    }

    private static async Task<IEnumerable<FoundItem?>> FindContactsAsync(GraphMailbox mailbox, string folderId, string filter, CancellationToken cancellationToken)
    {
        ContactCollectionResponse? page = await GraphErrors.CallAsync(() => mailbox.User.ContactFolders[folderId].Contacts.GetAsync(
            c =>
            {
                c.QueryParameters.Filter = filter;
                c.QueryParameters.Select = ["id"];
                c.QueryParameters.Expand = s_expand;
                c.QueryParameters.Top = MostCandidates;
            },
            cancellationToken)).ConfigureAwait(false);
        return (page?.Value ?? []).Select(m => FoundItem.Read(m.Id, GraphFolderKind.Contacts, m.SingleValueExtendedProperties));
    }
}
