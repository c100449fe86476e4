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

        if (options.IsSourceGone && (options.IsPermanent || copy.Kind != GraphFolderKind.Mail))
        {
            return UndoOutcome.Kept;
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

    /// <summary>Removes a folder with nothing in it, unless it has another name by now. Which kind it is of, the service tells: the ids of one kind are unknown to the others.</summary>
    public async Task<UndoOutcome> RemoveFolderAsync(string id, FolderPath path, CancellationToken cancellationToken)
    {
        Func<string, string, CancellationToken, Task<MadeFolder>>[] kinds = [FindMailFolderAsync, FindContactFolderAsync, FindCalendarAsync, FindTaskListAsync];
        foreach (Func<string, string, CancellationToken, Task<MadeFolder>> find in kinds)
        {
            MadeFolder folder;
            try
            {
                folder = await find(id, path.Name, cancellationToken).ConfigureAwait(false);
            }
            catch (GraphRequestException e) when (e.IsNotFound || e.Status == 400)
            {
                // None of this kind, or gone.
                continue;
            }

            return folder.WhyKeep ?? await RemoveAsync(folder).ConfigureAwait(false);
        }

        return UndoOutcome.Gone;
    }

    private static async Task<UndoOutcome> RemoveAsync(MadeFolder folder)
    {
        try
        {
            await GraphErrors.CallAsync(folder.Delete).ConfigureAwait(false);
            return UndoOutcome.Removed;
        }
        catch (GraphRequestException e) when (e.IsNotFound)
        {
            return UndoOutcome.Gone;
        }
    }

    private async Task<MadeFolder> FindMailFolderAsync(string id, string name, CancellationToken cancellationToken)
    {
        MailFolder? folder = await GraphErrors.CallAsync(() => client.User.MailFolders[id].GetAsync(
            c => c.QueryParameters.Select = ["id", "displayName", "parentFolderId", "totalItemCount", "childFolderCount"], cancellationToken)).ConfigureAwait(false);
        string? deletedItems = (await client.Folders.FindRoleAsync(FolderRole.DeletedItems, cancellationToken).ConfigureAwait(false))?.Id;
        UndoOutcome? why = folder?.ParentFolderId == deletedItems ? UndoOutcome.Gone : WhyKeep(folder?.DisplayName, name, folder?.TotalItemCount > 0 || folder?.ChildFolderCount > 0);

        // The service puts it into the deleted items.
        return new MadeFolder(why, () => client.User.MailFolders[id].DeleteAsync(cancellationToken: cancellationToken));
    }

    private async Task<MadeFolder> FindContactFolderAsync(string id, string name, CancellationToken cancellationToken)
    {
        var folder = client.User.ContactFolders[id];
        ContactFolder? found = await GraphErrors.CallAsync(() => folder.GetAsync(c => c.QueryParameters.Select = ["id", "displayName"], cancellationToken)).ConfigureAwait(false);
        ContactCollectionResponse? some = await GraphErrors.CallAsync(() => folder.Contacts.GetAsync(
            c => (c.QueryParameters.Select, c.QueryParameters.Top) = (["id"], 1), cancellationToken)).ConfigureAwait(false);
        ContactFolderCollectionResponse? below = await GraphErrors.CallAsync(() => folder.ChildFolders.GetAsync(
            c => (c.QueryParameters.Select, c.QueryParameters.Top) = (["id"], 1), cancellationToken)).ConfigureAwait(false);
        return new MadeFolder(WhyKeep(found?.DisplayName, name, some?.Value?.Count > 0 || below?.Value?.Count > 0), () => folder.DeleteAsync(cancellationToken: cancellationToken));
    }

    private async Task<MadeFolder> FindCalendarAsync(string id, string name, CancellationToken cancellationToken)
    {
        var calendar = client.User.Calendars[id];
        Calendar? found = await GraphErrors.CallAsync(() => calendar.GetAsync(c => c.QueryParameters.Select = ["id", "name"], cancellationToken)).ConfigureAwait(false);
        EventCollectionResponse? some = await GraphErrors.CallAsync(() => calendar.Events.GetAsync(
            c => (c.QueryParameters.Select, c.QueryParameters.Top) = (["id"], 1), cancellationToken)).ConfigureAwait(false);
        return new MadeFolder(WhyKeep(found?.Name, name, some?.Value?.Count > 0), () => calendar.DeleteAsync(cancellationToken: cancellationToken));
    }

    private async Task<MadeFolder> FindTaskListAsync(string id, string name, CancellationToken cancellationToken)
    {
        var list = client.User.Todo.Lists[id];
        TodoTaskList? found = await GraphErrors.CallAsync(() => list.GetAsync(cancellationToken: cancellationToken)).ConfigureAwait(false);
        TodoTaskCollectionResponse? some = await GraphErrors.CallAsync(() => list.Tasks.GetAsync(c => c.QueryParameters.Top = 1, cancellationToken)).ConfigureAwait(false);
        return new MadeFolder(WhyKeep(found?.DisplayName, name, some?.Value?.Count > 0), () => list.DeleteAsync(cancellationToken: cancellationToken));
    }

    /// <summary>Why a folder stays; null where it is as it was made.</summary>
    private static UndoOutcome? WhyKeep(string? name, string madeAs, bool hasContent) => !string.Equals(name, madeAs, StringComparison.OrdinalIgnoreCase) ? UndoOutcome.Changed
        : hasContent ? UndoOutcome.NotEmpty
        : null;

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

    /// <summary>A folder as it is now.</summary>
    /// <param name="WhyKeep">Why it stays; null where it is as it was made.</param>
    /// <param name="Delete">Deletes it.</param>
    private sealed record MadeFolder(UndoOutcome? WhyKeep, Func<Task> Delete);
}
