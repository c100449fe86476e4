using System.Net;
using System.Text.Json;

namespace PstMigration.Sandbox;

/// <summary>Attachments (resources/fileattachment, resources/itemattachment).</summary>
internal static class AttachmentJson
{
    /// <summary>What <c>$expand</c> names to see the item in an item attachment; compared without case.</summary>
    public const string ItemExpansion = "microsoft.graph.itemattachment/item";

    private const string FileType = "#microsoft.graph.fileAttachment";
    private const string ItemType = "#microsoft.graph.itemAttachment";
    private const string MessageType = "#microsoft.graph.message";
    private const string ContactType = "#microsoft.graph.contact";
    private const string FileCast = "microsoft.graph.fileAttachment/";

    private static readonly string[] s_common = ["id", "lastModifiedDateTime", "name", "contentType", "size", "isInline"];
    private static readonly string[] s_ofFiles = ["contentId", "contentLocation", "contentBytes"];

    /// <summary>Refuses a <c>$select</c> of unknown names; those only files have need the type before them.</summary>
    public static void Check(IReadOnlyCollection<string>? select)
    {
        string? unknown = select?.FirstOrDefault(n =>
            !s_common.Contains(n, StringComparer.OrdinalIgnoreCase) && !s_ofFiles.Any(f => string.Equals(FileCast + f, n, StringComparison.OrdinalIgnoreCase)));
        if (unknown is not null)
        {
            throw GraphException.Query($"Parsing OData Select and Expand failed: Could not find a property named '{unknown}' on type 'microsoft.graph.attachment'.");
        }
    }

    public static void Write(GraphCall call, JsonBody body, MailItem item, AttachmentRow row, IReadOnlyCollection<string>? select, bool withItem)
    {
        Utf8JsonWriter writer = body.Writer;
        writer.WriteString("@odata.type", row.Kind == AttachmentKind.File ? FileType : ItemType);
        writer.WriteString("@odata.mediaContentType", row.ContentType);
        writer.WriteString("id", call.AttachmentId(item, row));
        if (Wants("lastModifiedDateTime"))
        {
            writer.WriteString("lastModifiedDateTime", GraphTime.Format(row.Modified, call.Behaviour.AnswersWholeSeconds));
        }

        WriteText("name", row.Name, Wants("name"));
        WriteText("contentType", row.ContentType, Wants("contentType"));
        if (Wants("size"))
        {
            writer.WriteNumber("size", row.Size);
        }

        if (Wants("isInline"))
        {
            writer.WriteBoolean("isInline", row.IsInline);
        }

        if (row.Kind == AttachmentKind.File)
        {
            WriteText("contentId", row.ContentId, Wants(FileCast + "contentId"));
            WriteText("contentLocation", row.ContentLocation, Wants(FileCast + "contentLocation"));
            if (Wants(FileCast + "contentBytes") && row.Content is long content)
            {
                body.WriteBase64("contentBytes", call.Store.Contents.Opener(content));
            }
        }
        else if (withItem && call.Store.Items.Find(row.Embedded ?? 0) is MailItem embedded)
        {
            WriteItem(call, body, embedded);
        }

        bool Wants(string name) => select is null || select.Contains(name, StringComparer.OrdinalIgnoreCase);

        void WriteText(string name, string? text, bool wanted)
        {
            if (wanted)
            {
                writer.WriteString(name, text);
            }
        }
    }

    /// <summary>Stores an attachment of a request with a message that is stored already; who calls updates the message.</summary>
    public static AttachmentRow Add(GraphCall call, JsonElement element, MailItem item)
    {
        string? type = null;
        byte[]? bytes = null;
        JsonElement? nested = null;
        AttachmentRow row = new(0, item.Number, AttachmentKind.File, null, null, false, null, null, 0, call.Store.Now, null, null);
        foreach (JsonProperty property in Json.Object(element, "attachments"))
        {
            switch (property.Name)
            {
                case "@odata.type":
                    type = Json.Text(property.Value, property.Name);
                    break;
                case "name":
                    row = row with { Name = Json.Text(property.Value, property.Name) };
                    break;
                case "contentType":
                    row = row with { ContentType = Json.Text(property.Value, property.Name) };
                    break;
                case "isInline":
                    row = row with { IsInline = Json.Boolean(property.Value, property.Name) };
                    break;
                case "contentId":
                    row = row with { ContentId = Json.Text(property.Value, property.Name) };
                    break;
                case "contentLocation":
                    row = row with { ContentLocation = Json.Text(property.Value, property.Name) };
                    break;
                case "contentBytes":
                    bytes = property.Value.ValueKind == JsonValueKind.Null ? null : Json.Base64(property.Value, property.Name);
                    break;
                case "item":
                    nested = property.Value;
                    break;
                case "id" or "size" or "lastModifiedDateTime":
                    break;
                default:
                    Json.Unknown(property, "attachment");
                    break;
            }
        }

        row = type switch
        {
            FileType when nested is null => AddFile(call, row, bytes ?? throw GraphException.Property("contentBytes is missing.")),
            ItemType when bytes is null => AddItem(call, row, nested ?? throw GraphException.Property("item is missing.")),
            _ => throw GraphException.Json("An attachment must be a #microsoft.graph.fileAttachment with contentBytes or a #microsoft.graph.itemAttachment with an item."),
        };
        item.AttachmentCount += row.IsInline ? 0 : 1;
        return row;
    }

    /// <summary>Refuses an attachment that is too large.</summary>
    public static void CheckSize(GraphCall call, long size)
    {
        if (size > call.Options.Limits.AttachmentBytes)
        {
            throw new GraphException(HttpStatusCode.RequestEntityTooLarge, "ErrorMessageSizeExceeded", "The message exceeds the maximum supported size.");
        }
    }

    private static AttachmentRow AddFile(GraphCall call, AttachmentRow row, byte[] bytes)
    {
        CheckSize(call, bytes.Length);
        return call.Store.Attachments.Insert(row with { Size = bytes.Length, Content = call.Store.Contents.Create(bytes) });
    }

    private static AttachmentRow AddItem(GraphCall call, AttachmentRow row, JsonElement element)
    {
        Json.Object(element, "item");
        if (element.TryGetProperty("attachments", out JsonElement attachments) && Json.Array(attachments, "attachments").Any()
            && call.Behaviour.RefusesNestedAttachments)
        {
            throw GraphException.Property("An item in an item attachment cannot have attachments.");
        }

        MailItem embedded = new() { Kind = ItemKind.Embedded };
        switch (element.TryGetProperty("@odata.type", out JsonElement type) ? Json.Text(type, "@odata.type") : null)
        {
            case MessageType:
                MessageHandlers.ReadInto(element, embedded);
                MessageCreation.Complete(call.Store, call.Options, embedded, Json.OptionalBoolean(element, "isRead"));
                break;
            case ContactType:
                ContactHandlers.ReadInto(element, embedded);
                ContactHandlers.Complete(call, embedded);
                break;
            default:
                throw GraphException.Json("The item of an item attachment must be a #microsoft.graph.message or a #microsoft.graph.contact.");
        }

        call.Store.Items.Insert(embedded);
        return call.Store.Attachments.Insert(row with { Kind = AttachmentKind.Item, Embedded = embedded.Number, Size = element.GetRawText().Length });
    }

    private static void WriteItem(GraphCall call, JsonBody body, MailItem embedded)
    {
        bool contact = embedded.Properties.GetString(Tags.MessageClass)?.StartsWith("IPM.Contact", StringComparison.OrdinalIgnoreCase) == true;
        body.Writer.WriteStartObject("item");
        body.Writer.WriteString("@odata.type", contact ? ContactType : MessageType);
        body.Writer.WriteString("id", call.ItemId(embedded));
        (contact ? ContactFields.All : MessageFields.All).Write(call, body.Writer, embedded, null);
        body.Writer.WriteEndObject();
    }
}
