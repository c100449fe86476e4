using System.Net;
using System.Text.Json;
using PstMigration.Formats;
using PstMigration.Mapi;

namespace PstMigration.Sandbox;

/// <summary>Items as FastTransfer streams (api/mailbox-exportitems). What cannot be exported is an error of that item within an answer that succeeded.</summary>
internal static class ExportHandlers
{
    /// <summary>The version the sandbox says its streams are of: none of Exchange's.</summary>
    private static readonly FastTransferVersion s_version = new(0x0F14, 0x8000, 0);

    /// <summary>What tells a stream the sandbox made, where it takes no others.</summary>
    private static readonly PropertyName s_origin = new(new Guid(ExtendedPropertyId.OwnSet), "Exported");

    public static GraphAnswer Export(GraphCall call)
    {
        string[] ids = [.. Json.Array(Json.Find(call.Body, "ItemIds") ?? throw GraphException.Json("ItemIds is missing."), "ItemIds").Select(i => Json.Text(i, "ItemIds") ?? "")];
        if (ids.Length == 0 || ids.Length > call.Options.Limits.ExportItems)
        {
            throw GraphException.BadRequest("ErrorInvalidArgument", $"ItemIds must name between 1 and {call.Options.Limits.ExportItems} items.");
        }

        JsonBody body = new();
        body.Writer.WriteStartObject();
        body.Writer.WriteString("@odata.context", call.Request.BaseUrl + "/$metadata#Collection(microsoft.graph.exportItemResponse)");
        body.Writer.WriteStartArray("value");
        foreach (string id in ids)
        {
            Write(call, body, id);
        }

        body.Writer.WriteEndArray();
        body.Writer.WriteEndObject();
        return new GraphAnswer(HttpStatusCode.OK, body.Finish());
    }

    /// <summary>Whether a stream was made by a sandbox, and not by whoever sends it.</summary>
    public static bool IsOwn(MapiItem item) => item.Properties.Contains(s_origin);

    /// <summary>Takes away what tells it.</summary>
    public static void ForgetOrigin(MapiItem item) => item.Properties.Remove(s_origin);

    private static void Write(GraphCall call, JsonBody body, string id)
    {
        Utf8JsonWriter writer = body.Writer;
        writer.WriteStartObject();
        writer.WriteString("itemId", id);
        try
        {
            MailItem item = MailboxItemHandlers.Find(call, id);
            MapiItem content = StoredItem.Read(call.Store, item);
            if (!call.Behaviour.ImportsForeignStreams)
            {
                content.Properties.Set(s_origin, true);
            }

            writer.WriteString("changeKey", Change.Key(item.ChangeNumber));
            body.WriteBase64("data", () => Stream(content));
        }
        catch (GraphException e)
        {
            writer.WriteStartObject("error");
            writer.WriteString("code", e.Code);
            writer.WriteString("message", e.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    // Made when it is read, so that of twenty large items one is in memory.
    private static MemoryStream Stream(MapiItem item)
    {
        MemoryStream stream = new();
        FastTransfer.Write(item, stream, s_version);
        stream.Position = 0;
        return stream;
    }
}
