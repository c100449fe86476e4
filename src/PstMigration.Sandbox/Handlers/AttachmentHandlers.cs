using System.Net;

namespace PstMigration.Sandbox;

/// <summary>Attachments of messages.</summary>
internal static class AttachmentHandlers
{
    public static GraphAnswer List(GraphCall call)
    {
        call.Query.Allow("$select", "$expand", "$top", "$skip", "$count");
        AttachmentJson.Check(call.Query.Select);
        MailItem item = Item(call);
        List<AttachmentRow> rows = call.Store.Attachments.List(item.Number);
        int size = ItemLists.PageSize(call, byDefault: int.MaxValue);
        List<AttachmentRow> page = rows.Skip((int)call.Query.Skip).Take(size).ToList();
        bool withItem = WithItem(call);
        return call.Collection(
            Context(call),
            page,
            (body, row) => AttachmentJson.Write(call, body, item, row, call.Query.Select, withItem),
            body => ItemLists.WriteLinks(call, body, call.Query.Count ? rows.Count : null, more: rows.Count - call.Query.Skip > size));
    }

    public static GraphAnswer Count(GraphCall call) =>
        ItemLists.Number(call.Store.Attachments.List(Item(call).Number).Count);

    public static GraphAnswer Get(GraphCall call)
    {
        MailItem item = Item(call);
        return One(call, HttpStatusCode.OK, item, call.Attachment("attachment", item));
    }

    /// <summary>The bytes of a file, or the MIME of an item.</summary>
    public static GraphAnswer GetValue(GraphCall call)
    {
        MailItem item = Item(call);
        AttachmentRow row = call.Attachment("attachment", item);
        if (row.Embedded is long embedded)
        {
            return MimeMessages.Export(call, call.Store.Items.Find(embedded) ?? throw GraphException.ItemNotFound());
        }

        long content = row.Content ?? throw GraphException.ItemNotFound();
        return new GraphAnswer(HttpStatusCode.OK, new AnswerBody("application/octet-stream", call.Store.Contents.Opener(content)));
    }

    public static GraphAnswer Create(GraphCall call)
    {
        MailItem item = ItemToChange(call);
        AttachmentRow row = AttachmentJson.Add(call, call.Body, item);
        call.Store.Items.Update(item);
        return One(call, HttpStatusCode.Created, item, row);
    }

    public static GraphAnswer Delete(GraphCall call)
    {
        MailItem item = ItemToChange(call);
        AttachmentRow row = call.Attachment("attachment", item);
        call.Store.Attachments.Delete(row);
        item.AttachmentCount -= row.IsInline ? 0 : 1;
        call.Store.Items.Update(item);
        return GraphAnswer.NoContent;
    }

    /// <summary>The item a URL names.</summary>
    public static MailItem Item(GraphCall call) => call.Has("event") ? EventHandlers.Row(call).Item : MessageHandlers.Item(call);

    /// <summary>The item a URL names, if its attachments may be changed.</summary>
    public static MailItem ItemToChange(GraphCall call)
    {
        MailItem item = Item(call);
        return call.Has("event") || item.IsDraft || call.Behaviour.AllowsAttachmentsOnSentItems
            ? item
            : throw GraphException.Denied("Access is denied. Attachments of a message that is not a draft cannot be changed.");
    }

    private static string Context(GraphCall call) => (call.Has("event") ? "events" : "messages") + "/attachments";

    private static GraphAnswer One(GraphCall call, HttpStatusCode status, MailItem item, AttachmentRow row)
    {
        call.Query.Allow("$select", "$expand");
        AttachmentJson.Check(call.Query.Select);
        bool withItem = WithItem(call);
        return call.Entity(status, Context(call), body => AttachmentJson.Write(call, body, item, row, call.Query.Select, withItem));
    }

    private static bool WithItem(GraphCall call)
    {
        ExpandOption? other = call.Query.Expand.FirstOrDefault(e => !string.Equals(e.Name, AttachmentJson.ItemExpansion, StringComparison.OrdinalIgnoreCase));
        return other is null
            ? call.Query.Expand.Count > 0
            : throw GraphException.Query($"Parsing OData Select and Expand failed: Could not find a property named '{other.Name}' on type 'microsoft.graph.attachment'.");
    }
}
