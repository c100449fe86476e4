using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.Serialization.Json;
using System.Xml;
using System.Xml.Linq;

namespace PstMigration.Accounts.Rules;

/// <summary>A value of a JSON text, with its place in it for messages. Read with .NET's own reader, in bounded depth.</summary>
internal sealed class JsonField
{
    private const int MaxDepth = 16;
    private const int MaxText = 16 * 1024;
    private static readonly string[] s_dateFormats = ["yyyy-MM-dd"];

    private readonly XElement _element;
    private readonly string _file;
    private readonly string _place;

    private JsonField(XElement element, string file, string place)
    {
        _element = element;
        _file = file;
        _place = place;
    }

    /// <summary>Parses a text; its root must be an object.</summary>
    /// <exception cref="AccountsException">ProviderRulesInvalid.</exception>
    public static JsonField Parse(byte[] json, string file)
    {
        int start = json.Length >= 3 && json[0] == 0xEF && json[1] == 0xBB && json[2] == 0xBF ? 3 : 0;
        XmlDictionaryReaderQuotas quotas = new() { MaxDepth = MaxDepth, MaxStringContentLength = MaxText, MaxArrayLength = MaxText, MaxBytesPerRead = MaxText, MaxNameTableCharCount = 1024 * 1024 };
        try
        {
            using XmlDictionaryReader reader = JsonReaderWriterFactory.CreateJsonReader(json, start, json.Length - start, quotas);
            JsonField root = new(XElement.Load(reader), file, "");
            root.Expect("object");
            return root;
        }
        catch (Exception e) when (e is XmlException or FormatException or ArgumentException or InvalidOperationException)
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
        foreach (string name in _element.Elements().Select(NameOf))
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
        XElement? child = _element.Elements().FirstOrDefault(e => NameOf(e) == name);
        return child is null || Type(child) == "null" ? null : new JsonField(child, _file, _place.Length == 0 ? name : _place + "." + name);
    }

    /// <summary>A field of an object that must be there.</summary>
    public JsonField Required(string name) => Optional(name) ?? throw Invalid(Format(Strings.RuleNameMissing, name));

    /// <summary>The elements of a list.</summary>
    public IEnumerable<JsonField> Items()
    {
        Expect("array");
        return _element.Elements().Select((e, i) => new JsonField(e, _file, _place + "[" + i.ToString(CultureInfo.InvariantCulture) + "]"));
    }

    /// <summary>The elements of an optional list; none where it is missing.</summary>
    public IEnumerable<JsonField> List(string name) => Optional(name)?.Items() ?? [];

    /// <summary>Whether this is an object.</summary>
    public bool IsObject => Type(_element) == "object";

    /// <summary>The text, not empty.</summary>
    public string Text()
    {
        Expect("string");
        return _element.Value.Trim().Length > 0 ? _element.Value : throw Invalid(Strings.RuleTextEmpty);
    }

    /// <summary>A whole number within bounds.</summary>
    public int Number(int min, int max)
    {
        Expect("number");
        return int.TryParse(_element.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= min && value <= max
            ? value : throw Invalid(Format(Strings.RuleNumberInvalid, _element.Value, min, max));
    }

    /// <summary>A truth value.</summary>
    public bool Flag()
    {
        Expect("boolean");
        return _element.Value == "true";
    }

    /// <summary>A day, yyyy-MM-dd, from its beginning in UTC.</summary>
    public DateTimeOffset Date() =>
        DateTimeOffset.TryParseExact(Text(), s_dateFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date)
            ? date : throw Invalid(Format(Strings.RuleDateInvalid, _element.Value));

    /// <summary>A version number.</summary>
    public Version Version() => System.Version.TryParse(Text(), out Version? version) ? version : throw Invalid(Format(Strings.RuleVersionInvalid, _element.Value));

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
        if (Type(_element) != type)
        {
            throw Invalid(Format(Strings.RuleTypeInvalid, type, Type(_element)));
        }
    }

    // Names that XML does not allow are in an attribute.
    private static string NameOf(XElement element) => element.Attribute("item")?.Value ?? element.Name.LocalName;

    private static string Type(XElement element) => element.Attribute("type")?.Value ?? "string";

    private static string Format(string text, params object?[] values) => string.Format(CultureInfo.CurrentCulture, text, values);
}
