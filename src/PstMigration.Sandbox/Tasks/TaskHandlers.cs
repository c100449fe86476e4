using System.Net;
using System.Text.Json;
using PstMigration.Mapi;

namespace PstMigration.Sandbox;

/// <summary>Task lists and tasks of To Do (resources/todo-overview).</summary>
internal static class TaskHandlers
{
    private static readonly FieldSet<FolderRow> s_lists = new(
        "todoTaskList",
        [
            new("displayName", (_, w, f) => w.WriteString("displayName", f.Name), (_, _) => { }),
            new("isOwner", (_, w, _) => w.WriteBoolean("isOwner", true)),
            new("isShared", (_, w, _) => w.WriteBoolean("isShared", false)),
            new("wellknownListName", (_, w, f) => w.WriteString("wellknownListName", f.WellKnown is null ? "none" : "defaultList")),
        ],
        "tasks",
        "extensions");

    public static GraphAnswer ListLists(GraphCall call)
    {
        call.Query.Allow("$select", "$top", "$skip", "$filter", "$orderby");
        s_lists.Check(call.Query.Select);
        int size = ItemLists.PageSize(call, byDefault: 100);
        List<FolderRow> rows = call.Store.Folders.Select("f.class = @0", "f.number", call.Query.Skip, size + 1, FolderClasses.Tasks);
        return call.Collection(
            "todo/lists", rows.Take(size), (body, row) => FolderLists.Write(call, body, row, s_lists), body => ItemLists.WriteLinks(call, body, null, rows.Count > size));
    }

    public static GraphAnswer GetList(GraphCall call) => OneList(call, HttpStatusCode.OK, List(call));

    /// <summary>Two lists may have one name.</summary>
    public static GraphAnswer CreateList(GraphCall call)
    {
        FolderRow parent = call.Store.Folders.FindWellKnown(DefaultFolders.Tasks) ?? throw GraphException.ItemNotFound();
        s_lists.Read(call.Body, parent);
        string name = call.Body.TryGetProperty("displayName", out JsonElement text) && Json.Text(text, "displayName") is { Length: > 0 } given
            ? given
            : throw GraphException.BadRequest("invalidRequest", "displayName is missing.");
        return OneList(call, HttpStatusCode.Created, call.Store.Folders.Insert(parent.Number, name, null, FolderClasses.Tasks, hidden: false));
    }

    public static GraphAnswer DeleteList(GraphCall call) => FolderRules.Delete(call, List(call));

    public static GraphAnswer ListTasks(GraphCall call)
    {
        Check(call);
        (List<MailItem> items, long? total, bool more) = ItemLists.Select(call, ItemKind.Task, List(call), TaskFields.Filters, "i.number");
        return call.Collection("todo/lists/tasks", items, (body, item) => Write(call, body, item), body => ItemLists.WriteLinks(call, body, total, more));
    }

    public static GraphAnswer Get(GraphCall call) => One(call, HttpStatusCode.OK, Item(call));

    public static GraphAnswer Create(GraphCall call)
    {
        MailItem item = new() { Kind = ItemKind.Task, Folder = List(call).Number };
        ReadInto(call, item);
        long now = call.Store.Now;
        item.Flags = MailItem.ReadFlag;
        item.Created = item.Modified = now;
        item.VisibleFrom = now + (call.Behaviour.DelaysVisibilityInFilters ? call.Options.VisibilityDelay.Ticks : 0);
        item.Properties.Set(Tags.MessageClass, "IPM.Task");
        call.Store.Items.Insert(item);
        return One(call, HttpStatusCode.Created, item);
    }

    public static GraphAnswer Update(GraphCall call)
    {
        MailItem item = Item(call);
        ReadInto(call, item);
        call.Store.Items.Update(item);
        return One(call, HttpStatusCode.OK, item);
    }

    public static GraphAnswer Delete(GraphCall call)
    {
        call.Store.Items.Delete(Item(call));
        return GraphAnswer.NoContent;
    }

    /// <summary>Changes an open extension: what is given is set, the rest stays (api/opentypeextension-update).</summary>
    public static GraphAnswer UpdateExtension(GraphCall call)
    {
        MailItem item = Item(call);
        string name = call.Parameter("extension");
        ExtendedPropertyId id = TaskTags.Extension(name);
        string stored = item.Properties.GetString(id) ?? throw GraphException.ItemNotFound();
        item.Properties.Set(id, TaskExtensions.Merge(stored, call.Body));
        call.Store.Items.Update(item);
        return call.Entity(HttpStatusCode.OK, "todo/lists/tasks/extensions", body => TaskExtensions.WriteOne(body.Writer, name, item.Properties.GetString(id)!));
    }

    /// <summary>Checks <c>$select</c> and <c>$expand</c>.</summary>
    public static void Check(GraphCall call)
    {
        TaskFields.All.Check(call.Query.Select);
        TaskFields.All.Check(call.Query.Expand);
    }

    /// <summary>Writes a task with what is expanded.</summary>
    public static void Write(GraphCall call, JsonBody body, MailItem item)
    {
        body.Writer.WriteString("@odata.etag", Change.ETag(item.ChangeNumber));
        body.Writer.WriteString("id", call.ItemId(item));
        TaskFields.All.Write(call, body.Writer, item, call.Query.Select);
        foreach (ExpandOption option in call.Query.Expand.Where(e => e.Name == ExpandOption.Extensions))
        {
            TaskExtensions.Write(body.Writer, item, option.Named);
        }
    }

    /// <summary>The task a URL names.</summary>
    public static MailItem Item(GraphCall call)
    {
        FolderRow list = List(call);
        MailItem item = call.Item("task", ItemKind.Task);
        return item.Folder == list.Number ? item : throw GraphException.ItemNotFound();
    }

    private static FolderRow List(GraphCall call) => call.Folder("list", ItemKind.Task);

    private static void ReadInto(GraphCall call, MailItem item)
    {
        TaskFields.All.Read(call.Body, item);
        TaskExtensions.Read(call.Body, item);
        if (item.Properties.GetString(Tags.Subject)?.Length > call.Options.Limits.SubjectLength)
        {
            throw GraphException.BadRequest("invalidRequest", "The title is longer than 255 characters.");
        }

        if (item.Properties.Contains(EventTags.Recurrence) && !item.Properties.Contains(TaskTags.Due))
        {
            throw GraphException.BadRequest("invalidRequest", "A task that recurs needs a due date.");
        }

        MessageCreation.NormaliseBody(item, call.Behaviour);
    }

    private static GraphAnswer One(GraphCall call, HttpStatusCode status, MailItem item)
    {
        call.Query.Allow("$select", "$expand");
        Check(call);
        return call.Entity(status, "todo/lists/tasks", body => Write(call, body, item));
    }

    private static GraphAnswer OneList(GraphCall call, HttpStatusCode status, FolderRow list) => FolderLists.One(call, status, list, s_lists, "todo/lists");
}
