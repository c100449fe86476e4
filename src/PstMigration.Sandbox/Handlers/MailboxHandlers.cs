using System.Net;
using System.Text.Json;

namespace PstMigration.Sandbox;

/// <summary>The mailbox itself.</summary>
internal static class MailboxHandlers
{
    private const int MostIds = 1000;

    /// <summary>What Graph calls primaryMailboxId.</summary>
    public static string MailboxId(MailboxStore store) => "MBX:" + store.MailboxGuid + "@" + store.MailboxGuid;

    public static GraphAnswer GetUser(GraphCall call)
    {
        JsonBody body = new();
        body.Writer.WriteStartObject();
        body.Writer.WriteString("@odata.context", call.Request.BaseUrl + "/$metadata#users/$entity");
        body.Writer.WriteString("id", call.Store.MailboxGuid.ToString());
        body.Writer.WriteString("displayName", call.Store.Address);
        body.Writer.WriteString("mail", call.Store.Address);
        body.Writer.WriteString("userPrincipalName", call.Store.Address);
        body.Writer.WriteEndObject();
        return new GraphAnswer(HttpStatusCode.OK, body.Finish());
    }

    public static GraphAnswer GetExchangeSettings(GraphCall call) => call.Entity(
        HttpStatusCode.OK,
        "settings/exchange",
        body =>
        {
            body.Writer.WriteString("primaryMailboxId", MailboxId(call.Store));
            if (MailboxAccess.KnowsArchives(call.Request, call.Behaviour))
            {
                body.Writer.WriteString("inPlaceArchiveMailboxId", call.Options.Archive is SandboxMailbox archive ? archive.MailboxId : null);
            }
        });

    public static GraphAnswer TranslateIds(GraphCall call)
    {
        string[] ids = Json.Array(Json.Find(call.Body, "inputIds") ?? throw GraphException.Json("inputIds is missing."), "inputIds")
            .Select(i => Json.Text(i, "inputIds") ?? "").ToArray();
        string target = Json.Find(call.Body, "targetIdType") is JsonElement type ? Json.Text(type, "targetIdType") ?? "" : "";
        if (ids.Length > MostIds || target is not ("restId" or "restImmutableEntryId"))
        {
            throw GraphException.BadRequest("ErrorInvalidArgument", $"At most {MostIds} ids, to restId or restImmutableEntryId.");
        }

        List<(string Source, string? Target)> translated = ids.Select(i => (i, Translate(call, i, target == "restImmutableEntryId"))).ToList();
        JsonBody body = new();
        Utf8JsonWriter writer = body.Writer;
        writer.WriteStartObject();
        writer.WriteString("@odata.context", call.Request.BaseUrl + "/$metadata#Collection(microsoft.graph.convertIdResult)");
        writer.WriteStartArray("value");
        foreach ((string source, string? result) in translated)
        {
            writer.WriteStartObject();
            writer.WriteString("sourceId", source);
            if (result is not null)
            {
                writer.WriteString("targetId", result);
            }
            else
            {
                writer.WriteStartObject("errorDetails");
                writer.WriteString("code", "ErrorItemNotFound");
                writer.WriteString("message", "The specified object was not found in the store.");
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        return new GraphAnswer(HttpStatusCode.OK, body.Finish());
    }

    private static string? Translate(GraphCall call, string text, bool immutable)
    {
        if (!GraphId.TryParse(text, call.Store.MailboxGuid, out GraphId id) || id.Kind is not (IdKind.Item or IdKind.Attachment)
            || call.Store.Items.Find(id.Number) is not MailItem item || (!id.IsImmutable && id.Generation != item.Generation))
        {
            return null;
        }

        return (id with { IsImmutable = immutable, Generation = item.Generation }).ToText(call.Store.MailboxGuid);
    }
}
