using System.Text.Json;

namespace PstMigration.Sandbox;

/// <summary>
/// <c>internetMessageHeaders</c>: given from the transport headers; set only for names that begin with x-, which is what the service takes.
/// </summary>
internal static class InternetHeaders
{
    public static void Write(GraphCall call, Utf8JsonWriter writer, MailItem item)
    {
        writer.WriteStartArray("internetMessageHeaders");
        foreach ((string name, string value) in Parse(item.Properties.GetString(Tags.TransportHeaders) ?? ""))
        {
            writer.WriteStartObject();
            writer.WriteString("name", name);
            writer.WriteString("value", value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public static void Read(JsonElement value, MailItem item)
    {
        List<string> lines = [];
        foreach (JsonElement element in Json.Array(value, "internetMessageHeaders"))
        {
            string name = "";
            string text = "";
            foreach (JsonProperty property in Json.Object(element, "internetMessageHeaders"))
            {
                switch (property.Name)
                {
                    case "name":
                        name = Json.Text(property.Value, "name") ?? "";
                        break;
                    case "value":
                        text = Json.Text(property.Value, "value") ?? "";
                        break;
                    default:
                        Json.Unknown(property, "internetMessageHeader");
                        break;
                }
            }

            if (!name.StartsWith("x-", StringComparison.OrdinalIgnoreCase))
            {
                throw GraphException.BadRequest("InvalidInternetMessageHeader", $"The internet message header name '{name}' should start with 'x-' or 'X-'.");
            }

            lines.Add(name + ": " + text.Replace("\r", "").Replace("\n", " ") + "\r\n");
        }

        item.CustomHeaders = string.Concat(lines);
    }

    private static IEnumerable<(string Name, string Value)> Parse(string headers)
    {
        // A line that begins with white space goes on the line before.
        string unfolded = headers.Replace("\r\n", "\n").Replace("\n\t", " ").Replace("\n ", " ");
        foreach (string line in unfolded.Split('\n').Where(l => l.IndexOf(':') > 0))
        {
            int colon = line.IndexOf(':');
            yield return (line.Substring(0, colon).Trim(), line.Substring(colon + 1).Trim());
        }
    }
}
