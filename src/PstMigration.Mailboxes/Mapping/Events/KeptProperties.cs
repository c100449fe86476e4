using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// Properties that come back with an item, but would mean something to the service if it had them under their own names: a meeting's state and identity, a series, the old
/// store's zones. They travel as one text (JSON: id → value, in the words of extended properties) that is nobody's but ours.
/// </summary>
internal static class KeptProperties
{
    /// <summary>The most one extended property holds; a quarter is left for JSON's own signs.</summary>
    private const int LongestText = 45_000;

    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes properties, the small ones first.</summary>
    /// <param name="properties">The properties.</param>
    /// <param name="left">Takes those that do not fit.</param>
    public static string Write(IEnumerable<KeyValuePair<PropertyKey, PropertyValue>> properties, ICollection<PropertyKey> left)
    {
        List<(PropertyKey Key, string Id, List<string> Texts, int Size)> all = [];
        foreach (KeyValuePair<PropertyKey, PropertyValue> property in properties)
        {
            PropertyValue value = property.Value;
            string? id = GraphPropertyId.TryWrite(property.Key, value.Type);
            List<string>? texts = id is null || value.Source?.Length > LongestText ? null
                : PropertyTypes.IsMultiple(value.Type) ? GraphPropertyText.TryWriteMultiple(value)
                : GraphPropertyText.TryWrite(value) is string text ? [text] : null;
            if (texts is null)
            {
                left.Add(property.Key);
            }
            else
            {
                all.Add((property.Key, id!, texts, id!.Length + texts.Sum(t => t.Length) + 8));
            }
        }

        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, s_options))
        {
            writer.WriteStartObject();
            int total = 0;
            foreach ((PropertyKey key, string id, List<string> texts, int size) in all.OrderBy(p => p.Size))
            {
                if ((total += size) > LongestText)
                {
                    left.Add(key);
                    continue;
                }

                writer.WriteStartArray(id);
                texts.ForEach(writer.WriteStringValue);
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Reads them; none where the text is damaged.</summary>
    public static PropertyBag Read(string? text)
    {
        PropertyBag bag = new();
        try
        {
            using JsonDocument document = JsonDocument.Parse(string.IsNullOrEmpty(text) ? "{}" : text!);
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                string[] texts = [.. property.Value.EnumerateArray().Select(v => v.GetString() ?? "")];
                PropertyValue? value = !GraphPropertyId.TryRead(property.Name, out PropertyKey key, out PropertyType type) ? null
                    : PropertyTypes.IsMultiple(type) ? GraphPropertyText.TryReadMultiple(type, texts)
                    : texts.Length == 1 ? GraphPropertyText.TryRead(type, texts[0]) : null;
                if (value is PropertyValue read)
                {
                    bag[key] = read;
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return new PropertyBag();
        }

        return bag;
    }
}
