using System.Globalization;

namespace PstMigration.Sandbox;

/// <summary>The OData query options of a request, split but not yet understood in terms of an entity.</summary>
internal sealed class QueryOptions
{
    private const int MostTop = 1000;

    private static readonly string[] s_known =
    [
        "$select", "$expand", "$filter", "$orderby", "$top", "$skip", "$count", "$skiptoken", "$deltatoken",
    ];

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Names of properties, or null for the default ones.</summary>
    public IReadOnlyCollection<string>? Select { get; private init; }

    public IReadOnlyList<ExpandOption> Expand { get; private init; } = [];

    public string? Filter => Value("$filter");

    public string? OrderBy => Value("$orderby");

    public int? Top { get; private init; }

    public long Skip { get; private init; }

    public bool Count { get; private init; }

    /// <summary>Reads the query of a URL.</summary>
    /// <exception cref="GraphException">400 for an option that is unknown, given twice or badly written.</exception>
    public static QueryOptions Parse(string rawQuery)
    {
        Dictionary<string, string> values = new(StringComparer.OrdinalIgnoreCase);
        foreach (string pair in rawQuery.Split(['&'], StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = pair.IndexOf('=');
            string name = Decode(equals < 0 ? pair : pair.Substring(0, equals));
            if (name.StartsWith("$", StringComparison.Ordinal) && !s_known.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                throw GraphException.Query($"The query parameter '{name}' is not supported.");
            }

            if (values.ContainsKey(name))
            {
                throw GraphException.Query($"Query option '{name}' was specified more than once, but it must be specified at most once.");
            }

            values.Add(name, equals < 0 ? "" : Decode(pair.Substring(equals + 1)));
        }

        int? top = Get("$top") is string t ? Number("$top", t) : null;
        if (top is < 1 or > MostTop)
        {
            throw GraphException.Query($"Invalid value for $top: it must be between 1 and {MostTop}.");
        }

        QueryOptions options = new()
        {
            Select = Get("$select") is string select ? ParseNames(select) : null,
            Expand = Get("$expand") is string expand ? ExpandOption.ParseList(expand) : [],
            Top = top,
            Skip = Get("$skip") is string skip ? Number("$skip", skip) : 0,
            Count = Get("$count") is string count && Boolean("$count", count),
        };
        foreach (KeyValuePair<string, string> value in values)
        {
            options._values.Add(value.Key, value.Value);
        }

        return options;

        string? Get(string name) => values.TryGetValue(name, out string? value) ? value : null;
    }

    /// <summary>The value of an option, or null.</summary>
    public string? Value(string name) => _values.TryGetValue(name, out string? value) ? value : null;

    /// <summary>Whether an option says true.</summary>
    public bool IsTrue(string name) => Value(name) is string value && Boolean(name, value);

    /// <summary>The options with one of them changed, escaped for a link.</summary>
    public string With(string name, string value) =>
        Escape(new Dictionary<string, string>(_values, StringComparer.OrdinalIgnoreCase) { [name] = value });

    /// <summary>The options but for some of them, escaped for a link.</summary>
    public string Without(params string[] names) => Escape(_values.Where(v => !names.Contains(v.Key, StringComparer.OrdinalIgnoreCase)));

    /// <summary>Refuses options this resource does not take.</summary>
    public void Allow(params string[] names)
    {
        string? other = _values.Keys.FirstOrDefault(k => k.StartsWith("$", StringComparison.Ordinal) && !names.Contains(k, StringComparer.OrdinalIgnoreCase));
        if (other is not null)
        {
            throw GraphException.Query($"The query parameter '{other}' is not supported on this resource.");
        }
    }

    /// <summary>Names separated by commas.</summary>
    public static string[] ParseNames(string text)
    {
        string[] names = text.Split(',').Select(n => n.Trim()).ToArray();
        return names.Contains("") ? throw GraphException.Query("Parsing OData Select and Expand failed: a property name is missing.") : names;
    }

    private static string Escape(IEnumerable<KeyValuePair<string, string>> values) =>
        string.Join("&", values.Select(v => Uri.EscapeDataString(v.Key).Replace("%24", "$") + "=" + Uri.EscapeDataString(v.Value)));

    // A plus sign is a space in a query, for the service too: who means a plus sign has to escape it.
    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static int Number(string name, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw GraphException.Query($"Invalid value '{text}' for {name}: it must be a number that is not negative.");

    private static bool Boolean(string name, string text) =>
        bool.TryParse(text, out bool value) ? value : throw GraphException.Query($"Invalid value '{text}' for {name}: it must be true or false.");
}
