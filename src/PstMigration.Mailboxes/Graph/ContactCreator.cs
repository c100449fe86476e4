using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>Writes contacts with their picture.</summary>
internal sealed class ContactCreator(GraphClient client, GraphCopies copies)
{
    /// <summary>Makes the request. Any thread.</summary>
    public static ContactPlan Plan(MapiItem item, ItemProvenance provenance, IReadOnlyList<ItemLoss> folderLosses, MessageDetail detail)
    {
        ContactPlan plan = ContactPlan.Create(item, provenance, detail);
        return plan with { Losses = [.. plan.Losses, .. folderLosses] };
    }

    public async Task<WriteResult> WriteAsync(GraphPreparedItem prepared, CancellationToken cancellationToken)
    {
        ItemProvenance provenance = prepared.Provenance;
        ContactPlan plan = prepared.Contact!;
        GraphCopy? made = copies.Incomplete(Provenance.MarkerOf(provenance));
        for (MessageDetail detail = MessageDetail.Full; made is null;)
        {
            try
            {
                made = await CreateAsync(prepared, plan, cancellationToken).ConfigureAwait(false);
                if (made is null)
                {
                    return new WriteResult(ItemFate.Unsure, null, plan.Losses, MailboxErrorIds.ItemUnsure.Name, Strings.ItemUnsure);
                }
            }
            catch (GraphRequestException e) when (e.Status == 400 && detail == MessageDetail.Full)
            {
                detail = MessageDetail.Essential;
                plan = Plan(prepared.Item, provenance, prepared.FolderLosses, detail);
            }
        }

        if (plan.Photo is not null)
        {
            copies.Add(provenance, plan.Losses, made, isWhole: false);
            try
            {
                await ContactPhoto.WriteAsync(client, made.Id, plan.Photo, cancellationToken).ConfigureAwait(false);
            }
            catch (GraphRequestException e)
            {
                await ItemRemoval.TakeBackAsync(client, made, cancellationToken).ConfigureAwait(false);
                copies.Forget(Provenance.MarkerOf(provenance));
                return WriteResult.Failed(MailboxErrorIds.AttachmentFailed, MailboxException.Format(Strings.AttachmentFailed, "ContactPicture.jpg", e.Message));
            }
        }

        copies.Add(provenance, plan.Losses, made, isWhole: true);
        return WriteResult.Copied(new ItemKey(client.StoreKey, made.Id), plan.Losses);
    }

    /// <summary>Creates the contact; null where the answer was lost and the contact is not found.</summary>
    private async Task<GraphCopy?> CreateAsync(GraphPreparedItem prepared, ContactPlan plan, CancellationToken cancellationToken)
    {
        string folderId = prepared.Folder.Id!;
        Provenance.AddPlace(plan.Contact.SingleValueExtendedProperties!, folderId, prepared.Replaces, plan.Losses);
        try
        {
            Contact? created = await GraphErrors.CallAsync(() => client.User.ContactFolders[folderId].Contacts.PostAsync(
                plan.Contact, cancellationToken: cancellationToken)).ConfigureAwait(false);
            if (created?.Id is { Length: > 0 } id)
            {
                return new GraphCopy(id, GraphFolderKind.Contacts, created.CreatedDateTime ?? client.Clock.GetUtcNow(), plan.AttachmentCount);
            }
        }
        catch (Exception e) when (e is AmbiguousResponseException or BadAnswerException)
        {
            // Falls through to the search: whether it was made is not known.
        }

        ItemMarker marker = Provenance.MarkerOf(prepared.Provenance);
        ItemSearch search = new(GraphFolderKind.Contacts, folderId, marker, null);
        copies.AddUnsure(marker, search);
        return (await search.FindAsync(client, cancellationToken).ConfigureAwait(false))?.Copy;
    }
}
