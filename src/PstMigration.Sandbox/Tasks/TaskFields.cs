using System.Text.Json;

namespace PstMigration.Sandbox;

/// <summary>The properties of a task (resources/todotask).</summary>
internal static class TaskFields
{
    private static readonly Dictionary<string, long> s_importance = new() { ["low"] = 0, ["normal"] = 1, ["high"] = 2 };
    private static readonly Dictionary<string, long> s_status = new() { ["notStarted"] = 0, ["inProgress"] = 1, ["completed"] = 2, ["waitingOnOthers"] = 3, ["deferred"] = 4 };

    /// <summary>What a task has.</summary>
    public static readonly FieldSet<MailItem> All = new(
        "todoTask",
        [
            new("importance", (_, w, i) => w.WriteString("importance", s_importance.First(m => m.Value == (i.Properties.GetNumber(Tags.Importance) ?? 1)).Key), (v, i) => i.Properties.Set(Tags.Importance, Json.Member(v, "importance", s_importance))),
            new("isReminderOn", (_, w, i) => w.WriteBoolean("isReminderOn", i.Properties.GetNumber(EventTags.IsReminderSet) == 1), (v, i) => i.Properties.Set(EventTags.IsReminderSet, Json.Boolean(v, "isReminderOn") ? 1L : 0L)),
            new("status", (_, w, i) => w.WriteString("status", s_status.First(m => m.Value == (i.Properties.GetNumber(TaskTags.Status) ?? 0)).Key), (v, i) => i.Properties.Set(TaskTags.Status, Json.Member(v, "status", s_status))),
            new("title", (_, w, i) => w.WriteString("title", i.Properties.GetString(Tags.Subject) ?? ""), (v, i) => i.Properties.Set(Tags.Subject, Json.Text(v, "title"))),
            new("createdDateTime", (c, w, i) => w.WriteString("createdDateTime", GraphTime.Format(i.Created, c.Behaviour.AnswersWholeSeconds))),
            new("lastModifiedDateTime", (c, w, i) => w.WriteString("lastModifiedDateTime", GraphTime.Format(i.Modified, c.Behaviour.AnswersWholeSeconds))),
            new("bodyLastModifiedDateTime", (c, w, i) => w.WriteString("bodyLastModifiedDateTime", GraphTime.Format(i.Modified, c.Behaviour.AnswersWholeSeconds))),
            new("hasAttachments", (_, w, i) => w.WriteBoolean("hasAttachments", i.AttachmentCount > 0)),
            new("categories", WriteCategories, (v, i) => i.Properties.SetAll(Tags.Keywords, [.. Json.Array(v, "categories").Select(t => (object)(Json.Text(t, "categories") ?? throw Json.Mismatch("categories", "a string")))])),
            new("body", (_, w, i) => MessageBody.Write(w, "body", i, asText: false), MessageBody.Read),
            Time("startDateTime", TaskTags.Start),
            Time("dueDateTime", TaskTags.Due),
            Time("completedDateTime", TaskTags.Completed),
            Time("reminderDateTime", TaskTags.Reminder),
            new("recurrence", WriteRecurrence, (v, i) => i.Properties.Set(EventTags.Recurrence, v.ValueKind == JsonValueKind.Null ? null : SeriesRule.Read(v).ToText())),
        ],
        "extensions",
        "attachments",
        "checklistItems",
        "linkedResources");

    /// <summary>What <c>$filter</c> and <c>$orderby</c> may name.</summary>
    public static readonly IReadOnlyDictionary<string, FilterTarget> Filters = new Dictionary<string, FilterTarget>
    {
        ["createdDateTime"] = FilterTarget.OfColumn(ExtendedType.SystemTime, "i.created"),
        ["lastModifiedDateTime"] = FilterTarget.OfColumn(ExtendedType.SystemTime, "i.modified"),
        ["title"] = FilterTarget.OfProperty(Tags.Subject),
        ["status"] = FilterTarget.OfProperty(TaskTags.Status) with { Names = s_status },
    };

    private static Field<MailItem> Time(string name, ExtendedPropertyId id) => new(
        name,
        (_, w, i) =>
        {
            // A task without one has no such property in answers.
            if (ZonedTime.Stored(i.Properties.GetString(id), "UTC") is ZonedTime time)
            {
                time.Write(w, name);
            }
        },
        (v, i) => i.Properties.Set(id, ZonedTime.Read(v, name)?.In("UTC").Text));

    private static void WriteCategories(GraphCall call, Utf8JsonWriter writer, MailItem item)
    {
        writer.WriteStartArray("categories");
        foreach (string category in item.Properties.GetStrings(Tags.Keywords))
        {
            writer.WriteStringValue(category);
        }

        writer.WriteEndArray();
    }

    private static void WriteRecurrence(GraphCall call, Utf8JsonWriter writer, MailItem item)
    {
        if (item.Properties.GetString(EventTags.Recurrence) is string text)
        {
            SeriesRule.Stored(text).Write(writer, "recurrence");
        }
    }
}
