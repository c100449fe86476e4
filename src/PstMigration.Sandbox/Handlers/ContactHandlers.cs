using System.Net;
using System.Text.Json;

namespace PstMigration.Sandbox;

/// <summary>Contacts and their photos.</summary>
internal static class ContactHandlers
{
    public static GraphAnswer List(GraphCall call)
    {
        Check(call);
        (List<MailItem> items, long? total, bool more) = ItemLists.Select(call, ItemKind.Contact, Folder(call), ContactFields.Filters, "i.number");
        return call.Collection("contacts", items, (body, item) => Write(call, body, item), body => ItemLists.WriteLinks(call, body, total, more));
    }

    public static GraphAnswer Count(GraphCall call) => ItemLists.Count(call, ItemKind.Contact, Folder(call), ContactFields.Filters);

    public static GraphAnswer Get(GraphCall call) => One(call, HttpStatusCode.OK, Item(call));

    public static GraphAnswer Create(GraphCall call)
    {
        MailItem item = new() { Kind = ItemKind.Contact, Folder = Folder(call).Number };
        ReadInto(call.Body, item);
        Complete(call, item);
        call.Store.Items.Insert(item);
        return One(call, HttpStatusCode.Created, item);
    }

    public static GraphAnswer Update(GraphCall call)
    {
        MailItem item = Item(call);
        ReadInto(call.Body, item);
        call.Store.Items.Update(item);
        return One(call, HttpStatusCode.OK, item);
    }

    /// <summary>A contact does not go to Deleted Items by this door that anybody could see: it is gone from its folder.</summary>
    public static GraphAnswer Delete(GraphCall call)
    {
        call.Store.Items.Delete(Item(call));
        return GraphAnswer.NoContent;
    }

    public static GraphAnswer PermanentDelete(GraphCall call) => Delete(call);

    public static GraphAnswer GetPhoto(GraphCall call)
    {
        (string contentType, long content) = call.Store.Attachments.Photo(Item(call).Number)
            ?? throw new GraphException(HttpStatusCode.NotFound, "ErrorItemNotFound", "The photo wasn't found.");
        return new GraphAnswer(HttpStatusCode.OK, new AnswerBody(contentType, call.Store.Contents.Opener(content)));
    }

    public static GraphAnswer SetPhoto(GraphCall call)
    {
        MailItem item = Item(call);
        string type = call.Request.ContentType;
        if (!type.StartsWith("image/", StringComparison.OrdinalIgnoreCase) || call.Request.Body.Length == 0)
        {
            throw GraphException.BadRequest("ErrorInvalidImage", "A photo is a body of type image/jpeg.");
        }

        call.Store.Attachments.SetPhoto(item.Number, type, call.Request.Body);
        call.Store.Items.Update(item);
        return new GraphAnswer(HttpStatusCode.OK);
    }

    /// <summary>Sets what JSON gives, extended properties too.</summary>
    public static void ReadInto(JsonElement body, MailItem item)
    {
        ContactFields.All.Read(body, item);
        ExtendedProperties.ReadAll(body, item.Properties);

        foreach (ExtendedPropertyId id in new[] { Tags.MessageFlags, Tags.ReceivedTime, Tags.CreationTime, Tags.ModificationTime, Tags.HasAttachments })
        {
            item.Properties.Forget(id);
        }
    }

    /// <summary>Sets what the service computes for a new contact.</summary>
    public static void Complete(GraphCall call, MailItem item)
    {
        long now = call.Store.Now;
        item.Flags = MailItem.ReadFlag;
        item.Created = item.Modified = now;
        item.VisibleFrom = now + (call.Behaviour.DelaysVisibilityInFilters ? call.Options.VisibilityDelay.Ticks : 0);
        ContactFields.CompleteName(item.Properties);
        if (!call.Behaviour.HonoursMessageClass || !item.Properties.Contains(Tags.MessageClass))
        {
            item.Properties.Set(Tags.MessageClass, "IPM.Contact");
        }
    }

    /// <summary>Checks <c>$select</c> and <c>$expand</c>.</summary>
    public static void Check(GraphCall call)
    {
        ContactFields.All.Check(call.Query.Select);
        ContactFields.All.Check(call.Query.Expand);
    }

    /// <summary>Writes a contact with what is expanded.</summary>
    public static void Write(GraphCall call, JsonBody body, MailItem item)
    {
        body.Writer.WriteString("@odata.etag", Change.ETag(item.ChangeNumber));
        body.Writer.WriteString("id", call.ItemId(item));
        ContactFields.All.Write(call, body.Writer, item, call.Query.Select);
        foreach (ExpandOption option in call.Query.Expand)
        {
            if (option.IsExtendedProperties)
            {
                ExtendedProperties.Write(body, option, id => ExtendedProperties.Find(id, item, call.Store), call.Behaviour);
            }
        }
    }

    private static MailItem Item(GraphCall call) => call.Item("item", ItemKind.Contact);

    private static FolderRow Folder(GraphCall call) => call.Has("folder") ? call.Folder("folder", ItemKind.Contact) : call.FindFolder("contacts", ItemKind.Contact);

    private static GraphAnswer One(GraphCall call, HttpStatusCode status, MailItem item)
    {
        call.Query.Allow("$select", "$expand");
        Check(call);
        return call.Entity(status, "contacts", body => Write(call, body, item));
    }
}
