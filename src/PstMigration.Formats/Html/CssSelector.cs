using System.Text;

namespace PstMigration.Formats;

/// <summary>Rewrites a selector of CSS, so that it chooses nothing outside the body of the mail.</summary>
internal static class CssSelector
{
    /// <summary>What the ids and classes of a mail begin with in exported HTML, so that they are none of the page around it.</summary>
    public const string Prefix = "m-";

    private const int MaximumLength = 256;

    /// <summary>The selector below <paramref name="scope"/>; empty where it has more than names, classes, ids and combinators.</summary>
    public static string Scope(string selector, string scope)
    {
        string text = selector.Trim();
        if (text.Length is 0 or > MaximumLength)
        {
            return "";
        }

        StringBuilder written = new(scope);
        written.Append(' ');
        for (int i = 0; i < text.Length;)
        {
            char c = text[i];
            int end = i + 1;
            if (IsName(c) || c is '.' or '#' or ':')
            {
                while (end < text.Length && IsName(text[end]))
                {
                    end++;
                }

                string name = text.Substring(i, end - i);
                if (Rewrite(name) is not string kept)
                {
                    return "";
                }

                written.Append(kept);
            }
            else if (c is '*' or '>' or '+' or '~' || char.IsWhiteSpace(c))
            {
                written.Append(c is '*' or '>' or '+' or '~' ? c : ' ');
            }
            else
            {
                return "";
            }

            i = end;
        }

        return IsDocument(text) ? scope : written.ToString();
    }

    /// <summary>The value of a class attribute for the same classes; empty where there are none.</summary>
    public static string Classes(string value) =>
        string.Join(" ", value.Split([' ', '\t', '\r', '\n', '\f'], StringSplitOptions.RemoveEmptyEntries).Where(c => c.All(IsName)).Select(c => Prefix + c));

    private static string? Rewrite(string name) => name[0] switch
    {
        '.' or '#' => name.Length > 1 ? name[0] + Prefix + name.Substring(1) : null,
        ':' => HtmlRules.CssPseudoClasses.Contains(name.Substring(1)) ? name : null,
        _ => name,
    };

    private static bool IsDocument(string selector) =>
        selector.Equals("body", StringComparison.OrdinalIgnoreCase) || selector.Equals("html", StringComparison.OrdinalIgnoreCase);

    private static bool IsName(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_';
}
