using System.Net;
using System.Text.Json;
using PstMigration.Mapi;

namespace PstMigration.Sandbox;

/// <summary>Folders of every kind, hidden ones too, as import and export see them (resources/mailboxfolder).</summary>
internal static class MailboxFolderHandlers
{
    private const string Type = "#microsoft.graph.mailboxFolder";

    private static readonly FieldSet<FolderRow> s_fields = new(
        "mailboxFolder",
        [
            new("displayName", (_, w, f) => w.WriteString("displayName", f.Name), Ignore),
            new("parentFolderId", (c, w, f) => w.WriteString("parentFolderId", Id(c, f.Parent))),
            new("childFolderCount", (c, w, f) => w.WriteNumber("childFolderCount", c.Store.Folders.Count("f.parent = @0", f.Number))),
            new("totalItemCount", (c, w, f) => w.WriteNumber("totalItemCount", c.Store.Items.Count(MailboxItemHandlers.InFolders + " AND i.folder = @0", f.Number))),
            new("wellKnownName", (_, w, f) => w.WriteString("wellKnownName", f.WellKnown)),
            new("type", (_, w, f) => w.WriteString("type", f.Class), Ignore),
        ],
        "childFolders",
        "items",
        ExpandOption.SingleValue,
        ExpandOption.MultiValue);

    private static readonly Dictionary<string, FilterTarget> s_filters = new()
    {
        ["displayName"] = FilterTarget.OfColumn(ExtendedType.String, "f.name"),
        ["type"] = FilterTarget.OfColumn(ExtendedType.String, "f.class"),
    };

    /// <summary>The folders directly below the root people see, or below another one.</summary>
    public static GraphAnswer List(GraphCall call)
    {
        call.Query.Allow("$select", "$expand", "$filter", "$orderby", "$top", "$skip", "$count");
        Check(call);
        List<object?> arguments = [Parent(call).Number];
        string condition = "f.parent = @0";
        if (call.Query.Filter is string filter)
        {
            FilterSql sql = FilterParser.Parse(filter, s_filters, [.. arguments]);
            condition += " AND " + sql.Sql;
            arguments = [.. sql.Arguments];
        }

        string order = call.Query.OrderBy switch
        {
            null => "f.number",
            "displayName" or "displayName asc" => "f.name, f.number",
            "displayName desc" => "f.name DESC, f.number",
            string other => throw GraphException.Query($"The $orderby expression '{other}' is not supported."),
        };
        int size = ItemLists.PageSize(call);
        List<FolderRow> rows = call.Store.Folders.Select(condition, order, call.Query.Skip, size + 1, [.. arguments]);
        long? total = call.Query.Count ? call.Store.Folders.Count(condition, [.. arguments]) : null;
        return call.Collection("folders", rows.Take(size), (body, row) => Write(call, body, row), body => ItemLists.WriteLinks(call, body, total, rows.Count > size));
    }

    public static GraphAnswer Get(GraphCall call)
    {
        FolderRow folder = Find(call, call.Parameter("folder"));
        if (call.Has("child"))
        {
            FolderRow child = Find(call, call.Parameter("child"));
            folder = child.Parent == folder.Number ? child : throw GraphException.ItemNotFound();
        }

        return One(call, HttpStatusCode.OK, folder);
    }

    /// <summary>Makes a folder of any class; both name and class have to be given.</summary>
    public static GraphAnswer Create(GraphCall call)
    {
        FolderRow parent = Parent(call);
        s_fields.Read(call.Body, parent);
        string? @class = Text(call.Body, "type");
        return string.IsNullOrEmpty(@class) || !MessageClasses.IsOfClass(@class!, "IPF")
            ? throw GraphException.Property("The type of the folder, such as IPF.Note, is required.")
            : One(call, HttpStatusCode.Created, FolderRules.Create(call, parent, Text(call.Body, "displayName"), hidden: false, @class));
    }

    public static GraphAnswer Update(GraphCall call)
    {
        FolderRow folder = Find(call, call.Parameter("folder"));
        s_fields.Read(call.Body, folder);
        if (Text(call.Body, "type") is string @class && @class != folder.Class)
        {
            throw GraphException.Property("The type of a folder cannot be changed.");
        }

        FolderRules.SetProperties(call, folder);
        return One(call, HttpStatusCode.OK, Text(call.Body, "displayName") is string name ? FolderRules.Rename(call, folder, name) : folder);
    }

    public static GraphAnswer Delete(GraphCall call) => FolderRules.Delete(call, Find(call, call.Parameter("folder")));

    public static GraphAnswer Delta(GraphCall call) => DeltaHandlers.MailboxFolders(call, Parent(call), s_fields.Check, (body, folder) => Write(call, body, folder));

    /// <summary>The folder an id or a well-known name stands for. An archive has no well-known names.</summary>
    /// <exception cref="GraphException">404, or 400 for what is neither.</exception>
    public static FolderRow Find(GraphCall call, string id)
    {
        if (Array.Exists(DefaultFolders.WellKnownNames, n => string.Equals(n, id, StringComparison.OrdinalIgnoreCase)))
        {
            return (IsArchive(call) ? null : call.Store.Folders.FindWellKnown(id.ToLowerInvariant())) ?? throw GraphException.ItemNotFound();
        }

        bool isId = GraphId.TryParse(id, call.Store.MailboxGuid, out GraphId parsed)
            && (parsed.Kind == IdKind.MailboxFolder || (parsed.Kind == IdKind.Folder && call.Behaviour.SharesFolderIds));
        return isId ? call.Store.Folders.Find(parsed.Number) ?? throw GraphException.ItemNotFound() : throw GraphException.BadRequest("ErrorInvalidIdMalformed", "Id is malformed.");
    }

    /// <summary>The id import and export have for a folder.</summary>
    public static string Id(GraphCall call, long number) =>
        new GraphId(call.Behaviour.SharesFolderIds ? IdKind.Folder : IdKind.MailboxFolder, false, number, 0).ToText(call.Store.MailboxGuid);

    private static bool IsArchive(GraphCall call) => ReferenceEquals(call.Options.Archive?.Store, call.Store);

    private static FolderRow Parent(GraphCall call) => call.Has("folder")
        ? Find(call, call.Parameter("folder"))
        : call.Store.Folders.FindWellKnown(FolderTable.RootName) ?? throw GraphException.ItemNotFound();

    private static void Check(GraphCall call)
    {
        s_fields.Check(call.Query.Select);
        if (call.Query.Expand.Any(e => !e.IsExtendedProperties))
        {
            throw GraphException.Query("Only extended properties can be expanded on folders.");
        }
    }

    private static GraphAnswer One(GraphCall call, HttpStatusCode status, FolderRow folder)
    {
        call.Query.Allow("$select", "$expand");
        Check(call);
        return call.Entity(status, "folders", body => Write(call, body, folder));
    }

    private static void Write(GraphCall call, JsonBody body, FolderRow folder)
    {
        body.Writer.WriteString("@odata.type", Type);
        body.Writer.WriteString("id", Id(call, folder.Number));
        s_fields.Write(call, body.Writer, folder, call.Query.Select);
        body.Writer.WriteString("parentMailboxUrl", call.Request.BaseUrl + "/admin/exchange/mailboxes/" + MailboxHandlers.MailboxId(call.Store));
        foreach (ExpandOption option in call.Query.Expand)
        {
            ExtendedProperties.Write(body, option, id => ExtendedProperties.Find(id, folder, call.Store), call.Behaviour);
        }
    }

    private static string? Text(JsonElement body, string name) => body.TryGetProperty(name, out JsonElement value) ? Json.Text(value, name) : null;

    // What a request sets is taken out of it by the handlers: rows of folders are not changed in place.
    private static void Ignore(JsonElement value, FolderRow folder)
    {
    }
}
