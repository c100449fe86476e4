using System.Net;
using System.Text.Json;

namespace PstMigration.Sandbox;

/// <summary>Messages.</summary>
internal static class MessageHandlers
{
    /// <summary>What is decided when a message is made; a later request cannot set it.</summary>
    private static readonly ExtendedPropertyId[] s_fixedAtCreate =
        [Tags.MessageFlags, Tags.SentTime, Tags.ReceivedTime, Tags.CreationTime, Tags.ModificationTime, Tags.HasAttachments];

    public static GraphAnswer List(GraphCall call)
    {
        MessageJson.Check(call);
        (List<MailItem> items, long? total, bool more) =
            ItemLists.Select(call, ItemKind.Message, FolderOrNone(call), MessageFields.Filters, "i.received DESC, i.number DESC");
        return call.Collection(
            "messages", items, (body, item) => MessageJson.Write(call, body, item), body => ItemLists.WriteLinks(call, body, total, more));
    }

    public static GraphAnswer Count(GraphCall call) => ItemLists.Count(call, ItemKind.Message, FolderOrNone(call), MessageFields.Filters);

    public static GraphAnswer Get(GraphCall call) => One(call, HttpStatusCode.OK, Item(call));

    /// <summary>Makes a message from JSON, or a draft from MIME.</summary>
    public static GraphAnswer Create(GraphCall call)
    {
        FolderRow folder = FolderOrNone(call) ?? call.FindFolder("drafts", ItemKind.Message);
        if (call.Request.ContentType.StartsWith("text/plain", StringComparison.OrdinalIgnoreCase))
        {
            return One(call, HttpStatusCode.Created, MimeMessages.Create(call, folder));
        }

        MailItem item = new() { Kind = ItemKind.Message, Folder = folder.Number };
        RefuseTopLevelTimes(call);
        ReadInto(call.Body, item);
        MessageCreation.Complete(call.Store, call.Options, item, Json.OptionalBoolean(call.Body, "isRead"));
        call.Store.Items.Insert(item);
        if (call.Body.TryGetProperty("attachments", out JsonElement attachments))
        {
            foreach (JsonElement attachment in Json.Array(attachments, "attachments"))
            {
                AttachmentJson.Add(call, attachment, item);
            }

            call.Store.Items.Update(item);
        }

        return One(call, HttpStatusCode.Created, item);
    }

    public static GraphAnswer Update(GraphCall call)
    {
        MailItem item = Item(call);
        JsonElement body = call.Body;
        bool isLocked = !item.IsDraft && call.Behaviour.RefusesChangesToSentItems;
        if (isLocked && body.EnumerateObject().Any(p => MessageFields.Guarded.Contains(p.Name)))
        {
            throw AdvancedPermissionNeeded();
        }

        if (body.TryGetProperty("attachments", out _))
        {
            throw GraphException.BadRequest("ErrorInvalidRequest", "Attachments cannot be changed together with the message.");
        }

        StoredProperty?[] guarded = MessageFields.GuardedTags.Select(item.Properties.Find).ToArray();
        StoredProperty?[] before = s_fixedAtCreate.Select(item.Properties.Find).ToArray();
        ReadInto(body, item);
        for (int i = 0; i < before.Length; i++)
        {
            item.Properties.Restore(s_fixedAtCreate[i], before[i]);
        }

        if (isLocked && !guarded.SequenceEqual(MessageFields.GuardedTags.Select(item.Properties.Find)))
        {
            throw AdvancedPermissionNeeded();
        }

        MessageCreation.CheckSubject(item, call.Options);
        MessageCreation.AddCustomHeaders(item);
        if (body.TryGetProperty("body", out _))
        {
            MessageCreation.NormaliseBody(item, call.Behaviour);
        }

        call.Store.Items.Update(item);
        return One(call, HttpStatusCode.OK, item);
    }

    /// <summary>A message goes to Deleted Items; from there to where only recovery finds it.</summary>
    public static GraphAnswer Delete(GraphCall call)
    {
        MailItem item = Item(call);
        FolderRow deleted = call.FindFolder("deleteditems", ItemKind.Message);
        FolderRow recoverable = call.FindFolder("recoverableitemsdeletions", ItemKind.Message);
        if (item.Folder == recoverable.Number)
        {
            call.Store.Items.Delete(item);
        }
        else
        {
            call.Store.Items.Move(item, call.Store.Folders.IsWithin(item.Folder, deleted.Number) ? recoverable.Number : deleted.Number);
        }

        return GraphAnswer.NoContent;
    }

    public static GraphAnswer PermanentDelete(GraphCall call)
    {
        call.Store.Items.Delete(Item(call));
        return GraphAnswer.NoContent;
    }

    public static GraphAnswer Move(GraphCall call)
    {
        MailItem item = Item(call);
        call.Store.Items.Move(item, MailFolderHandlers.Destination(call, ItemKind.Message).Number);
        return One(call, HttpStatusCode.Created, item);
    }

    public static GraphAnswer GetMime(GraphCall call) => MimeMessages.Export(call, Item(call));

    /// <summary>The message a URL names.</summary>
    public static MailItem Item(GraphCall call) => call.Item("item", ItemKind.Message);

    /// <summary>Sets what JSON gives, extended properties too; attachments are the caller's.</summary>
    public static void ReadInto(JsonElement body, MailItem item)
    {
        MessageFields.All.Read(body, item);
        ExtendedProperties.ReadAll(body, item.Properties);

        foreach (Person person in item.GetPeople(PersonKind.ReplyTo).Where(p => p.Address?.IndexOf('@') is null or < 1))
        {
            throw PeopleJson.InvalidRecipient();
        }
    }

    private static GraphException AdvancedPermissionNeeded() => GraphException.Denied(
        "Access is denied. Changing these properties of a message that is not a draft needs the Mail-Advanced.ReadWrite permission.");

    private static FolderRow? FolderOrNone(GraphCall call) => call.Has("folder") ? call.Folder("folder") : null;

    private static GraphAnswer One(GraphCall call, HttpStatusCode status, MailItem item)
    {
        call.Query.Allow("$select", "$expand");
        MessageJson.Check(call);
        return call.Entity(status, "messages", body => MessageJson.Write(call, body, item));
    }

    private static void RefuseTopLevelTimes(GraphCall call)
    {
        if (call.Behaviour.RefusesTopLevelTimes && (call.Body.TryGetProperty("sentDateTime", out _) || call.Body.TryGetProperty("receivedDateTime", out _)))
        {
            throw GraphException.BadRequest("ErrorInvalidPropertySet", "The property 'sentDateTime' or 'receivedDateTime' is read-only and can't be set.");
        }
    }
}
