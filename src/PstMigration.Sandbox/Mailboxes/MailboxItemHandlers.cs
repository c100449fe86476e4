using System.Net;

namespace PstMigration.Sandbox;

/// <summary>Items of every kind as import and export list them (resources/mailboxitem): class, size and version, nothing of what is in them.</summary>
internal static class MailboxItemHandlers
{
    /// <summary>What lies in a folder, whatever it is: all but attached items and the changed days of a series, which are parts of others.</summary>
    public const string InFolders = "i.kind IN (0, 1, 3, 5, 6)";

    private const string Type = "#microsoft.graph.mailboxItem";

    private static readonly FieldFactory<MailItem> s_of = new(i => i);

    private static readonly FieldSet<MailItem> s_fields = new(
        "mailboxItem",
        [
            s_of.Time("createdDateTime", i => i.Created),
            s_of.Time("lastModifiedDateTime", i => i.Modified),
            new("changeKey", (_, w, i) => w.WriteString("changeKey", Change.Key(i.ChangeNumber))),
            s_of.Texts("categories", Tags.Keywords),
            s_of.Text("type", Tags.MessageClass),
            new("size", (c, w, i) => w.WriteNumber("size", i.Properties.Size + c.Store.Attachments.Size(i.Number))),
        ],
        ExpandOption.SingleValue,
        ExpandOption.MultiValue);

    private static readonly Dictionary<string, FilterTarget> s_filters = new()
    {
        ["createdDateTime"] = FilterTarget.OfColumn(ExtendedType.SystemTime, "i.created"),
        ["lastModifiedDateTime"] = FilterTarget.OfColumn(ExtendedType.SystemTime, "i.modified"),
        ["type"] = FilterTarget.OfProperty(Tags.MessageClass),
        ["categories"] = FilterTarget.OfProperty(Tags.Keywords) with { IsCollection = true },
    };

    public static GraphAnswer List(GraphCall call)
    {
        Check(call);
        FolderRow folder = MailboxFolderHandlers.Find(call, call.Parameter("folder"));
        (List<MailItem> items, long? total, bool more) = ItemLists.Select(call, null, folder, s_filters, "i.number DESC");
        return call.Collection(Context(call), items, (body, item) => Write(call, body, item), body => ItemLists.WriteLinks(call, body, total, more));
    }

    public static GraphAnswer Get(GraphCall call)
    {
        call.Query.Allow("$select", "$expand");
        Check(call);
        MailItem item = Item(call);
        return call.Entity(HttpStatusCode.OK, Context(call), body => Write(call, body, item));
    }

    /// <summary>Takes an item away: to where it can be recovered from, or for good. Which has to be said.</summary>
    public static GraphAnswer Delete(GraphCall call)
    {
        MailItem item = Item(call);
        switch (call.Query.Value("disposalType"))
        {
            case "softDelete":
                FolderRow recoverable = call.Store.Folders.FindWellKnown("recoverableitemsdeletions") ?? throw GraphException.ItemNotFound();
                call.Store.Items.Move(item, recoverable.Number);
                break;
            case "hardDelete":
                EventRow.Changed(call.Store, item).ForEach(e => call.Store.Items.Delete(e.Item));
                call.Store.Items.Delete(item);
                break;
            default:
                throw GraphException.BadRequest("ErrorInvalidParameter", "The query parameter disposalType must be softDelete or hardDelete.");
        }

        return GraphAnswer.NoContent;
    }

    /// <summary>The item an id stands for, whatever it is.</summary>
    /// <exception cref="GraphException">404, or 400 for what is no id.</exception>
    public static MailItem Find(GraphCall call, string id)
    {
        if (!GraphId.TryParse(id, call.Store.MailboxGuid, out GraphId parsed) || parsed.Kind != IdKind.Item)
        {
            throw GraphException.BadRequest("ErrorInvalidIdMalformed", "Id is malformed.");
        }

        MailItem? item = call.Store.Items.Find(parsed.Number);
        return item is null || item.Kind is ItemKind.Embedded or ItemKind.Occurrence || (!parsed.IsImmutable && parsed.Generation != item.Generation)
            ? throw GraphException.ItemNotFound()
            : item;
    }

    /// <summary>Checks <c>$select</c> and <c>$expand</c>.</summary>
    public static void Check(GraphCall call)
    {
        s_fields.Check(call.Query.Select);
        s_fields.Check(call.Query.Expand);
    }

    /// <summary>Writes an item with what is expanded.</summary>
    public static void Write(GraphCall call, JsonBody body, MailItem item)
    {
        body.Writer.WriteString("@odata.type", Type);
        body.Writer.WriteString("@odata.etag", Change.ETag(item.ChangeNumber));
        body.Writer.WriteString("id", call.ItemId(item));
        s_fields.Write(call, body.Writer, item, call.Query.Select);
        foreach (ExpandOption option in call.Query.Expand)
        {
            ExtendedProperties.Write(body, option, id => ExtendedProperties.Find(id, item, call.Store), call.Behaviour);
        }
    }

    private static MailItem Item(GraphCall call)
    {
        MailItem item = Find(call, call.Parameter("item"));
        return item.Folder == MailboxFolderHandlers.Find(call, call.Parameter("folder")).Number ? item : throw GraphException.ItemNotFound();
    }

    private static string Context(GraphCall call) => "folders('" + Uri.EscapeDataString(call.Parameter("folder")) + "')/items";
}
