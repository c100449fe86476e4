using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PstMigration.Formats;

/// <summary>Text and times as JSON takes them.</summary>
internal static class JsonText
{
    /// <summary>ISO 8601 with the offset.</summary>
    public static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);

    /// <summary>Writes a time, or null.</summary>
    public static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is DateTimeOffset given)
        {
            json.WriteString(name, Time(given));
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
