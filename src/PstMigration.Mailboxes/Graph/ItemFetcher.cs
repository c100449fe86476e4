using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>Fetches whole items: the message or contact, the properties we know to ask for, the attachments.</summary>
internal sealed class ItemFetcher(GraphClient client, AttachmentSpool spool)
{
    // A request's address must stay short: ids go into it.
    private const int IdsPerRequest = 16;
    private static readonly string[] s_attachmentFields =
        ["id", "name", "contentType", "size", "isInline", "lastModifiedDateTime", "microsoft.graph.fileAttachment/contentId", "microsoft.graph.fileAttachment/contentLocation"];

    public async Task<MapiItem> FetchMessageAsync(string id, CancellationToken cancellationToken)
    {
        Message message = await GraphErrors.CallAsync(() => client.User.Messages[id].GetAsync(
            c => c.QueryParameters.Expand = Expand(ExtendedPropertyReader.MessageIds), cancellationToken)).ConfigureAwait(false) ?? throw Gone();
        IReadOnlyList<string> carried = ExtendedPropertyReader.Carried(message.SingleValueExtendedProperties, ExtendedPropertyReader.MessageIds);
        for (int i = 0; i < carried.Count; i += IdsPerRequest)
        {
            string[] some = [.. carried.Skip(i).Take(IdsPerRequest)];
            Message? more = await GraphErrors.CallAsync(() => client.User.Messages[id].GetAsync(
                c =>
                {
                    c.QueryParameters.Select = ["id"];
                    c.QueryParameters.Expand = Expand(some);
                },
                cancellationToken)).ConfigureAwait(false);
            message.SingleValueExtendedProperties = Join(message.SingleValueExtendedProperties, more?.SingleValueExtendedProperties);
            message.MultiValueExtendedProperties = Join(message.MultiValueExtendedProperties, more?.MultiValueExtendedProperties);
        }

        // An item whose attachments are all pictures within the body says it has none.
        bool mayHave = message.HasAttachments != false || message.Body?.Content?.IndexOf("cid:", StringComparison.OrdinalIgnoreCase) >= 0;
        List<MapiAttachment> attachments = mayHave ? await FetchAttachmentsAsync(id, cancellationToken).ConfigureAwait(false) : [];
        return MessageReader.Read(message, attachments);
    }

    public async Task<MapiItem> FetchContactAsync(string id, CancellationToken cancellationToken)
    {
        Contact contact = await GraphErrors.CallAsync(() => client.User.Contacts[id].GetAsync(
            c => c.QueryParameters.Expand = Expand(ExtendedPropertyReader.ContactIds), cancellationToken)).ConfigureAwait(false) ?? throw Gone();
        IReadOnlyList<string> carried = ExtendedPropertyReader.Carried(contact.SingleValueExtendedProperties, ExtendedPropertyReader.ContactIds);
        for (int i = 0; i < carried.Count; i += IdsPerRequest)
        {
            string[] some = [.. carried.Skip(i).Take(IdsPerRequest)];
            Contact? more = await GraphErrors.CallAsync(() => client.User.Contacts[id].GetAsync(
                c =>
                {
                    c.QueryParameters.Select = ["id"];
                    c.QueryParameters.Expand = Expand(some);
                },
                cancellationToken)).ConfigureAwait(false);
            contact.SingleValueExtendedProperties = Join(contact.SingleValueExtendedProperties, more?.SingleValueExtendedProperties);
            contact.MultiValueExtendedProperties = Join(contact.MultiValueExtendedProperties, more?.MultiValueExtendedProperties);
        }

        byte[]? photo = await ContactPhoto.ReadAsync(client, id, cancellationToken).ConfigureAwait(false);
        return ContactReader.Read(contact, photo);
    }

    /// <summary>A copy with all its content.</summary>
    public async Task<MapiItem> FetchAsync(GraphCopy copy, CancellationToken cancellationToken)
    {
        MapiItem item = copy.Kind == GraphFolderKind.Mail
            ? await FetchMessageAsync(copy.Id, cancellationToken).ConfigureAwait(false)
            : await FetchContactAsync(copy.Id, cancellationToken).ConfigureAwait(false);
        await item.FetchAsync(cancellationToken).ConfigureAwait(false);
        return item;
    }

    private async Task<List<MapiAttachment>> FetchAttachmentsAsync(string messageId, CancellationToken cancellationToken)
    {
        List<MapiAttachment> attachments = [];
        await foreach (Attachment attachment in MessageAttachments.ReadAsync(client, messageId, s_attachmentFields, cancellationToken).ConfigureAwait(false))
        {
            if (attachment.Id is not { Length: > 0 } id)
            {
                continue;
            }

            GraphAttachmentContent content = new(client, spool, messageId, id);
            MapiAttachment read = attachment switch
            {
                FileAttachment file => AttachmentReader.ReadFile(file, content),
                ReferenceAttachment => AttachmentReader.ReadReference(attachment),
                ItemAttachment => await FetchItemAsync(messageId, id, content, cancellationToken).ConfigureAwait(false)
                    ?? AttachmentReader.ReadOther(attachment, content, ".eml"),
                _ => AttachmentReader.ReadOther(attachment, content, ""),
            };
            read.Properties.Set(PropertyTags.AttachNumber, attachments.Count);
            if (attachment.Size is int size)
            {
                read.Properties.Set(PropertyTags.AttachSize, size);
            }

            attachments.Add(read);
        }

        return attachments;
    }

    /// <summary>An embedded item; null for one of a kind the service does not give as an item.</summary>
    private async Task<MapiAttachment?> FetchItemAsync(string messageId, string attachmentId, BinarySource mime, CancellationToken cancellationToken)
    {
        Attachment? attachment = await GraphErrors.CallAsync(() => client.User.Messages[messageId].Attachments[attachmentId].GetAsync(
            c => c.QueryParameters.Expand = ["microsoft.graph.itemattachment/item"], cancellationToken)).ConfigureAwait(false);
        if (attachment is not ItemAttachment item)
        {
            return null;
        }

        if (AttachmentReader.NeedsMime(item))
        {
            // Whoever opens the embedded item cannot wait for a network.
            await mime.FetchAsync(cancellationToken).ConfigureAwait(false);
        }

        return AttachmentReader.ReadItem(item, mime);
    }

    private static string[] Expand(IReadOnlyList<string> ids)
    {
        string[] single = [.. ids.Where(i => !ExtendedPropertyReader.IsMultiple(i))];
        string[] multiple = [.. ids.Where(ExtendedPropertyReader.IsMultiple)];
        List<string> expand = [];
        if (single.Length > 0)
        {
            expand.Add(GraphPropertyId.Expand("singleValueExtendedProperties", single));
        }

        if (multiple.Length > 0)
        {
            expand.Add(GraphPropertyId.Expand("multiValueExtendedProperties", multiple));
        }

        return [.. expand];
    }

    private static List<T> Join<T>(List<T>? a, List<T>? b) => [.. a ?? [], .. b ?? []];

    private static MailDataException Gone() => new(MailboxErrorIds.ItemGone, Strings.ItemGone);
}
