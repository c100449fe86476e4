using System.Globalization;
using System.Text.Json;

namespace PstMigration.Sandbox;

/// <summary>The follow-up flag of a message (resources/followupflag).</summary>
internal static class FollowUp
{
    /// <summary>Names and PidTagFlagStatus.</summary>
    public static readonly IReadOnlyDictionary<string, long> Statuses =
        new Dictionary<string, long> { ["notFlagged"] = 0, ["complete"] = 1, ["flagged"] = 2 };

    private static readonly (string Name, ExtendedPropertyId Id)[] s_times =
    [
        ("startDateTime", Tags.FlagStart), ("dueDateTime", Tags.FlagDue), ("completedDateTime", Tags.FlagCompleteTime),
    ];

    public static void Write(GraphCall call, Utf8JsonWriter writer, MailItem item)
    {
        long status = item.Properties.GetNumber(Tags.FlagStatus) ?? 0;
        writer.WriteStartObject("flag");
        writer.WriteString("flagStatus", Statuses.FirstOrDefault(s => s.Value == status).Key ?? "notFlagged");
        foreach ((string name, ExtendedPropertyId id) in s_times)
        {
            if (item.Properties.GetNumber(id) is long time)
            {
                writer.WriteStartObject(name);
                writer.WriteString("dateTime", DateTime.FromFileTimeUtc(time).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture));
                writer.WriteString("timeZone", "UTC");
                writer.WriteEndObject();
            }
        }

        writer.WriteEndObject();
    }

    public static void Read(JsonElement value, MailItem item)
    {
        foreach (JsonProperty property in Json.Object(value, "flag"))
        {
            if (property.Name == "flagStatus")
            {
                item.Properties.Set(Tags.FlagStatus, Json.Member(property.Value, "flagStatus", Statuses));
            }
            else if (Array.Find(s_times, t => t.Name == property.Name) is { Id: not null } time)
            {
                item.Properties.Set(time.Id, property.Value.ValueKind == JsonValueKind.Null ? null : ReadTime(property.Value, property.Name));
            }
            else
            {
                Json.Unknown(property, "followupFlag");
            }
        }
    }

    // resources/datetimetimezone: a local time and the zone it is local in.
    private static long ReadTime(JsonElement value, string name)
    {
        string? text = null;
        string zone = "UTC";
        foreach (JsonProperty property in Json.Object(value, name))
        {
            switch (property.Name)
            {
                case "dateTime":
                    text = Json.Text(property.Value, "dateTime");
                    break;
                case "timeZone":
                    zone = Json.Text(property.Value, "timeZone") ?? "UTC";
                    break;
                default:
                    Json.Unknown(property, "dateTimeTimeZone");
                    break;
            }
        }

        if (!GraphTime.TryParse(text, out long time))
        {
            throw Json.Mismatch(name, "a time");
        }

        if (zone == "UTC" || text!.EndsWith("Z", StringComparison.OrdinalIgnoreCase))
        {
            return time;
        }

        try
        {
            DateTime local = DateTime.SpecifyKind(DateTime.FromFileTimeUtc(time), DateTimeKind.Unspecified);
            return TimeZoneInfo.ConvertTimeToUtc(local, TimeZoneInfo.FindSystemTimeZoneById(zone)).ToFileTimeUtc();
        }
        catch (Exception e) when (e is TimeZoneNotFoundException or InvalidTimeZoneException or ArgumentException)
        {
            throw GraphException.BadRequest("TimeZoneNotSupportedException", $"A valid TimeZone value must be specified. The following TimeZone value is not supported: '{zone}'.");
        }
    }
}
