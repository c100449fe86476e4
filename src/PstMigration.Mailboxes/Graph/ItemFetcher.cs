using Microsoft.Graph.Models;
using PstMigration.Mapi;
using Properties = (
    System.Collections.Generic.List<Microsoft.Graph.Models.SingleValueLegacyExtendedProperty>? Single,
    System.Collections.Generic.List<Microsoft.Graph.Models.MultiValueLegacyExtendedProperty>? Multiple);

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
        (message.SingleValueExtendedProperties, message.MultiValueExtendedProperties) = await AddCarriedAsync(
            ExtendedPropertyReader.MessageIds,
            (message.SingleValueExtendedProperties, message.MultiValueExtendedProperties),
            async some =>
            {
                Message? more = await client.User.Messages[id].GetAsync(
                    c => (c.QueryParameters.Select, c.QueryParameters.Expand) = (["id"], Expand(some)), cancellationToken).ConfigureAwait(false);
                return (more?.SingleValueExtendedProperties, more?.MultiValueExtendedProperties);
            }).ConfigureAwait(false);

        // An item whose attachments are all pictures within the body says it has none.
        bool mayHave = message.HasAttachments != false || message.Body?.Content?.IndexOf("cid:", StringComparison.OrdinalIgnoreCase) >= 0;
        List<MapiAttachment> attachments = mayHave ? await FetchAttachmentsAsync(new MessageAttachments(client, id), cancellationToken).ConfigureAwait(false) : [];
        return MessageReader.Read(message, attachments);
    }

    public async Task<MapiItem> FetchContactAsync(string id, CancellationToken cancellationToken)
    {
        Contact contact = await GraphErrors.CallAsync(() => client.User.Contacts[id].GetAsync(
            c => c.QueryParameters.Expand = Expand(ExtendedPropertyReader.ContactIds), cancellationToken)).ConfigureAwait(false) ?? throw Gone();
        (contact.SingleValueExtendedProperties, contact.MultiValueExtendedProperties) = await AddCarriedAsync(
            ExtendedPropertyReader.ContactIds,
            (contact.SingleValueExtendedProperties, contact.MultiValueExtendedProperties),
            async some =>
            {
                Contact? more = await client.User.Contacts[id].GetAsync(
                    c => (c.QueryParameters.Select, c.QueryParameters.Expand) = (["id"], Expand(some)), cancellationToken).ConfigureAwait(false);
                return (more?.SingleValueExtendedProperties, more?.MultiValueExtendedProperties);
            }).ConfigureAwait(false);

        byte[]? photo = await ContactPhoto.ReadAsync(client, id, cancellationToken).ConfigureAwait(false);
        return ContactReader.Read(contact, photo);
    }

    public async Task<MapiItem> FetchEventAsync(string id, CancellationToken cancellationToken)
    {
        Event item = await GraphErrors.CallAsync(() => client.User.Events[id].GetAsync(
            c => c.QueryParameters.Expand = Expand(ExtendedPropertyReader.EventIds), cancellationToken)).ConfigureAwait(false) ?? throw Gone();
        (item.SingleValueExtendedProperties, item.MultiValueExtendedProperties) = await AddCarriedAsync(
            ExtendedPropertyReader.EventIds,
            (item.SingleValueExtendedProperties, item.MultiValueExtendedProperties),
            async some =>
            {
                Event? more = await client.User.Events[id].GetAsync(
                    c => (c.QueryParameters.Select, c.QueryParameters.Expand) = (["id"], Expand(some)), cancellationToken).ConfigureAwait(false);
                return (more?.SingleValueExtendedProperties, more?.MultiValueExtendedProperties);
            }).ConfigureAwait(false);

        if (item.Recurrence is not null)
        {
            // Only what is asked for by name is given.
            Event? series = await ((EventItems)client.Items(GraphFolderKind.Calendar)).ReadSeriesAsync(id, cancellationToken).ConfigureAwait(false);
            item.CancelledOccurrences = series?.CancelledOccurrences;
            item.ExceptionOccurrences = series?.ExceptionOccurrences;
        }

        bool mayHave = item.HasAttachments != false || item.Body?.Content?.IndexOf("cid:", StringComparison.OrdinalIgnoreCase) >= 0;
        List<MapiAttachment> attachments = mayHave ? await FetchAttachmentsAsync(new EventAttachments(client, id), cancellationToken).ConfigureAwait(false) : [];
        return EventReader.Read(item, attachments);
    }

    public async Task<MapiItem> FetchTaskAsync(string listId, string id, CancellationToken cancellationToken)
    {
        TodoTask task = await GraphErrors.CallAsync(() => client.User.Todo.Lists[listId].Tasks[id].GetAsync(
            c => c.QueryParameters.Expand = [TaskExtension.Expand], cancellationToken)).ConfigureAwait(false) ?? throw Gone();
        List<MapiAttachment> attachments = task.HasAttachments != false ? await FetchAttachmentsAsync(new TaskAttachments(client, listId, id), cancellationToken).ConfigureAwait(false) : [];
        return TaskReader.Read(task, attachments);
    }

    /// <summary>A copy with all its content.</summary>
    public async Task<MapiItem> FetchAsync(GraphCopy copy, CancellationToken cancellationToken)
    {
        MapiItem item = await (copy.Kind switch
        {
            GraphFolderKind.Mail => FetchMessageAsync(copy.Id, cancellationToken),
            GraphFolderKind.Contacts => FetchContactAsync(copy.Id, cancellationToken),
            GraphFolderKind.Calendar => FetchEventAsync(copy.Id, cancellationToken),
            _ => FetchTaskAsync(copy.FolderId!, copy.Id, cancellationToken),
        }).ConfigureAwait(false);
        await item.FetchAsync(cancellationToken).ConfigureAwait(false);
        return item;
    }

    private async Task<List<MapiAttachment>> FetchAttachmentsAsync(ItemAttachments of, CancellationToken cancellationToken)
    {
        List<MapiAttachment> attachments = [];
        await foreach (Attachment attachment in of.ReadAsync(s_attachmentFields, cancellationToken).ConfigureAwait(false))
        {
            if (attachment.Id is not { Length: > 0 } id)
            {
                continue;
            }

            GraphAttachmentContent content = new(of, spool, id);
            MapiAttachment read = attachment switch
            {
                FileAttachment file => AttachmentReader.ReadFile(file, content),
                ReferenceAttachment => AttachmentReader.ReadReference(attachment),
                ItemAttachment => await FetchItemAsync(of, id, content, cancellationToken).ConfigureAwait(false)
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
    private static async Task<MapiAttachment?> FetchItemAsync(ItemAttachments of, string attachmentId, BinarySource mime, CancellationToken cancellationToken)
    {
        Attachment? attachment = await of.GetWithItemAsync(attachmentId, cancellationToken).ConfigureAwait(false);
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

    /// <summary>Adds the properties that were written with an item beyond what everybody asks for.</summary>
    /// <param name="asked">What was asked for.</param>
    /// <param name="got">What of it the item has.</param>
    /// <param name="ask">Asks for some more.</param>
    private static async Task<Properties> AddCarriedAsync(IReadOnlyList<string> asked, Properties got, Func<string[], Task<Properties>> ask)
    {
        IReadOnlyList<string> carried = ExtendedPropertyReader.Carried(got.Single, asked);
        for (int i = 0; i < carried.Count; i += IdsPerRequest)
        {
            string[] some = [.. carried.Skip(i).Take(IdsPerRequest)];
            Properties more = await GraphErrors.CallAsync(() => ask(some)).ConfigureAwait(false);
            got = ([.. got.Single ?? [], .. more.Single ?? []], [.. got.Multiple ?? [], .. more.Multiple ?? []]);
        }

        return got;
    }

    private static MailDataException Gone() => new(MailboxErrorIds.ItemGone, Strings.ItemGone);
}
