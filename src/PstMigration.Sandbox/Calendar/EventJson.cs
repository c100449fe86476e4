namespace PstMigration.Sandbox;

/// <summary>A calendar item in an answer.</summary>
internal static class EventJson
{
    /// <summary>Checks <c>$select</c> and <c>$expand</c>.</summary>
    public static void Check(GraphCall call)
    {
        EventFields.All.Check(call.Query.Select);
        EventFields.All.Check(call.Query.Expand);
    }

    /// <summary>The id: an occurrence has one of its own, whether it was changed or not.</summary>
    public static string Id(GraphCall call, EventRow row) => row.Master is null ? call.ItemId(row.Item)
        : new GraphId(IdKind.Occurrence, call.ImmutableIds, row.Master.Number, row.Master.Generation, (long)(row.Day!.Value - EventRow.Epoch).TotalDays).ToText(call.Store.MailboxGuid);

    /// <summary>Writes one with what is expanded.</summary>
    public static void Write(GraphCall call, JsonBody body, EventRow row)
    {
        Write(call, body, row, call.Query.Select);
        foreach (ExpandOption option in call.Query.Expand)
        {
            if (option.IsExtendedProperties)
            {
                ExtendedProperties.Write(body, option, id => ExtendedProperties.Find(id, row.Item, call.Store), call.Behaviour);
            }
            else if (option.Name == "exceptionOccurrences" && !row.IsOccurrence)
            {
                body.Writer.WriteStartArray("exceptionOccurrences");
                foreach (EventRow changed in EventRow.Changed(call.Store, row.Item).OrderBy(e => e.Day))
                {
                    body.Writer.WriteStartObject();
                    Write(call, body, changed, option.Select);
                    body.Writer.WriteEndObject();
                }

                body.Writer.WriteEndArray();
            }
        }
    }

    private static void Write(GraphCall call, JsonBody body, EventRow row, IReadOnlyCollection<string>? select)
    {
        body.Writer.WriteString("@odata.etag", Change.ETag(row.Item.ChangeNumber));
        body.Writer.WriteString("id", Id(call, row));
        EventFields.All.Write(call, body.Writer, row, select);
    }
}
