using Microsoft.Graph.Models;
using Microsoft.Graph.Users.Item.Messages.Item.Move;

namespace PstMigration.Mailboxes;

/// <summary>Where an item is, and whether that is where it was put.</summary>
/// <param name="FolderId">The folder it is in.</param>
/// <param name="PlacedIn">The folder it was put in; null where that is not remembered.</param>
/// <param name="Digest">The content it was written with, as the mailbox gave it back; null where that is not remembered.</param>
/// <param name="State">The state it was written with, likewise; null where that is not remembered.</param>
/// <param name="Key">The key it was copied from, as text; null where that is not remembered.</param>
internal sealed record ItemPlace(string FolderId, string? PlacedIn, string? Digest, string? State, string? Key)
{
    private const int Tries = 3;

    /// <summary>The fields to ask for.</summary>
    public static readonly string[] Fields = ["id", "parentFolderId"];

    /// <summary>The properties to ask for.</summary>
    public static readonly string[] Expand =
        [GraphPropertyId.Expand("singleValueExtendedProperties", Provenance.PlacedInId, Provenance.DigestId, Provenance.StateId, Provenance.KeyId)];

    /// <summary>Whether nobody has moved it since.</summary>
    public bool IsAsPlaced => FolderId == PlacedIn;

    /// <summary>Asks; null where the item is gone.</summary>
    public static async Task<ItemPlace?> ReadAsync(GraphClient client, GraphCopy copy, CancellationToken cancellationToken)
    {
        try
        {
            return await client.Items(copy.Kind).ReadPlaceAsync(copy, cancellationToken).ConfigureAwait(false);
        }
        catch (GraphRequestException e) when (e.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>Moves a message from this place. After a lost answer it is asked where it is before anything is sent again.</summary>
    /// <returns>False where it is gone.</returns>
    public async Task<bool> MoveAsync(GraphClient client, GraphCopy message, string to, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                MovePostRequestBody body = new() { DestinationId = to };
                await GraphErrors.CallAsync(() => client.User.Messages[message.Id].Move.PostAsync(body, cancellationToken: cancellationToken)).ConfigureAwait(false);
                return true;
            }
            catch (GraphRequestException e) when (e.IsNotFound)
            {
                return false;
            }
            catch (MailboxException e) when (e is AmbiguousResponseException or BadAnswerException && attempt < Tries)
            {
                ItemPlace? now = await ReadAsync(client, message, cancellationToken).ConfigureAwait(false);
                if (now?.FolderId != FolderId)
                {
                    return now is not null;
                }
            }
        }
    }

    /// <summary>The place an answer tells; null where it does not.</summary>
    public static ItemPlace? Create(string? folderId, List<SingleValueLegacyExtendedProperty>? properties) => folderId is null ? null : new ItemPlace(
        folderId,
        properties?.Find(p => GraphPropertyId.Same(p.Id, Provenance.PlacedInId))?.Value,
        properties?.Find(p => GraphPropertyId.Same(p.Id, Provenance.DigestId))?.Value,
        properties?.Find(p => GraphPropertyId.Same(p.Id, Provenance.StateId))?.Value,
        properties?.Find(p => GraphPropertyId.Same(p.Id, Provenance.KeyId))?.Value);
}
