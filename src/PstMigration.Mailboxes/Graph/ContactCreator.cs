using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>Writes contacts, and their picture after them.</summary>
internal sealed class ContactCreator(GraphClient client, GraphCopies copies, GivenBack givenBack) : ItemCreator<ContactPlan, Contact>(GraphFolderKind.Contacts, client, copies, givenBack)
{
    /// <inheritdoc/>
    protected override ItemPlan Plan(MapiItem item, ItemProvenance provenance, MessageDetail detail) => ContactPlan.Create(item, provenance, detail);

    /// <inheritdoc/>
    protected override Task<Contact?> PostAsync(string folderId, ContactPlan plan, CancellationToken cancellationToken) =>
        Client.User.ContactFolders[folderId].Contacts.PostAsync(plan.Contact, cancellationToken: cancellationToken);

    /// <inheritdoc/>
    protected override MapiItem Read(ContactPlan plan, Contact? answer)
    {
        Contact contact = answer ?? new Contact();
        (contact.SingleValueExtendedProperties, contact.MultiValueExtendedProperties) = (plan.Extended, plan.Contact.MultiValueExtendedProperties);
        return ContactReader.Read(contact, null);
    }

    /// <inheritdoc/>
    protected override async Task<WriteResult?> AddPartsAsync(GraphCopy made, ContactPlan plan, bool isBegun, List<ItemLoss> late, CancellationToken cancellationToken)
    {
        if (plan.Photo is null)
        {
            return null;
        }

        try
        {
            await ContactPhoto.WriteAsync(Client, made.Id, plan.Photo, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (GraphErrors.IsOfOneItem(e))
        {
            return Refused("ContactPicture.jpg", e);
        }
    }
}
