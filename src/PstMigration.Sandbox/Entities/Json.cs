using System.Text.Json;

namespace PstMigration.Sandbox;

/// <summary>Reads JSON of requests, with the service's error for what does not fit.</summary>
internal static class Json
{
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 64 };

    /// <summary>Reads a body that must be one object.</summary>
    public static JsonElement Parse(byte[] body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body.Length == 0 ? "{}"u8.ToArray() : body, s_options);
            JsonElement root = document.RootElement.Clone();
            CheckText(root);
            return root.ValueKind == JsonValueKind.Object ? root : throw GraphException.Json("The request body must be a JSON object.");
        }
        catch (InvalidOperationException)
        {
            throw GraphException.Json("The request body has text that is not well-formed Unicode.");
        }
        catch (JsonException e)
        {
            throw GraphException.BadRequest("BadRequest", "Unable to read JSON request payload: " + e.Message);
        }
    }

    // Half a surrogate pair is found only when the text is read, by an exception. The depth is limited by the parser.
    private static void CheckText(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            value.GetString();
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in value.EnumerateObject())
            {
                _ = property.Name;
                CheckText(property.Value);
            }
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement element in value.EnumerateArray())
            {
                CheckText(element);
            }
        }
    }

    public static JsonElement.ObjectEnumerator Object(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : throw Mismatch(name, "an object");

    public static IEnumerable<JsonElement> Array(JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray(),
        JsonValueKind.Null => [],
        _ => throw Mismatch(name, "an array"),
    };

    /// <summary>A string or null. Control characters other than tab and line ends are refused, as the mailbox could not hold them.</summary>
    public static string? Text(JsonElement value, string name)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        string text = value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Mismatch(name, "a string");
        return text.Any(c => c < ' ' && c is not ('\t' or '\r' or '\n'))
            ? throw GraphException.Property($"The value of '{name}' has characters that are not allowed.")
            : text;
    }

    public static bool Boolean(JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Mismatch(name, "true or false"),
    };

    /// <summary>A Boolean, or null where it is absent or null.</summary>
    public static bool? OptionalBoolean(JsonElement body, string name) =>
        body.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? Boolean(value, name) : null;

    public static long Number(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) ? number : throw Mismatch(name, "a number");

    public static byte[] Base64(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.String && value.TryGetBytesFromBase64(out byte[]? bytes) ? bytes : throw Mismatch(name, "base64");

    public static long Time(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.String && GraphTime.TryParse(value.GetString(), out long time) ? time : throw Mismatch(name, "a time");

    /// <summary>A member of an enumeration, or null.</summary>
    public static long? Member(JsonElement value, string name, IReadOnlyDictionary<string, long> members) =>
        value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.String && members.TryGetValue(value.GetString()!, out long number) ? number
        : throw Mismatch(name, "one of " + string.Join(", ", members.Keys));

    /// <summary>Refuses a property the type does not have; annotations are let through.</summary>
    public static void Unknown(JsonProperty property, string type)
    {
        if (property.Name.IndexOf('@') < 0)
        {
            throw GraphException.Json($"The property '{property.Name}' does not exist on type 'microsoft.graph.{type}'. Make sure to only use property names that are defined by the type.");
        }
    }

    public static GraphException Mismatch(string name, string expected) =>
        GraphException.Json($"Cannot convert the value of '{name}': {expected} is expected.");

    /// <summary>The value of a property whose name is compared without case, as parameters of actions are.</summary>
    public static JsonElement? Find(JsonElement body, string name)
    {
        foreach (JsonProperty property in body.EnumerateObject())
        {
            if (string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return property.Value;
            }
        }

        return null;
    }
}
