using System.Net;
using System.Text.Json;

namespace PstMigration.Sandbox;

/// <summary>Mail folders.</summary>
internal static class MailFolderHandlers
{
    public static GraphAnswer List(GraphCall call) => FolderLists.List(call, Parent(call), FolderFields.Mail, "mailFolders");

    public static GraphAnswer Count(GraphCall call) => FolderLists.Count(call, Parent(call));

    public static GraphAnswer Get(GraphCall call) => One(call, HttpStatusCode.OK, call.Folder("folder"));

    public static GraphAnswer Create(GraphCall call)
    {
        FolderRow parent = Parent(call);
        FolderFields.Mail.Read(call.Body, parent);
        bool hidden = Json.OptionalBoolean(call.Body, "isHidden") == true;
        return One(call, HttpStatusCode.Created, FolderRules.Create(call, parent, Name(call.Body), hidden));
    }

    public static GraphAnswer Update(GraphCall call)
    {
        FolderRow folder = call.Folder("folder");
        FolderFields.Mail.Read(call.Body, folder);
        if (Json.OptionalBoolean(call.Body, "isHidden") is bool hidden && hidden != folder.IsHidden)
        {
            throw GraphException.BadRequest("ErrorInvalidRequest", "isHidden cannot be changed after the folder was created.");
        }

        FolderRules.SetProperties(call, folder);
        return One(call, HttpStatusCode.OK, call.Body.TryGetProperty("displayName", out _) ? FolderRules.Rename(call, folder, Name(call.Body)) : folder);
    }

    /// <summary>A folder goes to Deleted Items; one that is there already goes for good.</summary>
    public static GraphAnswer Delete(GraphCall call)
    {
        FolderRow folder = call.Folder("folder");
        FolderRow deleted = call.FindFolder("deleteditems", ItemKind.Message);
        if (call.Store.Folders.IsWithin(folder.Number, deleted.Number))
        {
            return FolderRules.Delete(call, folder);
        }

        FolderRules.RefuseDistinguished(folder, "deleted");
        if (call.Store.Folders.FindChild(deleted.Number, folder.Name) is not null)
        {
            folder = call.Store.Folders.Rename(folder, folder.Name + " (" + folder.Number.ToString(System.Globalization.CultureInfo.InvariantCulture) + ")");
        }

        call.Store.Folders.Move(folder, deleted.Number);
        return GraphAnswer.NoContent;
    }

    public static GraphAnswer PermanentDelete(GraphCall call) => FolderRules.Delete(call, call.Folder("folder"));

    public static GraphAnswer Move(GraphCall call) =>
        One(call, HttpStatusCode.Created, FolderRules.Move(call, call.Folder("folder"), Destination(call, ItemKind.Message)));

    /// <summary>The folder the parameter of a move names.</summary>
    public static FolderRow Destination(GraphCall call, ItemKind kind)
    {
        string? id = Json.Find(call.Body, "DestinationId") is JsonElement value ? Json.Text(value, "DestinationId") : null;
        return id is null ? throw GraphException.Json("DestinationId is missing.") : call.FindFolder(id, kind);
    }

    private static FolderRow Parent(GraphCall call) =>
        call.Has("folder") ? call.Folder("folder") : call.FindFolder(FolderTable.RootName, ItemKind.Message);

    private static GraphAnswer One(GraphCall call, HttpStatusCode status, FolderRow folder) =>
        FolderLists.One(call, status, folder, FolderFields.Mail, "mailFolders");

    private static string? Name(JsonElement body) => body.TryGetProperty("displayName", out JsonElement name) ? Json.Text(name, "displayName") : null;
}
