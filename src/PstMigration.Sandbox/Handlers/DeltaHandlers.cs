using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using PstMigration.Mapi;

namespace PstMigration.Sandbox;

/// <summary>
/// Changes since a token (concepts/delta-query-messages, concepts/delta-query-overview). A token is a place in the order of changes
/// with the options of the first request; it is void after its lifetime and when the mailbox's epoch advances: 410.
/// </summary>
internal static class DeltaHandlers
{
    public static GraphAnswer Messages(GraphCall call) =>
        Items(call, ItemKind.Message, call.Folder("folder"), "messages", MessageJson.Check, MessageJson.Write);

    public static GraphAnswer Contacts(GraphCall call) =>
        Items(call, ItemKind.Contact, call.Folder("folder", ItemKind.Contact), "contacts", ContactHandlers.Check, ContactHandlers.Write);

    public static GraphAnswer Tasks(GraphCall call) =>
        Items(call, ItemKind.Task, call.Folder("list", ItemKind.Task), "todo/lists/tasks", TaskHandlers.Check, TaskHandlers.Write);

    public static GraphAnswer MailFolders(GraphCall call) => Folders(call, FolderFields.Mail, FolderClasses.Mail, "mailFolders");

    public static GraphAnswer ContactFolders(GraphCall call) => Folders(call, FolderFields.Contacts, FolderClasses.Contacts, "contactFolders");

    /// <summary>Items of all kinds, as import and export see them.</summary>
    public static GraphAnswer MailboxItems(GraphCall call)
    {
        if (call.Query.Select is not null && call.Behaviour.RefusesSelectInItemDelta)
        {
            throw GraphException.Query("The query parameter '$select' is not supported for delta of mailbox items.");
        }

        FolderRow folder = MailboxFolderHandlers.Find(call, call.Parameter("folder"));
        return Items(call, null, folder, "folders/items", MailboxItemHandlers.Check, MailboxItemHandlers.Write);
    }

    /// <summary>Folders of all kinds below one, hidden ones too.</summary>
    public static GraphAnswer MailboxFolders(GraphCall call, FolderRow root, Action<IReadOnlyCollection<string>?> check, Action<JsonBody, FolderRow> write)
    {
        Place place = Start(call);
        call.Query.Allow("$select", "$top");
        check(call.Query.Select);
        int size = ItemLists.PageSize(call);
        List<(long Change, Action<JsonBody> Write)> changes =
        [
            .. call.Store.Folders
                .Select("f.change_no > @0 AND f.number <> @1", "f.change_no", 0, int.MaxValue, place.At, root.Number)
                .Where(f => call.Store.Folders.IsWithin(f.Number, root.Number))
                .Select(f => (f.ChangeNumber, (Action<JsonBody>)(body => write(body, f)))),
            .. Enum.GetValues(typeof(ItemKind)).Cast<ItemKind>().SelectMany(k => Gone(call, 0, ChangeTable.FolderKind(k), place, size, (number, _) => MailboxFolderHandlers.Id(call, number))),
        ];
        return Page(call, "folders", changes, size, place);
    }

    private static GraphAnswer Items(
        GraphCall call, ItemKind? kind, FolderRow folder, string context, Action<GraphCall> check, Action<GraphCall, JsonBody, MailItem> write)
    {
        Place place = Start(call);
        call.Query.Allow("$select", "$filter", "$orderby", "$top", "$expand");
        check(call);
        (string condition, object?[] arguments) = ItemFilter(call, kind, folder, place);
        int size = ItemLists.PageSize(call);
        List<(long Change, Action<JsonBody> Write)> changes =
        [
            .. call.Store.Items.Select(condition, "i.change_no", 0, size + 1, arguments)
                .Select(i => (i.ChangeNumber, (Action<JsonBody>)(body => write(call, body, i)))),
            .. Kinds(kind).SelectMany(k => Gone(call, folder.Number, (int)k, place, size, call.ItemId)),
        ];
        return Page(call, context, changes, size, place);
    }

    private static ItemKind[] Kinds(ItemKind? kind) =>
        kind is ItemKind one ? [one] : [ItemKind.Message, ItemKind.Contact, ItemKind.Event, ItemKind.Task, ItemKind.Other];

    private static GraphAnswer Folders(GraphCall call, FieldSet<FolderRow> fields, string @class, string context)
    {
        Place place = Start(call);
        call.Query.Allow("$select", "$top");
        fields.Check(call.Query.Select);
        int size = ItemLists.PageSize(call);

        // Everything below the root people see, but not the root itself nor what lies beside it; hidden folders only on demand.
        long root = call.FindFolder(FolderTable.RootName, ItemKind.Message).Number;
        string hidden = call.Query.IsTrue("includeHiddenFolders") ? "" : " AND f.hidden = 0";
        List<(long Change, Action<JsonBody> Write)> changes =
        [
            .. call.Store.Folders
                .Select("f.class = @0 AND f.change_no > @1 AND f.number <> @2" + hidden, "f.change_no", 0, int.MaxValue, @class, place.At, root)
                .Where(f => call.Store.Folders.IsWithin(f.Number, root))
                .Select(f => (f.ChangeNumber, (Action<JsonBody>)(body => FolderLists.Write(call, body, f, fields)))),
            .. Gone(call, 0, ChangeTable.FolderKind(@class == FolderClasses.Contacts ? ItemKind.Contact : ItemKind.Message), place, size, (number, _) => call.FolderId(number)),
        ];
        return Page(call, context, changes, size, place);
    }

    private static IEnumerable<(long Change, Action<JsonBody> Write)> Gone(
        GraphCall call, long folder, int kind, Place place, int size, Func<long, long, string> id)
    {
        // Who begins has seen nothing that could be gone.
        if (place.Since == 0 || ChangeType(call) is not (null or "deleted"))
        {
            return [];
        }

        return call.Store.Changes.Gone(folder, kind, place.At, size + 1).Select(g => (g.ChangeNumber, (Action<JsonBody>)(body =>
        {
            body.Writer.WriteString("id", id(g.Number, g.Generation));
            body.Writer.WriteStartObject("@removed");
            body.Writer.WriteString("reason", "deleted");
            body.Writer.WriteEndObject();
        })));
    }

    private static GraphAnswer Page(GraphCall call, string context, List<(long Change, Action<JsonBody> Write)> changes, int size, Place place)
    {
        List<(long Change, Action<JsonBody> Write)> ordered = changes.OrderBy(c => c.Change).ToList();
        bool more = ordered.Count > size;
        List<(long Change, Action<JsonBody> Write)> page = more ? ordered.GetRange(0, size) : ordered;
        long current = call.Store.Changes.Current;
        string link = more
            ? Link(call, "$skiptoken", place with { At = page[page.Count - 1].Change })
            : Link(call, "$deltatoken", new Place(current, current));
        return call.Collection(
            context, page, (body, change) => change.Write(body), body => body.Writer.WriteString(more ? "@odata.nextLink" : "@odata.deltaLink", link));
    }

    private static (string Condition, object?[] Arguments) ItemFilter(GraphCall call, ItemKind? kind, FolderRow folder, Place place)
    {
        string condition = (kind is null ? MailboxItemHandlers.InFolders : "i.kind = @0") + " AND i.folder = @1 AND i.change_no > @2" + ChangeType(call) switch
        {
            null => "",
            "created" => " AND i.arrived_no > @3",
            "updated" => " AND i.arrived_no <= @3",
            _ => " AND 1 = 0",
        };
        object?[] arguments = [(int?)kind, folder.Number, place.At, place.Since];
        if (call.Query.OrderBy is string order && order is not ("receivedDateTime desc" or "receivedDateTime"))
        {
            throw GraphException.Query("Only $orderby=receivedDateTime desc is supported for delta.");
        }

        if (call.Query.Filter is not string filter)
        {
            return (condition, arguments);
        }

        Dictionary<string, FilterTarget> only = new() { ["receivedDateTime"] = MessageFields.Filters["receivedDateTime"] };
        FilterSql sql = FilterParser.Parse(filter, only, arguments);
        return filter.StartsWith("receivedDateTime g", StringComparison.Ordinal)
            ? (condition + " AND " + sql.Sql, sql.Arguments.ToArray())
            : throw GraphException.Query("Only $filter=receivedDateTime ge or gt is supported for delta.");
    }

    private static string? ChangeType(GraphCall call) => call.Query.Value("changeType") switch
    {
        null => null,
        string type and ("created" or "updated" or "deleted") => type,
        _ => throw GraphException.Query("changeType must be created, updated or deleted."),
    };

    // Where to begin. The options of the first request, which are in the token, take the place of those of the link.
    private static Place Start(GraphCall call)
    {
        string? token = call.Query.Value("$deltatoken") ?? call.Query.Value("$skiptoken");
        if (token is null)
        {
            return new Place(0, 0);
        }

        string[] parts;
        long[] numbers;
        try
        {
            parts = Encoding.UTF8.GetString(Convert.FromBase64String(token.Replace('-', '+').Replace('_', '/'))).Split([' '], 5);
            numbers = parts.Take(4).Select(p => long.Parse(p, CultureInfo.InvariantCulture)).ToArray();
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            throw Invalid();
        }

        if (parts.Length != 5)
        {
            throw Invalid();
        }

        if (numbers[2] != call.Store.DeltaEpoch || call.Store.Now - numbers[3] > call.Options.DeltaTokenLifetime.Ticks)
        {
            throw new GraphException(HttpStatusCode.Gone, "SyncStateNotFound", "The sync state generation is not found; continue without it.");
        }

        call.UseQuery(parts[4]);
        return new Place(numbers[0], numbers[1]);
    }

    private static GraphException Invalid() => new(HttpStatusCode.Gone, "SyncStateInvalid", "The sync state is not valid; continue without it.");

    private static string Link(GraphCall call, string option, Place place)
    {
        long[] numbers = [place.Since, place.At, call.Store.DeltaEpoch, call.Store.Now];
        string text = string.Join(" ", numbers.Select(n => n.ToString(CultureInfo.InvariantCulture))) + " " + call.Query.Without("$skiptoken", "$deltatoken");
        string token = Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).Replace('+', '-').Replace('/', '_');
        return call.Request.BaseUrl + call.Request.Path + "?" + option + "=" + Uri.EscapeDataString(token);
    }

    /// <summary>A place in the order of changes: what the client knew when it began, and how far it has come since.</summary>
    private sealed record Place(long Since, long At);
}
