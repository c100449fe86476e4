using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>Takes back what a transfer has brought into a mailbox, as long as nobody has touched it.</summary>
internal sealed class GraphUndo(GraphClient client, AttachmentSpool spool)
{
    /// <summary>Takes a copy back. It is put into the deleted items first and marked as taken back then: in between it counts as a copy people have deleted.</summary>
    public async Task<UndoOutcome> TakeBackAsync(GraphListedCopy listed, UndoOptions options, CancellationToken cancellationToken)
    {
        GraphCopy copy = listed.Copy;
        string? deletedItems = (await client.Folders.FindRoleAsync(FolderRole.DeletedItems, cancellationToken).ConfigureAwait(false))?.Id;
        ItemPlace? place = await ItemPlace.ReadAsync(client, copy, cancellationToken).ConfigureAwait(false);
        if (place is null)
        {
            return UndoOutcome.Gone;
        }

        if (place.FolderId == deletedItems && !place.IsAsPlaced)
        {
            await CopyNotes.WriteAsync(client, copy, Provenance.Undo(), cancellationToken).ConfigureAwait(false);
            return UndoOutcome.Gone;
        }

        if (!place.IsAsPlaced)
        {
            return UndoOutcome.Moved;
        }

        if (await WhyKeepAsync(copy, place, options, cancellationToken).ConfigureAwait(false) is UndoOutcome kept)
        {
            return kept;
        }

        if (options.IsPermanent)
        {
            await ItemRemoval.TakeBackAsync(client, copy, cancellationToken).ConfigureAwait(false);
            return UndoOutcome.Removed;
        }

        bool isRemoved = await ItemRemoval.RemoveAsync(client, copy, cancellationToken).ConfigureAwait(false);
        if (copy.Kind == GraphFolderKind.Mail)
        {
            await CopyNotes.WriteAsync(client, copy, Provenance.Undo(), cancellationToken).ConfigureAwait(false);
        }

        return isRemoved ? UndoOutcome.Removed : UndoOutcome.Gone;
    }

    /// <summary>Removes a folder with nothing in it, unless it has another name by now.</summary>
    public async Task<UndoOutcome> RemoveFolderAsync(string id, FolderPath path, CancellationToken cancellationToken)
    {
        try
        {
            return await RemoveMailFolderAsync(id, path.Name, cancellationToken).ConfigureAwait(false)
                ?? await RemoveContactFolderAsync(id, path.Name, cancellationToken).ConfigureAwait(false);
        }
        catch (GraphRequestException e) when (e.IsNotFound)
        {
            return UndoOutcome.Gone;
        }
    }

    /// <summary>Null where it is no mail folder.</summary>
    private async Task<UndoOutcome?> RemoveMailFolderAsync(string id, string name, CancellationToken cancellationToken)
    {
        MailFolder? folder;
        try
        {
            folder = await GraphErrors.CallAsync(() => client.User.MailFolders[id].GetAsync(
                c => c.QueryParameters.Select = ["id", "displayName", "parentFolderId", "totalItemCount", "childFolderCount"], cancellationToken)).ConfigureAwait(false);
        }
        catch (GraphRequestException e) when (e.IsNotFound || e.Status == 400)
        {
            return null;
        }

        string? deletedItems = (await client.Folders.FindRoleAsync(FolderRole.DeletedItems, cancellationToken).ConfigureAwait(false))?.Id;
        if (folder is null || folder.ParentFolderId == deletedItems)
        {
            return UndoOutcome.Gone;
        }

        if (!string.Equals(folder.DisplayName, name, StringComparison.OrdinalIgnoreCase))
        {
            return UndoOutcome.Changed;
        }

        if (folder.TotalItemCount > 0 || folder.ChildFolderCount > 0)
        {
            return UndoOutcome.NotEmpty;
        }

        // The service puts it into the deleted items.
        await GraphErrors.CallAsync(() => client.User.MailFolders[id].DeleteAsync(cancellationToken: cancellationToken)).ConfigureAwait(false);
        return UndoOutcome.Removed;
    }

    private async Task<UndoOutcome> RemoveContactFolderAsync(string id, string name, CancellationToken cancellationToken)
    {
        ContactFolder? folder = await GraphErrors.CallAsync(() => client.User.ContactFolders[id].GetAsync(
            c => c.QueryParameters.Select = ["id", "displayName"], cancellationToken)).ConfigureAwait(false);
        if (folder is null || !string.Equals(folder.DisplayName, name, StringComparison.OrdinalIgnoreCase))
        {
            return folder is null ? UndoOutcome.Gone : UndoOutcome.Changed;
        }

        ContactCollectionResponse? some = await GraphErrors.CallAsync(() => client.User.ContactFolders[id].Contacts.GetAsync(
            c => (c.QueryParameters.Select, c.QueryParameters.Top) = (["id"], 1), cancellationToken)).ConfigureAwait(false);
        ContactFolderCollectionResponse? below = await GraphErrors.CallAsync(() => client.User.ContactFolders[id].ChildFolders.GetAsync(
            c => (c.QueryParameters.Select, c.QueryParameters.Top) = (["id"], 1), cancellationToken)).ConfigureAwait(false);
        if (some?.Value?.Count > 0 || below?.Value?.Count > 0)
        {
            return UndoOutcome.NotEmpty;
        }

        await GraphErrors.CallAsync(() => client.User.ContactFolders[id].DeleteAsync(cancellationToken: cancellationToken)).ConfigureAwait(false);
        return UndoOutcome.Removed;
    }

    /// <summary>Why a copy stays; null where nobody has touched it.</summary>
    private async Task<UndoOutcome?> WhyKeepAsync(GraphCopy copy, ItemPlace place, UndoOptions options, CancellationToken cancellationToken)
    {
        MapiItem content = await new ItemFetcher(client, spool).FetchAsync(copy, cancellationToken).ConfigureAwait(false);
        if (place.State is not null && ItemState.Of(content).Value != place.State)
        {
            return ItemState.IsAnswered(content) ? UndoOutcome.Answered : UndoOutcome.Changed;
        }

        if (ItemDigester.Content(content, cancellationToken).Hex == place.Digest)
        {
            return null;
        }

        // A run that was killed may not have sent all attachments.
        bool isUnfinished = options.MayBeUnfinished && place.State is not null && copy.AttachmentCount > content.Attachments.Count;
        return isUnfinished ? null : UndoOutcome.Changed;
    }
}
