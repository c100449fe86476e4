using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>An item of the mailbox that one of our runs wrote.</summary>
/// <param name="Marker">Its marker.</param>
/// <param name="Id">The service's id.</param>
/// <param name="Kind">A message or a contact.</param>
/// <param name="AttachmentCount">How many attachments it must have; 0 where none follow the create. A contact's picture counts as one.</param>
internal sealed record FoundItem(ItemMarker Marker, string Id, GraphFolderKind Kind, int AttachmentCount)
{
    /// <summary>Reads it off the properties that come with an item; null where the item is none of ours.</summary>
    public static FoundItem? Read(string? id, GraphFolderKind kind, IEnumerable<SingleValueLegacyExtendedProperty>? properties)
    {
        string? marker = null;
        int count = 0;
        foreach (SingleValueLegacyExtendedProperty property in properties ?? [])
        {
            if (GraphPropertyId.Same(property.Id, Provenance.MarkerId))
            {
                marker = property.Value;
            }
            else if (GraphPropertyId.Same(property.Id, Provenance.AttachmentCountId))
            {
                _ = int.TryParse(property.Value, NumberStyles.None, CultureInfo.InvariantCulture, out count);
            }
        }

        return id is { Length: > 0 } && marker is { Length: > 0 } ? new FoundItem(new ItemMarker(marker), id, kind, count) : null;
    }

    /// <summary>How many it has.</summary>
    public async Task<int> CountAttachmentsAsync(GraphMailbox mailbox, CancellationToken cancellationToken)
    {
        if (Kind == GraphFolderKind.Contacts)
        {
            return await ContactPhoto.ReadAsync(mailbox, Id, cancellationToken).ConfigureAwait(false) is null ? 0 : 1;
        }

        return (await MessageAttachments.ReadNamesAsync(mailbox, Id, cancellationToken).ConfigureAwait(false)).Count;
    }
}
