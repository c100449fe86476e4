namespace PstMigration.Sandbox;

/// <summary>One part of <c>$expand</c>: a navigation property, for extended properties with the ids that are wanted, for others with a <c>$select</c>.</summary>
internal sealed record ExpandOption(string Name, IReadOnlyList<ExtendedPropertyId> Ids, IReadOnlyCollection<string>? Select)
{
    public const string SingleValue = "singleValueExtendedProperties";
    public const string MultiValue = "multiValueExtendedProperties";

    /// <summary>Open extensions.</summary>
    public const string Extensions = "extensions";

    /// <summary>The name of the extension that is wanted; null for all.</summary>
    public string? Named { get; init; }

    public bool IsExtendedProperties => IsSingleValue || string.Equals(Name, MultiValue, StringComparison.OrdinalIgnoreCase);

    public bool IsSingleValue => string.Equals(Name, SingleValue, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads <c>a($filter=id eq '..' or id eq '..';$select=..),b</c>.</summary>
    public static IReadOnlyList<ExpandOption> ParseList(string text) =>
        SplitOutside(text, ',').Select(part => Parse(part.Trim())).ToArray();

    private static ExpandOption Parse(string text)
    {
        int open = text.IndexOf('(');
        if (open < 0)
        {
            return Checked(new ExpandOption(text, [], null), text);
        }

        if (!text.EndsWith(")", StringComparison.Ordinal))
        {
            throw Error(text);
        }

        ExpandOption option = new(text.Substring(0, open).Trim(), [], null);
        foreach (string inner in SplitOutside(text.Substring(open + 1, text.Length - open - 2), ';'))
        {
            int equals = inner.IndexOf('=');
            string name = equals < 0 ? inner : inner.Substring(0, equals).Trim();
            string value = equals < 0 ? "" : inner.Substring(equals + 1).Trim();
            option = name switch
            {
                "$filter" when option.IsExtendedProperties => option with { Ids = ParseIds(value) },
                "$filter" when string.Equals(option.Name, Extensions, StringComparison.OrdinalIgnoreCase) => option with { Named = ParseName(value) },
                "$select" => option with { Select = QueryOptions.ParseNames(value) },
                _ => throw GraphException.Query($"The query parameter '{name}' is not supported within $expand={option.Name}."),
            };
        }

        return Checked(option, text);
    }

    private static ExpandOption Checked(ExpandOption option, string text) =>
        option.Name.Length == 0 ? throw Error(text)
        : option.IsExtendedProperties && option.Ids.Count == 0
            ? throw GraphException.BadRequest("ErrorInvalidExtendedProperty", $"$expand={option.Name} needs a $filter that names the ids.")
            : option;

    private static string ParseName(string filter)
    {
        FilterLexer lexer = new(filter);
        lexer.ExpectWord("id");
        lexer.ExpectWord("eq");
        string name = lexer.ExpectText();
        lexer.ExpectEnd();
        return name;
    }

    private static ExtendedPropertyId[] ParseIds(string filter)
    {
        FilterLexer lexer = new(filter);
        List<ExtendedPropertyId> ids = [];
        AddIds(lexer, ids);
        lexer.ExpectEnd();
        return [.. ids];
    }

    /// <summary>Reads <c>id eq '..' or (id eq '..')</c>: clients put each comparison in brackets, or none.</summary>
    private static void AddIds(FilterLexer lexer, List<ExtendedPropertyId> ids)
    {
        do
        {
            if (lexer.TryMark('('))
            {
                AddIds(lexer, ids);
                lexer.ExpectMark(')');
                continue;
            }

            lexer.ExpectWord("id");
            lexer.ExpectWord("eq");
            string text = lexer.ExpectText();
            ids.Add(ExtendedPropertyId.TryParse(text, out ExtendedPropertyId? id)
                ? id!
                : throw GraphException.BadRequest("ErrorInvalidExtendedProperty", $"The extended property id '{text}' is not valid."));
        }
        while (lexer.TryWord("or"));
    }

    private static List<string> SplitOutside(string text, char separator)
    {
        List<string> parts = [];
        int start = 0;
        int depth = 0;
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            quoted ^= text[i] == '\'';
            depth += quoted ? 0 : text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (text[i] == separator && depth == 0 && !quoted)
            {
                parts.Add(text.Substring(start, i - start));
                start = i + 1;
            }
        }

        parts.Add(text.Substring(start));
        return parts;
    }

    private static GraphException Error(string text) => GraphException.Query($"Parsing OData Select and Expand failed: '{text}'.");
}
