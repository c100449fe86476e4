using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>Writes contacts with their picture.</summary>
internal sealed class ContactCreator(GraphMailbox mailbox, MarkerIndex index)
{
    private const int LargestPhoto = 4_000_000;

    public async Task<WriteResult> WriteAsync(GraphTargetFolder folder, MapiItem item, ItemProvenance provenance, CancellationToken cancellationToken)
    {
        MessageDetail detail = MessageDetail.Full;
        while (true)
        {
            LossList losses = new();
            Contact contact = new ContactWriter(detail, losses).Write(item, provenance);
            byte[]? photo = Photo(item, losses);
            if (photo is not null)
            {
                contact.SingleValueExtendedProperties!.Add(new SingleValueLegacyExtendedProperty { Id = Provenance.AttachmentCountId, Value = "1" });
            }

            FoundItem? made;
            try
            {
                made = index.Incomplete(provenance.Marker)
                    ?? await CreateAsync(folder, contact, provenance, photo is null ? 0 : 1, cancellationToken).ConfigureAwait(false);
            }
            catch (GraphRequestException e) when (e.Status == 400 && detail == MessageDetail.Full)
            {
                detail = MessageDetail.Essential;
                continue;
            }

            if (made is null)
            {
                return new WriteResult(ItemFate.Unsure, null, losses.ToList(), "ItemUnsure", Strings.ItemUnsure);
            }

            if (photo is not null)
            {
                index.AddIncomplete(made);
                try
                {
                    await ContactPhoto.WriteAsync(mailbox, made.Id, photo, cancellationToken).ConfigureAwait(false);
                }
                catch (GraphRequestException e)
                {
                    await ItemRemoval.RemoveAsync(mailbox, made, cancellationToken).ConfigureAwait(false);
                    index.Forget(made.Marker);
                    return WriteResult.Failed("AttachmentFailed", MailboxException.Format(Strings.AttachmentFailed, "ContactPicture.jpg", e.Message));
                }
            }

            index.AddWhole(made.Marker);
            return WriteResult.Copied(new ItemKey(mailbox.StoreKey, made.Id), losses.ToList());
        }
    }

    private async Task<FoundItem?> CreateAsync(
        GraphTargetFolder folder, Contact contact, ItemProvenance provenance, int attachments, CancellationToken cancellationToken)
    {
        try
        {
            Contact? created = await GraphErrors.CallAsync(() => mailbox.User.ContactFolders[folder.Id!].Contacts.PostAsync(
                contact, cancellationToken: cancellationToken)).ConfigureAwait(false);
            if (created?.Id is { Length: > 0 } id)
            {
                return new FoundItem(provenance.Marker, id, GraphFolderKind.Contacts, attachments);
            }
        }
        catch (Exception e) when (e is AmbiguousResponseException or BadAnswerException)
        {
            // Falls through to the search: whether it was made is not known.
        }

        ItemSearch search = new(provenance.Marker, null, folder.Id);
        index.AddUnsure(provenance.Marker, search);
        return await search.FindAsync(mailbox, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The picture among the attachments; the others have no place.</summary>
    private static byte[]? Photo(MapiItem item, LossList losses)
    {
        byte[]? photo = null;
        foreach (MapiAttachment attachment in item.Attachments)
        {
            bool isPhoto = attachment.Properties.GetBoolean(PropertyTags.AttachmentContactPhoto) == true
                || string.Equals(attachment.Name, "ContactPicture.jpg", StringComparison.OrdinalIgnoreCase);
            if (isPhoto && photo is null && attachment.Content is { Length: > 0 and <= LargestPhoto } content)
            {
                photo = content.ToArray();
            }
            else
            {
                losses.Add(LossKind.Field, GraphText.Clean(attachment.Name) is { Length: > 0 } name ? name : "attachment");
            }
        }

        return photo;
    }
}
