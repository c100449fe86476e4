using System.Net;
using System.Text.Json;
using PstMigration.Mapi;

namespace PstMigration.Sandbox;

/// <summary>Calendars (resources/calendar). Those beside the default one hang on it.</summary>
internal static class CalendarHandlers
{
    private static readonly FieldSet<FolderRow> s_fields = new(
        "calendar",
        [
            new("name", (_, w, f) => w.WriteString("name", f.Name), (_, _) => { }),
            new("color", (_, w, _) => w.WriteString("color", "auto"), (_, _) => { }),
            new("hexColor", (_, w, _) => w.WriteString("hexColor", ""), (_, _) => { }),
            new("isDefaultCalendar", (_, w, f) => w.WriteBoolean("isDefaultCalendar", f.WellKnown is not null)),
            new("changeKey", (_, w, f) => w.WriteString("changeKey", Change.Key(f.ChangeNumber))),
            new("canShare", (_, w, _) => w.WriteBoolean("canShare", true)),
            new("canViewPrivateItems", (_, w, _) => w.WriteBoolean("canViewPrivateItems", true)),
            new("canEdit", (_, w, _) => w.WriteBoolean("canEdit", true)),
            new("isTallyingResponses", (_, w, _) => w.WriteBoolean("isTallyingResponses", true)),
            new("isRemovable", (_, w, f) => w.WriteBoolean("isRemovable", f.WellKnown is null)),
            new("owner", (c, w, _) => PeopleJson.WriteAddress(w, "owner", new Person(c.Store.Address, c.Store.Address))),
        ],
        "events",
        "calendarView",
        ExpandOption.SingleValue,
        ExpandOption.MultiValue);

    public static GraphAnswer List(GraphCall call)
    {
        call.Query.Allow("$select", "$top", "$skip", "$count", "$expand");
        s_fields.Check(call.Query.Select);
        int size = ItemLists.PageSize(call);
        List<FolderRow> rows = call.Store.Folders.Select("f.class = @0", "f.number", call.Query.Skip, size + 1, FolderClasses.Calendar);
        return call.Collection(
            "calendars",
            rows.Take(size),
            (body, row) => FolderLists.Write(call, body, row, s_fields),
            body => ItemLists.WriteLinks(call, body, call.Query.Count ? call.Store.Folders.Count("f.class = @0", FolderClasses.Calendar) : null, rows.Count > size));
    }

    public static GraphAnswer Get(GraphCall call) => One(call, HttpStatusCode.OK, EventHandlers.Calendar(call));

    /// <summary>The calendar of an event.</summary>
    public static GraphAnswer OfEvent(GraphCall call) =>
        One(call, HttpStatusCode.OK, call.Store.Folders.Find(EventHandlers.Row(call).Item.Folder) ?? throw GraphException.ItemNotFound());

    public static GraphAnswer Create(GraphCall call)
    {
        FolderRow parent = call.Store.Folders.FindWellKnown(DefaultFolders.Calendar) ?? throw GraphException.ItemNotFound();
        s_fields.Read(call.Body, parent);
        return One(call, HttpStatusCode.Created, FolderRules.Create(call, parent, Name(call), hidden: false));
    }

    public static GraphAnswer Update(GraphCall call)
    {
        FolderRow calendar = EventHandlers.Calendar(call);
        s_fields.Read(call.Body, calendar);
        return One(call, HttpStatusCode.OK, Name(call) is string name ? FolderRules.Rename(call, calendar, name) : calendar);
    }

    public static GraphAnswer Delete(GraphCall call) => FolderRules.Delete(call, EventHandlers.Calendar(call));

    private static string? Name(GraphCall call) => call.Body.TryGetProperty("name", out JsonElement name) ? Json.Text(name, "name") : null;

    private static GraphAnswer One(GraphCall call, HttpStatusCode status, FolderRow calendar) => FolderLists.One(call, status, calendar, s_fields, "calendars");
}
