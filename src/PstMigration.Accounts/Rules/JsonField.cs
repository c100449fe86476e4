using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PstMigration.Accounts.Rules;

/// <summary>A value of a JSON text, with its place in it for messages. Read in bounded depth.</summary>
internal sealed class JsonField
{
    private const int MaxDepth = 16;
    private static readonly string[] s_dateFormats = ["yyyy-MM-dd"];
    private static readonly UTF8Encoding s_strictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly JsonElement _element;
    private readonly string _file;
    private readonly string _place;

    private JsonField(JsonElement element, string file, string place)
    {
        _element = element;
        _file = file;
        _place = place;
    }

    /// <summary>Parses a text; its root must be an object.</summary>
    /// <param name="json">UTF-8, with or without a byte order mark.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <exception cref="AccountsException">ProviderRulesInvalid.</exception>
    public static JsonField Parse(byte[] json, string file)
    {
        int start = json.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        try
        {
            // Decoded here: JsonDocument finds bytes that are no UTF-8 only when their value is asked for.
            string text = s_strictUtf8.GetString(json, start, json.Length - start);
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });
            JsonField root = new(document.RootElement.Clone(), file, "");
            root.Expect("object");
            return root;
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException)
        {
            throw AccountsException.ProviderRulesInvalid(file, Strings.RuleSyntax, e.Message, e);
        }
    }

    /// <summary>An error at this place.</summary>
    public AccountsException Invalid(string what) => AccountsException.ProviderRulesInvalid(_file, _place.Length == 0 ? Strings.RuleRoot : _place, what);

    /// <summary>Refuses names that mean nothing, so that a misspelt one is not silently without effect.</summary>
    public void AllowOnly(params string[] names)
    {
        Expect("object");
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (string name in _element.EnumerateObject().Select(p => Unescape(() => p.Name)))
        {
            if (Array.IndexOf(names, name) < 0)
            {
                throw Invalid(Format(Strings.RuleUnknownName, name));
            }

            if (!seen.Add(name))
            {
                throw Invalid(Format(Strings.RuleNameTwice, name));
            }
        }
    }

    /// <summary>A field of an object; null where there is none.</summary>
    public JsonField? Optional(string name)
    {
        Expect("object");
        return _element.TryGetProperty(name, out JsonElement child) && child.ValueKind != JsonValueKind.Null
            ? new JsonField(child, _file, _place.Length == 0 ? name : _place + "." + name)
            : null;
    }

    /// <summary>A field of an object that must be there.</summary>
    public JsonField Required(string name) => Optional(name) ?? throw Invalid(Format(Strings.RuleNameMissing, name));

    /// <summary>The elements of a list.</summary>
    public IEnumerable<JsonField> Items()
    {
        Expect("array");
        return _element.EnumerateArray().Select((e, i) => new JsonField(e, _file, _place + "[" + i.ToString(CultureInfo.InvariantCulture) + "]"));
    }

    /// <summary>The elements of an optional list; none where it is missing.</summary>
    public IEnumerable<JsonField> List(string name) => Optional(name)?.Items() ?? [];

    /// <summary>Whether this is an object.</summary>
    public bool IsObject => _element.ValueKind == JsonValueKind.Object;

    /// <summary>The text, not empty.</summary>
    public string Text()
    {
        Expect("string");
        string text = Unescape(() => _element.GetString()!);
        return text.Trim().Length > 0 ? text : throw Invalid(Strings.RuleTextEmpty);
    }

    /// <summary>A whole number within bounds.</summary>
    public int Number(int min, int max)
    {
        Expect("number");
        string text = _element.GetRawText();
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= min && value <= max
            ? value : throw Invalid(Format(Strings.RuleNumberInvalid, text, min, max));
    }

    /// <summary>A truth value.</summary>
    public bool Flag()
    {
        Expect("boolean");
        return _element.GetBoolean();
    }

    /// <summary>A day, yyyy-MM-dd, from its beginning in UTC.</summary>
    public DateTimeOffset Date() =>
        DateTimeOffset.TryParseExact(Text(), s_dateFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date)
            ? date : throw Invalid(Format(Strings.RuleDateInvalid, Text()));

    /// <summary>A version number.</summary>
    public Version Version() => System.Version.TryParse(Text(), out Version? version) ? version : throw Invalid(Format(Strings.RuleVersionInvalid, Text()));

    /// <summary>One of the names of an enumeration, as written there.</summary>
    public T Choice<T>()
        where T : struct, Enum
    {
        string text = Text();
        return Array.IndexOf(Enum.GetNames(typeof(T)), text) >= 0
            ? (T)Enum.Parse(typeof(T), text)
            : throw Invalid(Format(Strings.RuleChoiceInvalid, text, string.Join(", ", Enum.GetNames(typeof(T)))));
    }

    /// <summary>A host or domain name, in lower case.</summary>
    public string HostName()
    {
        string text = Text().ToLowerInvariant();
        return Accounts.HostName.IsValid(text) ? text : throw Invalid(Format(Strings.RuleHostInvalid, text));
    }

    private void Expect(string type)
    {
        string found = _element.ValueKind is JsonValueKind.True or JsonValueKind.False ? "boolean" : _element.ValueKind.ToString().ToLowerInvariant();
        if (found != type)
        {
            throw Invalid(Format(Strings.RuleTypeInvalid, type, found));
        }
    }

    // Half a surrogate pair that is escaped ("\ud800") is found only here.
    private string Unescape(Func<string> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException e)
        {
            throw AccountsException.ProviderRulesInvalid(_file, Strings.RuleSyntax, e.Message, e);
        }
    }

    private static string Format(string text, params object?[] values) => string.Format(CultureInfo.CurrentCulture, text, values);
}
