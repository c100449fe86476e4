using System.Text;

namespace PstMigration.Formats;

/// <summary>
/// Rewrites what of CSS only lays out text: known properties with plain values. Addresses, imports, fonts, expressions, escapes
/// and everything unknown are left out. One pass over the text, no recursion.
/// </summary>
internal static class CssSanitizer
{
    private const int MaximumSheetLength = 512 * 1024;
    private const int MaximumValueLength = 512;
    private const int MaximumRules = 10_000;

    /// <summary>The declarations of a style attribute or a rule.</summary>
    /// <param name="css">Such as <c>color: red; position: fixed</c>.</param>
    /// <param name="isDisarmed">Set where something was left out that could have loaded or run something.</param>
    public static string Declarations(string css, ref bool isDisarmed)
    {
        StringBuilder kept = new();
        foreach (string declaration in Split(WithoutComments(css), ';'))
        {
            int colon = declaration.IndexOf(':');
            if (colon <= 0)
            {
                continue;
            }

            string property = declaration.Substring(0, colon).Trim();
            string value = declaration.Substring(colon + 1).Trim();
            if (HtmlRules.CssProperties.Contains(property) && IsPlain(value))
            {
                kept.Append(kept.Length > 0 ? ";" : "").Append(property.ToLowerInvariant()).Append(':').Append(value);
            }
            else
            {
                isDisarmed |= IsActive(property, value);
            }
        }

        return kept.ToString();
    }

    /// <summary>The rules of a style sheet, each made to apply below <paramref name="scope"/> only. At-rules are left out.</summary>
    public static string Sheet(string css, string scope, ref bool isDisarmed)
    {
        string text = WithoutComments(css.Length > MaximumSheetLength ? css.Substring(0, MaximumSheetLength) : css);
        StringBuilder kept = new();
        int rules = 0;
        for (int at = 0; at < text.Length && rules < MaximumRules;)
        {
            if (char.IsWhiteSpace(text[at]) || text[at] is '}' or ';')
            {
                at++;
                continue;
            }

            if (text[at] == '@')
            {
                int end = EndOfAtRule(text, at);
                isDisarmed |= text.IndexOf("url", at, end - at, StringComparison.OrdinalIgnoreCase) >= 0
                    || text.IndexOf("import", at, end - at, StringComparison.OrdinalIgnoreCase) >= 0;
                at = end;
                continue;
            }

            int open = text.IndexOf('{', at);
            if (open < 0)
            {
                break;
            }

            int close = text.IndexOf('}', open);
            close = close < 0 ? text.Length : close;
            string selectors = string.Join(",", text.Substring(at, open - at).Split(',').Select(s => CssSelector.Scope(s, scope)).Where(s => s.Length > 0));
            string declarations = Declarations(text.Substring(open + 1, close - open - 1), ref isDisarmed);
            if (selectors.Length > 0 && declarations.Length > 0)
            {
                kept.Append(selectors).Append('{').Append(declarations).Append("}\n");
                rules++;
            }

            at = close + 1;
        }

        return kept.ToString();
    }

    private static string WithoutComments(string css)
    {
        css = css.Replace("<!--", " ").Replace("-->", " ");
        int open = css.IndexOf("/*", StringComparison.Ordinal);
        if (open < 0)
        {
            return css;
        }

        StringBuilder kept = new(css.Length);
        int from = 0;
        while (open >= 0)
        {
            kept.Append(css, from, open - from).Append(' ');
            int close = css.IndexOf("*/", open + 2, StringComparison.Ordinal);
            from = close < 0 ? css.Length : close + 2;
            open = from < css.Length ? css.IndexOf("/*", from, StringComparison.Ordinal) : -1;
        }

        return kept.Append(css, from, css.Length - from).ToString();
    }

    private static int EndOfAtRule(string css, int at)
    {
        int depth = 0;
        for (; at < css.Length; at++)
        {
            switch (css[at])
            {
                case ';' when depth == 0:
                    return at + 1;
                case '{':
                    depth++;
                    break;
                case '}' when --depth <= 0:
                    return at + 1;
                default:
                    break;
            }
        }

        return css.Length;
    }

    // A semicolon inside quotes or brackets does not end a declaration.
    private static IEnumerable<string> Split(string css, char separator)
    {
        int start = 0, depth = 0;
        char quote = '\0';
        for (int i = 0; i < css.Length; i++)
        {
            char c = css[i];
            if (quote != '\0')
            {
                quote = c == quote || c == '\n' ? '\0' : quote;
            }
            else if (c is '"' or '\'')
            {
                quote = c;
            }
            else if (c == separator && depth == 0)
            {
                yield return css.Substring(start, i - start);
                start = i + 1;
            }
            else
            {
                depth = Math.Max(0, depth + (c == '(' ? 1 : c == ')' ? -1 : 0));
            }
        }

        yield return css.Substring(start);
    }

    /// <summary>Whether a value is made of words, numbers, colours, names of fonts and the functions that are allowed.</summary>
    private static bool IsPlain(string value)
    {
        if (value.Length is 0 or > MaximumValueLength)
        {
            return false;
        }

        int depth = 0;
        char quote = '\0';
        int word = 0;
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            bool isWord = char.IsLetterOrDigit(c) || char.IsSurrogate(c) || c is '-' or '_';
            if (!isWord && " #%.,+()'\"/!*\t\r\n".IndexOf(c) < 0)
            {
                return false;
            }

            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
                word = i + 1;
            }
            else if (c is '"' or '\'')
            {
                quote = c;
            }
            else if (c == '(')
            {
                depth++;
                if (!HtmlRules.CssFunctions.Contains(value.Substring(word, i - word)))
                {
                    return false;
                }
            }
            else if (c == ')' && --depth < 0)
            {
                return false;
            }

            word = isWord ? word : i + 1;
        }

        return quote == '\0' && depth == 0;
    }

    private static bool IsActive(string property, string value) =>
        value.IndexOf("url", StringComparison.OrdinalIgnoreCase) >= 0 || value.IndexOf("expression", StringComparison.OrdinalIgnoreCase) >= 0
        || value.IndexOf('\\') >= 0 || property.Equals("behavior", StringComparison.OrdinalIgnoreCase)
        || property.EndsWith("binding", StringComparison.OrdinalIgnoreCase);
}
