using System.Globalization;
using System.Text.Json;

namespace PstMigration.Sandbox;

/// <summary>The properties of a calendar item (resources/event).</summary>
internal static class EventFields
{
    private static readonly FieldFactory<EventRow> s_of = new(e => e.Item);
    private static readonly Dictionary<string, long> s_sensitivity = new() { ["normal"] = 0, ["personal"] = 1, ["private"] = 2, ["confidential"] = 3 };

    private static readonly Dictionary<string, long> s_busy = new() { ["free"] = 0, ["tentative"] = 1, ["busy"] = 2, ["oof"] = 3, ["workingElsewhere"] = 4, ["unknown"] = -1 };

    /// <summary>What an event has.</summary>
    public static readonly FieldSet<EventRow> All = new(
        "event",
        [
            s_of.Time("createdDateTime", i => i.Created),
            s_of.Time("lastModifiedDateTime", i => i.Modified),
            new("changeKey", (_, w, e) => w.WriteString("changeKey", Change.Key(e.Item.ChangeNumber))),
            s_of.Texts("categories", Tags.Keywords),
            s_of.Text("transactionId", EventTags.TransactionId),
            new("originalStartTimeZone", (_, w, e) => w.WriteString("originalStartTimeZone", e.Start?.Zone)),
            new("originalEndTimeZone", (_, w, e) => w.WriteString("originalEndTimeZone", e.End?.Zone)),
            new("iCalUId", (c, w, e) => w.WriteString("iCalUId", c.Store.MailboxGuid.ToString("N").ToUpperInvariant() + (e.Master ?? e.Item).Number.ToString("X16", CultureInfo.InvariantCulture))),
            s_of.Number("reminderMinutesBeforeStart", EventTags.ReminderMinutes, 15),
            s_of.Flag("isReminderOn", EventTags.IsReminderSet, byDefault: true),
            new("hasAttachments", (_, w, e) => w.WriteBoolean("hasAttachments", e.Item.AttachmentCount > 0)),
            s_of.Title("subject", Tags.Subject),
            new("bodyPreview", (_, w, e) => w.WriteString("bodyPreview", MessageBody.Preview(e.Item))),
            s_of.Importance(),
            s_of.Member("sensitivity", EventTags.Sensitivity, s_sensitivity, 0),
            s_of.Flag("isAllDay", EventTags.IsAllDay, byDefault: false),
            new("isCancelled", (_, w, _) => w.WriteBoolean("isCancelled", false)),
            new("isOrganizer", (_, w, _) => w.WriteBoolean("isOrganizer", true)),
            s_of.Flag("responseRequested", EventTags.ResponseRequested, byDefault: true),
            new("seriesMasterId", (c, w, e) => w.WriteString("seriesMasterId", e.Master is null ? null : c.ItemId(e.Master))),
            s_of.Member("showAs", EventTags.Busy, s_busy, 2),
            new("type", (_, w, e) => w.WriteString("type", e.Type)),
            new("webLink", (c, w, e) => w.WriteString("webLink", "https://outlook.office365.com/owa/?itemid=" + Uri.EscapeDataString(EventJson.Id(c, e)) + "&exvsurl=1&path=/calendar/item")),
            new("onlineMeetingUrl", (_, w, _) => w.WriteNull("onlineMeetingUrl")),
            new("isOnlineMeeting", (_, w, _) => w.WriteBoolean("isOnlineMeeting", false)),
            s_of.Flag("allowNewTimeProposals", EventTags.AllowNewTimeProposals, byDefault: true),
            new("isDraft", (_, w, _) => w.WriteBoolean("isDraft", false)),
            new("hideAttendees", (_, w, _) => w.WriteBoolean("hideAttendees", false)),
            new("responseStatus", WriteResponse),
            new("body", (c, w, e) => MessageBody.Write(w, "body", e.Item, c.TextBodies), (v, e) => MessageBody.Read(v, e.Item)),
            Time("start", e => e.Start, EventTags.LocalStart, EventTags.StartZone),
            Time("end", e => e.End, EventTags.LocalEnd, EventTags.EndZone),
            new("location", (_, w, e) => WriteLocation(w, "location", e), (v, e) => ReadLocation(v, e)),
            new("locations", WriteLocations),
            new("recurrence", WriteRecurrence, (v, e) => e.Item.Properties.Set(EventTags.Recurrence, v.ValueKind == JsonValueKind.Null ? null : SeriesRule.Read(v).ToText())),
            new("attendees", WriteAttendees, ReadAttendees),
            new("organizer", WriteOrganizer),
            new("originalStart", WriteOriginalStart),
            new("cancelledOccurrences", WriteCancelled) { ByDefault = false },
        ],
        "attachments",
        "calendar",
        "extensions",
        "instances",
        "exceptionOccurrences",
        ExpandOption.SingleValue,
        ExpandOption.MultiValue);

    /// <summary>What <c>$filter</c> and <c>$orderby</c> may name.</summary>
    public static readonly IReadOnlyDictionary<string, FilterTarget> Filters = new Dictionary<string, FilterTarget>
    {
        ["createdDateTime"] = FilterTarget.OfColumn(ExtendedType.SystemTime, "i.created"),
        ["lastModifiedDateTime"] = FilterTarget.OfColumn(ExtendedType.SystemTime, "i.modified"),
        ["subject"] = FilterTarget.OfProperty(Tags.Subject),
        ["start/dateTime"] = FilterTarget.OfProperty(EventTags.Start),
        ["end/dateTime"] = FilterTarget.OfProperty(EventTags.End),
        ["categories"] = FilterTarget.OfProperty(Tags.Keywords) with { IsCollection = true },
    };

    private static Field<EventRow> Time(string name, Func<EventRow, ZonedTime?> value, ExtendedPropertyId local, ExtendedPropertyId zone) => new(
        name,
        (c, w, e) =>
        {
            if (value(e) is not ZonedTime time)
            {
                w.WriteNull(name);
                return;
            }

            string wanted = c.Request.Preference("outlook.timezone") ?? "UTC";
            // A day is a day in whatever zone, unless the service should turn out to convert it.
            (e.IsAllDay && c.Behaviour.AnswersDaysAsMidnight ? time with { Zone = wanted } : time.In(wanted)).Write(w, name);
        },
        (v, e) =>
        {
            ZonedTime? time = ZonedTime.Read(v, name);
            e.Item.Properties.Set(local, time?.Text);
            e.Item.Properties.Set(zone, time?.Zone);
        });

    private static void WriteResponse(GraphCall call, Utf8JsonWriter writer, EventRow row)
    {
        writer.WriteStartObject("responseStatus");
        writer.WriteString("response", "organizer");
        writer.WriteString("time", "0001-01-01T00:00:00Z");
        writer.WriteEndObject();
    }

    private static void WriteLocation(Utf8JsonWriter writer, string? name, EventRow row)
    {
        if (name is null)
        {
            writer.WriteStartObject();
        }
        else
        {
            writer.WriteStartObject(name);
        }

        writer.WriteString("displayName", row.Item.Properties.GetString(EventTags.Location) ?? "");
        writer.WriteString("locationType", "default");
        writer.WriteEndObject();
    }

    private static void ReadLocation(JsonElement value, EventRow row)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            row.Item.Properties.Set(EventTags.Location, null);
            return;
        }

        foreach (JsonProperty property in Json.Object(value, "location"))
        {
            if (property.Name == "displayName")
            {
                string? text = Json.Text(property.Value, "displayName");
                row.Item.Properties.Set(EventTags.Location, text?.Length <= 255 ? text : throw GraphException.Property("The location is longer than 255 characters."));
            }
            else if (property.Name is not ("locationType" or "locationUri" or "uniqueId" or "uniqueIdType" or "address" or "coordinates" or "locationEmailAddress"))
            {
                Json.Unknown(property, "location");
            }
        }
    }

    private static void WriteLocations(GraphCall call, Utf8JsonWriter writer, EventRow row)
    {
        writer.WriteStartArray("locations");
        if (row.Item.Properties.GetString(EventTags.Location) is { Length: > 0 })
        {
            WriteLocation(writer, null, row);
        }

        writer.WriteEndArray();
    }

    private static void WriteRecurrence(GraphCall call, Utf8JsonWriter writer, EventRow row)
    {
        if (row.Rule is SeriesRule rule)
        {
            rule.Write(writer, "recurrence");
        }
        else
        {
            writer.WriteNull("recurrence");
        }
    }

    private static void WriteAttendees(GraphCall call, Utf8JsonWriter writer, EventRow row)
    {
        writer.WriteStartArray("attendees");
        foreach ((PersonKind kind, string type) in new[] { (PersonKind.To, "required"), (PersonKind.Cc, "optional"), (PersonKind.Bcc, "resource") })
        {
            foreach (Person person in row.Item.GetPeople(kind))
            {
                writer.WriteStartObject();
                writer.WriteString("type", type);
                writer.WriteStartObject("status");
                writer.WriteString("response", "none");
                writer.WriteString("time", "0001-01-01T00:00:00Z");
                writer.WriteEndObject();
                PeopleJson.WriteAddress(writer, "emailAddress", person);
                writer.WriteEndObject();
            }
        }

        writer.WriteEndArray();
    }

    private static void ReadAttendees(JsonElement value, EventRow row)
    {
        Dictionary<PersonKind, List<Person>> people = new() { [PersonKind.To] = [], [PersonKind.Cc] = [], [PersonKind.Bcc] = [] };
        foreach (JsonElement element in Json.Array(value, "attendees"))
        {
            string type = element.TryGetProperty("type", out JsonElement t) ? Json.Text(t, "type") ?? "required" : "required";
            PersonKind kind = type switch { "optional" => PersonKind.Cc, "resource" => PersonKind.Bcc, _ => PersonKind.To };
            people[kind].Add(element.TryGetProperty("emailAddress", out JsonElement address) ? PeopleJson.ReadAddress(address, "emailAddress") : throw Json.Mismatch("attendees", "an attendee"));
        }

        foreach (KeyValuePair<PersonKind, List<Person>> list in people)
        {
            row.Item.SetPeople(list.Key, list.Value);
        }
    }

    private static void WriteOrganizer(GraphCall call, Utf8JsonWriter writer, EventRow row)
    {
        writer.WriteStartObject("organizer");
        PeopleJson.WriteAddress(writer, "emailAddress", new Person(call.Store.Address, call.Store.Address));
        writer.WriteEndObject();
    }

    private static void WriteOriginalStart(GraphCall call, Utf8JsonWriter writer, EventRow row)
    {
        if (row.OriginalStart is ZonedTime original)
        {
            DateTime time = row.IsAllDay && call.Behaviour.AnswersDaysAsMidnight ? original.Local : original.Utc;
            writer.WriteString("originalStart", time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        }
    }

    private static void WriteCancelled(GraphCall call, Utf8JsonWriter writer, EventRow row)
    {
        writer.WriteStartArray("cancelledOccurrences");
        foreach (DateTime day in EventRow.Cancelled(row.Item).OrderBy(d => d))
        {
            writer.WriteStringValue("OID." + call.ItemId(row.Item) + "." + day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }

        writer.WriteEndArray();
    }
}
