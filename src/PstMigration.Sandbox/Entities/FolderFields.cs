namespace PstMigration.Sandbox;

/// <summary>The properties of folders (resources/mailfolder, resources/contactfolder).</summary>
internal static class FolderFields
{
    public static readonly FieldSet<FolderRow> Mail = new(
        "mailFolder",
        [
            new("displayName", (_, w, f) => w.WriteString("displayName", f.Name), Ignore),
            new("parentFolderId", (c, w, f) => w.WriteString("parentFolderId", c.FolderId(f.Parent))),
            new("childFolderCount", (c, w, f) => w.WriteNumber("childFolderCount", c.Store.Folders.CountChildren(f))),
            new("unreadItemCount", (c, w, f) => w.WriteNumber("unreadItemCount", c.Store.Folders.CountUnread(f))),
            new("totalItemCount", (c, w, f) => w.WriteNumber("totalItemCount", c.Store.Folders.CountItems(f))),
            new("isHidden", (_, w, f) => w.WriteBoolean("isHidden", f.IsHidden), Ignore),
        ],
        "childFolders",
        "messages",
        "messageRules",
        ExpandOption.SingleValue,
        ExpandOption.MultiValue);

    public static readonly FieldSet<FolderRow> Contacts = new(
        "contactFolder",
        [
            new("displayName", (_, w, f) => w.WriteString("displayName", f.Name), Ignore),
            new("parentFolderId", (c, w, f) => w.WriteString("parentFolderId", c.FolderId(f.Parent))),
        ],
        "childFolders",
        "contacts",
        ExpandOption.SingleValue,
        ExpandOption.MultiValue);

    public static readonly IReadOnlyDictionary<string, FilterTarget> Filters = new Dictionary<string, FilterTarget>
    {
        ["displayName"] = FilterTarget.OfColumn(ExtendedType.String, "f.name"),
        ["isHidden"] = FilterTarget.OfColumn(ExtendedType.Boolean, "f.hidden"),
    };

    // What a request sets is taken out of it by the handler: rows of folders are not changed in place.
    private static void Ignore(System.Text.Json.JsonElement value, FolderRow folder)
    {
    }
}
