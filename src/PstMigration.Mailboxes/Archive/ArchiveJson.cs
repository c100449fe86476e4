using System.Text.Json;

namespace PstMigration.Mailboxes;

/// <summary>Reads members of answers that may be wanting or of another kind.</summary>
internal static class ArchiveJson
{
    /// <summary>A member of an object; null where there is none.</summary>
    public static JsonElement? Member(JsonElement? value, string name) =>
        value is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out JsonElement member) ? member : null;

    /// <summary>A text; null where there is none.</summary>
    public static string? Text(JsonElement? value, string name) => Member(value, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>A number; null where there is none.</summary>
    public static long? Number(JsonElement? value, string name) => Member(value, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out long found) ? found : null;

    /// <summary>A time; null where there is none.</summary>
    public static DateTimeOffset? Time(JsonElement? value, string name) => Member(value, name) is { ValueKind: JsonValueKind.String } time && time.TryGetDateTimeOffset(out DateTimeOffset found) ? found : null;

    /// <summary>The elements of a list; none where there is none.</summary>
    public static IEnumerable<JsonElement> List(JsonElement? value, string name) => Member(value, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];
}
