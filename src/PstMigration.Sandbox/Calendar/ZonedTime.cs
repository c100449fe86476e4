using System.Globalization;
using System.Text.Json;

namespace PstMigration.Sandbox;

/// <summary>A time on the clocks of a zone (resources/datetimetimezone).</summary>
/// <param name="Local">The time.</param>
/// <param name="Zone">The zone's name, of Windows or of IANA.</param>
internal sealed record ZonedTime(DateTime Local, string Zone)
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fffffff";

    private static readonly string[] s_formats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

    /// <summary>The point in time.</summary>
    public DateTime Utc => TimeZoneInfo.ConvertTimeToUtc(Valid(Local, Find(Zone)), Find(Zone));

    /// <summary>Reads one of a request; null where it is null.</summary>
    public static ZonedTime? Read(JsonElement value, string name)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        string? time = null;
        string? zone = null;
        foreach (JsonProperty property in Json.Object(value, name))
        {
            switch (property.Name)
            {
                case "dateTime":
                    time = Json.Text(property.Value, "dateTime");
                    break;
                case "timeZone":
                    zone = Json.Text(property.Value, "timeZone");
                    break;
                default:
                    Json.Unknown(property, "dateTimeTimeZone");
                    break;
            }
        }

        DateTime local = Parse(time) ?? throw GraphException.Property($"Cannot convert the value '{time}' of '{name}' to a time.");
        Find(zone ?? throw GraphException.Property($"The timeZone of '{name}' is missing."));
        return new ZonedTime(local, zone);
    }

    /// <summary>A stored time.</summary>
    public static ZonedTime? Stored(string? local, string? zone) => Parse(local) is DateTime time && zone is not null ? new ZonedTime(time, zone) : null;

    /// <summary>As it is stored.</summary>
    public string Text => Local.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>The same point in time on the clocks of another zone.</summary>
    public ZonedTime In(string zone) => string.Equals(zone, Zone, StringComparison.OrdinalIgnoreCase) ? this
        : new ZonedTime(DateTime.SpecifyKind(TimeZoneInfo.ConvertTimeFromUtc(Utc, Find(zone)), DateTimeKind.Unspecified), zone);

    /// <summary>Writes it.</summary>
    public void Write(Utf8JsonWriter writer, string name)
    {
        writer.WriteStartObject(name);
        writer.WriteString("dateTime", Text);
        writer.WriteString("timeZone", Zone);
        writer.WriteEndObject();
    }

    /// <summary>The zone with a name.</summary>
    /// <exception cref="GraphException">400: there is none.</exception>
    public static TimeZoneInfo Find(string name)
    {
        try
        {
            return TimeZoneInfo.FindSystemTimeZoneById(name);
        }
        catch (Exception e) when (e is TimeZoneNotFoundException or InvalidTimeZoneException or System.Security.SecurityException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw GraphException.BadRequest("TimeZoneNotSupportedException", $"A valid TimeZone value must be specified. The following TimeZone value is not supported: '{name}'.");
        }
    }

    private static DateTime? Parse(string? text) =>
        DateTime.TryParseExact(text, s_formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time) && time.Year is >= 1601 and < 4500
            ? DateTime.SpecifyKind(time, DateTimeKind.Unspecified)
            : null;

    /// <summary>A time the clocks were set forward over is that of the clock before.</summary>
    private static DateTime Valid(DateTime local, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(30);
        }

        return local;
    }
}
