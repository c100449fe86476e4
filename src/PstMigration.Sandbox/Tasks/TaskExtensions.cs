using System.Text.Json;

namespace PstMigration.Sandbox;

/// <summary>Open extensions of a task (resources/opentypeextension): any JSON under a name.</summary>
internal static class TaskExtensions
{
    private const string Type = "#microsoft.graph.openTypeExtension";
    private const string NameProperty = "extensionName";

    /// <summary>Stores the extensions a request gives.</summary>
    public static void Read(JsonElement body, MailItem item)
    {
        if (!body.TryGetProperty(ExpandOption.Extensions, out JsonElement list))
        {
            return;
        }

        foreach (JsonElement element in Json.Array(list, ExpandOption.Extensions))
        {
            string name = element.TryGetProperty(NameProperty, out JsonElement text) && Json.Text(text, NameProperty) is { Length: > 0 } given
                ? given
                : throw GraphException.Property("An open extension needs an extensionName.");
            string? type = element.TryGetProperty("@odata.type", out JsonElement t) ? Json.Text(t, "@odata.type")?.TrimStart('#') : null;
            if (type != Type.TrimStart('#'))
            {
                throw GraphException.Json("An extension must be a microsoft.graph.openTypeExtension.");
            }

            item.Properties.Set(TaskTags.Extension(name), Merge("{}", element));
        }
    }

    /// <summary>What is stored with what is given on top.</summary>
    public static string Merge(string stored, JsonElement given)
    {
        using JsonDocument before = JsonDocument.Parse(stored);
        Dictionary<string, JsonElement> all = new(StringComparer.Ordinal);
        foreach (JsonProperty property in before.RootElement.EnumerateObject().Concat(given.EnumerateObject()))
        {
            if (property.Name is not ("@odata.type" or NameProperty or "id"))
            {
                all[property.Name] = property.Value;
            }
        }

        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            writer.WriteStartObject();
            foreach (KeyValuePair<string, JsonElement> property in all.Where(p => p.Value.ValueKind != JsonValueKind.Null))
            {
                writer.WritePropertyName(property.Key);
                property.Value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Writes the extensions of a task, or the one with a name.</summary>
    public static void Write(Utf8JsonWriter writer, MailItem item, string? wanted)
    {
        writer.WriteStartArray(ExpandOption.Extensions);
        foreach (KeyValuePair<string, StoredProperty> property in item.Properties.All.Where(p => p.Key.StartsWith(TaskTags.ExtensionPrefix, StringComparison.Ordinal)))
        {
            string name = property.Key.Substring(TaskTags.ExtensionPrefix.Length);
            if (wanted is null || wanted == name || wanted == Type.TrimStart('#') + "." + name)
            {
                writer.WriteStartObject();
                WriteOne(writer, name, (string)property.Value.Values[0]);
                writer.WriteEndObject();
            }
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes what one extension has.</summary>
    public static void WriteOne(Utf8JsonWriter writer, string name, string stored)
    {
        writer.WriteString("@odata.type", Type);
        writer.WriteString("id", Type.TrimStart('#') + "." + name);
        writer.WriteString(NameProperty, name);
        using JsonDocument document = JsonDocument.Parse(stored);
        foreach (JsonProperty property in document.RootElement.EnumerateObject())
        {
            property.WriteTo(writer);
        }
    }
}
