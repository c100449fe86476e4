using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>Takes back what this project has made, and lets go of mail that is kept elsewhere. Nothing else is ever deleted.</summary>
internal static class ItemRemoval
{
    private const int Tries = 3;

    // Where the service puts what people delete for good: they see it nowhere, and recover it for some weeks. Not the deleted items: what is moved there is followed by its copy.
    private const string Recoverable = "recoverableitemsdeletions";

    /// <summary>
    /// Removes an item this run has made and could not finish: permanently, nobody has seen it. Where the service does not offer that, to the deleted items.
    /// </summary>
    public static async Task TakeBackAsync(GraphClient client, GraphCopy copy, CancellationToken cancellationToken)
    {
        try
        {
            await client.Items(copy.Kind).RemovePermanentlyAsync(copy, cancellationToken).ConfigureAwait(false);
        }
        catch (GraphRequestException e) when (e.IsNotFound)
        {
            // A first try whose answer was lost has removed it.
        }
        catch (Exception e) when (e is GraphRequestException or AmbiguousResponseException)
        {
            await RemoveAsync(client, copy, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Puts a message among what can be recovered, if it still has the change key it was listed with. Between looking and moving nothing can be locked; what is changed just then can be recovered
    /// as it was changed. Other items the service moves nowhere, and tells others of a meeting that is deleted.
    /// </summary>
    public static async Task<SourceRemoval> RemoveListedAsync(GraphClient client, string folderId, string id, ItemVersion version, CancellationToken cancellationToken)
    {
        Message? now;
        try
        {
            now = await GraphErrors.CallAsync(() => client.User.Messages[id].GetAsync(
                c => c.QueryParameters.Select = ["id", "changeKey", "parentFolderId"], cancellationToken)).ConfigureAwait(false);
        }
        catch (GraphRequestException e) when (e.IsNotFound)
        {
            return SourceRemoval.Changed;
        }

        if (now?.ChangeKey != version.Value || now.ParentFolderId != folderId)
        {
            return SourceRemoval.Changed;
        }

        ItemPlace place = new(folderId, null, null, null, null);
        return await place.MoveAsync(client, new GraphCopy(id, GraphFolderKind.Mail, default, 0), Recoverable, cancellationToken).ConfigureAwait(false) ? SourceRemoval.Removed : SourceRemoval.Changed;
    }

    /// <summary>Puts an item into the deleted items, where people find it again.</summary>
    /// <returns>False where it is gone or already there.</returns>
    public static async Task<bool> RemoveAsync(GraphClient client, GraphCopy copy, CancellationToken cancellationToken)
    {
        string? deletedItems = (await client.Folders.FindRoleAsync(FolderRole.DeletedItems, cancellationToken).ConfigureAwait(false))?.Id;
        for (int attempt = 1; ; attempt++)
        {
            ItemPlace? place = await ItemPlace.ReadAsync(client, copy, cancellationToken).ConfigureAwait(false);
            if (place is null || deletedItems is null || place.FolderId == deletedItems)
            {
                // Where it is after a first try whose answer was lost.
                return attempt > 1;
            }

            if (copy.Kind == GraphFolderKind.Mail)
            {
                return await place.MoveAsync(client, copy, deletedItems, cancellationToken).ConfigureAwait(false);
            }

            try
            {
                // The service moves mail only; deleting other items puts them there. Deleted twice they would be gone permanently, so they are looked at before each try.
                await client.Items(copy.Kind).DeleteAsync(copy, cancellationToken).ConfigureAwait(false);
                return true;
            }
            catch (GraphRequestException e) when (e.IsNotFound)
            {
                return attempt > 1;
            }
            catch (AmbiguousResponseException) when (attempt < Tries)
            {
            }
        }
    }
}
