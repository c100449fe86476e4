using System.Net;
using System.Text.Json;

namespace PstMigration.Sandbox;

/// <summary>Files of tasks (resources/taskfileattachment).</summary>
internal static class TaskAttachmentHandlers
{
    private const string FileType = "#microsoft.graph.taskFileAttachment";

    public static GraphAnswer List(GraphCall call)
    {
        call.Query.Allow("$top", "$skip");
        MailItem item = TaskHandlers.Item(call);
        List<AttachmentRow> rows = call.Store.Attachments.List(item.Number);
        int size = ItemLists.PageSize(call, byDefault: 100);
        return call.Collection(
            "todo/lists/tasks/attachments",
            rows.Skip((int)call.Query.Skip).Take(size),
            (body, row) => Write(call, body, item, row, withBytes: false),
            body => ItemLists.WriteLinks(call, body, null, rows.Count > call.Query.Skip + size));
    }

    public static GraphAnswer Get(GraphCall call)
    {
        MailItem item = TaskHandlers.Item(call);
        AttachmentRow row = call.Attachment("attachment", item);
        return call.Entity(HttpStatusCode.OK, "todo/lists/tasks/attachments", body => Write(call, body, item, row, withBytes: true));
    }

    public static GraphAnswer GetValue(GraphCall call)
    {
        AttachmentRow row = call.Attachment("attachment", TaskHandlers.Item(call));
        return new GraphAnswer(HttpStatusCode.OK, new AnswerBody("application/octet-stream", call.Store.Contents.Opener(row.Content ?? throw GraphException.ItemNotFound())));
    }

    public static GraphAnswer Create(GraphCall call)
    {
        MailItem item = TaskHandlers.Item(call);
        string? type = null;
        string? name = null;
        string? contentType = null;
        byte[]? bytes = null;
        foreach (JsonProperty property in call.Body.EnumerateObject())
        {
            switch (property.Name)
            {
                case "@odata.type":
                    type = Json.Text(property.Value, property.Name);
                    break;
                case "name":
                    name = Json.Text(property.Value, property.Name);
                    break;
                case "contentType":
                    contentType = Json.Text(property.Value, property.Name);
                    break;
                case "contentBytes":
                    bytes = Json.Base64(property.Value, property.Name);
                    break;
                case "id" or "size" or "lastModifiedDateTime":
                    break;
                default:
                    Json.Unknown(property, "taskFileAttachment");
                    break;
            }
        }

        if (type != FileType || bytes is null || string.IsNullOrEmpty(name))
        {
            throw GraphException.BadRequest("invalidRequest", "A file needs @odata.type #microsoft.graph.taskFileAttachment, a name and contentBytes.");
        }

        if (bytes.Length > call.Options.Limits.UploadSessionBytes)
        {
            throw new GraphException(HttpStatusCode.RequestEntityTooLarge, "ErrorMessageSizeExceeded", "The file is too large for one request.");
        }

        AttachmentRow row = call.Store.Attachments.Insert(
            new AttachmentRow(0, item.Number, AttachmentKind.File, name, contentType, false, null, null, bytes.Length, call.Store.Now, call.Store.Contents.Create(bytes), null));
        item.AttachmentCount++;
        call.Store.Items.Update(item);
        return call.Entity(HttpStatusCode.Created, "todo/lists/tasks/attachments", body => Write(call, body, item, row, withBytes: false));
    }

    private static void Write(GraphCall call, JsonBody body, MailItem item, AttachmentRow row, bool withBytes)
    {
        body.Writer.WriteString("@odata.type", FileType);
        body.Writer.WriteString("id", call.AttachmentId(item, row));
        body.Writer.WriteString("name", row.Name);
        body.Writer.WriteString("contentType", row.ContentType);
        body.Writer.WriteNumber("size", row.Size);
        body.Writer.WriteString("lastModifiedDateTime", GraphTime.Format(row.Modified, call.Behaviour.AnswersWholeSeconds));
        if (withBytes && row.Content is long content)
        {
            body.WriteBase64("contentBytes", call.Store.Contents.Opener(content));
        }
    }
}
