using System.Text.Json;

namespace PstMigration.Sandbox;

/// <summary>The properties of a task (resources/todotask).</summary>
internal static class TaskFields
{
    private static readonly FieldFactory<MailItem> s_of = new(i => i);
    private static readonly Dictionary<string, long> s_status = new() { ["notStarted"] = 0, ["inProgress"] = 1, ["completed"] = 2, ["waitingOnOthers"] = 3, ["deferred"] = 4 };

    /// <summary>What a task has.</summary>
    public static readonly FieldSet<MailItem> All = new(
        "todoTask",
        [
            s_of.Importance(),
            s_of.Flag("isReminderOn", EventTags.IsReminderSet),
            s_of.Member("status", TaskTags.Status, s_status, 0),
            s_of.Title("title", Tags.Subject),
            s_of.Time("createdDateTime", i => i.Created),
            s_of.Time("lastModifiedDateTime", i => i.Modified),
            s_of.Time("bodyLastModifiedDateTime", i => i.Modified),
            new("hasAttachments", (_, w, i) => w.WriteBoolean("hasAttachments", i.AttachmentCount > 0)),
            s_of.Texts("categories", Tags.Keywords),
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

    private static void WriteRecurrence(GraphCall call, Utf8JsonWriter writer, MailItem item)
    {
        if (item.Properties.GetString(EventTags.Recurrence) is string text)
        {
            SeriesRule.Stored(text).Write(writer, "recurrence");
        }
    }
}
