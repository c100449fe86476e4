using System.Net;
using System.Text.Json;
using PstMigration.Formats;
using PstMigration.Mapi;

namespace PstMigration.Sandbox;

/// <summary>
/// Import of items (api/mailbox-createimportsession, concepts/import-exchange-mailbox-item): a session gives an address that is the permission, so that a bearer token sent to it is an error;
/// one item is posted to it at a time, any number until it expires.
/// </summary>
internal static class ImportHandlers
{
    private const string OutlookBase = "https://outlook.office365.com";
    private const string Action = "importItem";

    /// <summary>Whether a path is that of an import address.</summary>
    public static bool IsImport(IReadOnlyList<string> segments) =>
        segments.Count == 4 && UploadHandlers.IsUpload(segments) && string.Equals(segments[3], Action, StringComparison.OrdinalIgnoreCase);

    /// <summary>Opens a session.</summary>
    public static GraphAnswer CreateSession(GraphCall call)
    {
        string secret = UploadHandlers.NewSecret();
        long expires = call.Store.Now + call.Options.ImportSessionLifetime.Ticks;
        call.Store.Imports.Insert(secret, expires);
        string address = UploadHandlers.Authority(call, OutlookBase) + "/api/gv1.0/Mailboxes('" + MailboxHandlers.MailboxId(call.Store) + "')/" + Action + "?authtoken=" + secret;
        JsonBody body = new();
        body.Writer.WriteStartObject();
        body.Writer.WriteString("@odata.context", call.Request.BaseUrl + "/$metadata#microsoft.graph.mailboxItemImportSession");
        body.Writer.WriteString("importUrl", address);
        body.Writer.WriteString("expirationDateTime", GraphTime.Format(expires, wholeSeconds: false));
        body.Writer.WriteEndObject();
        return new GraphAnswer(HttpStatusCode.OK, body.Finish());
    }

    /// <summary>Takes an item.</summary>
    public static GraphAnswer Import(GraphCall call)
    {
        CheckSession(call);
        Order order = Read(call.Body);
        FolderRow folder = call.Has("folder") ? MailboxFolderHandlers.Find(call, call.Parameter("folder")) : MailboxFolderHandlers.Find(call, order.FolderId);
        MailItem? old = order.ItemId is null ? null : Existing(call, order, folder);
        MailItem item = StoredItem.Write(call, Content(call, order.Data), folder, old);
        JsonBody body = new();
        body.Writer.WriteStartObject();
        body.Writer.WriteString("@odata.context", new Uri(call.Request.BaseUrl).GetLeftPart(UriPartial.Authority) + "/api/gv1.0/$metadata#microsoft.graph.importMailboxItemResponse");
        body.Writer.WriteString("itemId", call.ItemId(item));
        body.Writer.WriteString("changeKey", Change.Key(item.ChangeNumber));
        body.Writer.WriteEndObject();
        return new GraphAnswer(HttpStatusCode.OK, body.Finish());
    }

    private static void CheckSession(GraphCall call)
    {
        if (call.Request.Header("Authorization") is not null)
        {
            throw new GraphException(HttpStatusCode.Unauthorized, "InvalidAuthenticationToken", "An import URL is used without an Authorization header.");
        }

        if (!call.Store.Imports.IsOpen(call.Query.Value("authtoken") ?? "", call.Store.Now))
        {
            throw new GraphException(HttpStatusCode.Unauthorized, "InvalidAuthenticationToken", "The import session was not found or has expired.");
        }
    }

    private static Order Read(JsonElement body)
    {
        Dictionary<string, string?> values = new(StringComparer.Ordinal);
        foreach (JsonProperty property in Json.Object(body, "import"))
        {
            if (property.Name is not ("FolderId" or "Mode" or "Data" or "ItemId" or "ChangeKey"))
            {
                throw GraphException.Json($"The property '{property.Name}' is not one of FolderId, Mode, Data, ItemId and ChangeKey.");
            }

            values[property.Name] = Json.Text(property.Value, property.Name);
        }

        Order order = new(Required("FolderId"), Required("Data"), Optional("ItemId"), Optional("ChangeKey"));
        switch (Required("Mode"))
        {
            case "create" when order.ItemId is not null || order.ChangeKey is not null:
                throw GraphException.BadRequest("ErrorInvalidRequest", "ItemId and ChangeKey cannot be specified in create mode.");
            case "update" when order.ItemId is null || order.ChangeKey is null:
                throw GraphException.BadRequest("ErrorInvalidRequest", "ItemId and ChangeKey are required in update mode.");
            case "create" or "update":
                return order;
            default:
                throw GraphException.BadRequest("ErrorInvalidRequest", "Mode must be create or update.");
        }

        string Required(string name) => Optional(name) is { Length: > 0 } text ? text : throw GraphException.BadRequest("ErrorInvalidRequest", name + " is required.");

        string? Optional(string name) => values.TryGetValue(name, out string? text) ? text : null;
    }

    // The version has to be the one there is, and the item in the folder that is named.
    private static MailItem Existing(GraphCall call, Order order, FolderRow folder)
    {
        MailItem item = MailboxItemHandlers.Find(call, order.ItemId!);
        return item.Folder != folder.Number ? throw GraphException.ItemNotFound()
            : Change.Key(item.ChangeNumber) != order.ChangeKey
                ? throw new GraphException(HttpStatusCode.Conflict, "ErrorIrresolvableConflict", "The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.")
            : item;
    }

    private static MapiItem Content(GraphCall call, string data)
    {
        byte[] blob;
        try
        {
            blob = Convert.FromBase64String(data);
        }
        catch (FormatException)
        {
            throw GraphException.BadRequest("ErrorInvalidRequest", "Data is not valid base64.");
        }

        MapiItem item;
        try
        {
            item = FastTransfer.Read(blob);
        }
        catch (MailDataException e) when (e.Error == FormatErrorIds.FastTransferUnreadable)
        {
            throw GraphException.BadRequest("ErrorCorruptData", "The stream is not a FastTransfer stream of an item.");
        }

        bool isOwn = ExportHandlers.IsOwn(item);
        ExportHandlers.ForgetOrigin(item);
        return isOwn || call.Behaviour.ImportsForeignStreams ? item : throw GraphException.BadRequest("ErrorCorruptData", "The stream was not made by an export.");
    }

    private sealed record Order(string FolderId, string Data, string? ItemId, string? ChangeKey);
}
