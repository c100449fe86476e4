using System.Net;
using System.Text.Json;

namespace PstMigration.Sandbox;

/// <summary>Contact folders. Those of a mailbox lie below its Contacts folder.</summary>
internal static class ContactFolderHandlers
{
    public static GraphAnswer List(GraphCall call) => FolderLists.List(call, Parent(call), FolderFields.Contacts, "contactFolders");

    public static GraphAnswer Count(GraphCall call) => FolderLists.Count(call, Parent(call));

    public static GraphAnswer Get(GraphCall call) => One(call, HttpStatusCode.OK, Folder(call));

    public static GraphAnswer Create(GraphCall call)
    {
        FolderRow parent = Parent(call);
        return One(call, HttpStatusCode.Created, FolderRules.Create(call, parent, Name(call, parent), hidden: false));
    }

    public static GraphAnswer Update(GraphCall call)
    {
        FolderRow folder = Folder(call);
        string? name = Name(call, folder);
        FolderRules.SetProperties(call, folder);
        return One(call, HttpStatusCode.OK, name is null ? folder : FolderRules.Rename(call, folder, name));
    }

    public static GraphAnswer Delete(GraphCall call) => FolderRules.Delete(call, Folder(call));

    public static GraphAnswer PermanentDelete(GraphCall call) => FolderRules.Delete(call, Folder(call));

    private static FolderRow Folder(GraphCall call) => call.Folder("folder", ItemKind.Contact);

    private static FolderRow Parent(GraphCall call) => call.Has("folder") ? Folder(call) : call.FindFolder("contacts", ItemKind.Contact);

    private static string? Name(GraphCall call, FolderRow folder)
    {
        FolderFields.Contacts.Read(call.Body, folder);
        return call.Body.TryGetProperty("displayName", out JsonElement name) ? Json.Text(name, "displayName") : null;
    }

    private static GraphAnswer One(GraphCall call, HttpStatusCode status, FolderRow folder) =>
        FolderLists.One(call, status, folder, FolderFields.Contacts, "contactFolders");
}
