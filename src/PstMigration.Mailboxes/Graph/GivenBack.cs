using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// Reads a copy that was just written, where the mailbox may give back less than the source has, and makes the notes by which the copy is known as untouched later: its state and its
/// content as they are given back. Else what a copy lost on the way would look like somebody's change.
/// </summary>
internal sealed class GivenBack(GraphClient client, AttachmentSpool spool)
{
    /// <summary>The notes; none where what is given back is what the source has, or cannot be read: the item is written all the same.</summary>
    public async Task<List<SingleValueLegacyExtendedProperty>> NotesAsync(GraphCopy made, ItemProvenance provenance, CancellationToken cancellationToken)
    {
        try
        {
            MapiItem item = await new ItemFetcher(client, spool).FetchAsync(made, cancellationToken).ConfigureAwait(false);
            ItemState state = ItemState.Of(item);
            ItemDigest digest = ItemDigester.Content(item, cancellationToken);
            return state == provenance.State && digest.Hex == provenance.Digest?.Hex ? [] : Provenance.AsGivenBack(state, digest);
        }
        catch (Exception e) when (e is GraphRequestException || GraphErrors.IsOfOneItem(e))
        {
            return [];
        }
    }
}
