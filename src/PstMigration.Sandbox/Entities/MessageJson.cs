namespace PstMigration.Sandbox;

/// <summary>A message in an answer.</summary>
internal static class MessageJson
{
    /// <summary>Checks <c>$select</c> and <c>$expand</c>.</summary>
    public static void Check(GraphCall call)
    {
        MessageFields.All.Check(call.Query.Select);
        MessageFields.All.Check(call.Query.Expand);
    }

    /// <summary>Writes a message that lies in a folder, with what is expanded.</summary>
    public static void Write(GraphCall call, JsonBody body, MailItem item)
    {
        body.Writer.WriteString("@odata.etag", Change.ETag(item.ChangeNumber));
        body.Writer.WriteString("id", call.ItemId(item));
        MessageFields.All.Write(call, body.Writer, item, call.Query.Select);
        foreach (ExpandOption option in call.Query.Expand)
        {
            if (option.IsExtendedProperties)
            {
                ExtendedProperties.Write(body, option, id => ExtendedProperties.Find(id, item, call.Store), call.Behaviour);
            }
            else if (option.Name == "attachments")
            {
                WriteAttachments(call, body, item, option);
            }
        }
    }

    private static void WriteAttachments(GraphCall call, JsonBody body, MailItem item, ExpandOption option)
    {
        List<AttachmentRow> rows = call.Store.Attachments.List(item.Number);
        AttachmentJson.Check(option.Select);
        body.Writer.WriteStartArray("attachments");
        foreach (AttachmentRow row in rows)
        {
            body.Writer.WriteStartObject();
            AttachmentJson.Write(call, body, item, row, option.Select, withItem: false);
            body.Writer.WriteEndObject();
        }

        body.Writer.WriteEndArray();
    }
}
