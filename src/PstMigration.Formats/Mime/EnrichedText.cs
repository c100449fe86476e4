using System.Net;
using System.Text;

namespace PstMigration.Formats;

/// <summary>text/enriched (RFC 1896) as HTML, as [MS-OXCMAIL] 2.2.3.3.2 asks for.</summary>
internal static class EnrichedText
{
    /// <summary>RFC 1896: a name has 60 characters at most.</summary>
    private const int LongestCommand = 61;

    private const int MaximumDepth = 100;

    /// <summary>What text ends at.</summary>
    private static readonly char[] s_marks = ['<', '\n'];

    /// <summary>Commands HTML has an element for; all others only lose their marks.</summary>
    private static readonly Dictionary<string, string> s_elements = new(StringComparer.OrdinalIgnoreCase)
    {
        ["bold"] = "b",
        ["italic"] = "i",
        ["underline"] = "u",
        ["fixed"] = "tt",
        ["smaller"] = "small",
        ["bigger"] = "big",
        ["center"] = "center",
        ["excerpt"] = "blockquote",
        ["indent"] = "blockquote",
        ["paragraph"] = "p",
    };

    /// <summary>The text as an HTML document.</summary>
    public static string ToHtml(string text)
    {
        StringBuilder html = new("<html><body>", text.Length + 64);
        Stack<string> open = new();
        int parameters = 0;
        int verbatim = 0;
        string rest = text.Replace("\r\n", "\n").Replace('\r', '\n');
        for (int i = 0; i < rest.Length; i++)
        {
            char c = rest[i];
            int end = c == '<' ? rest.IndexOf('>', i, Math.Min(LongestCommand + 2, rest.Length - i)) : -1;
            if (c == '<' && i + 1 < rest.Length && rest[i + 1] == '<')
            {
                Append(html, "<", parameters);
                i++;
            }
            else if (end > 0 && IsCommand(rest.Substring(i + 1, end - i - 1), out string name, out bool isEnd))
            {
                int step = isEnd ? -1 : 1;
                parameters += name.Equals("param", StringComparison.OrdinalIgnoreCase) ? step : 0;
                verbatim += name.Equals("nofill", StringComparison.OrdinalIgnoreCase) ? step : 0;
                Mark(html, open, name, isEnd);
                i = end;
            }
            else if (c == '\n')
            {
                // One line end is a blank, of several all but the first are line ends.
                int count = 1;
                while (i + count < rest.Length && rest[i + count] == '\n')
                {
                    count++;
                }

                Append(html, verbatim > 0 || count > 1 ? string.Concat(Enumerable.Repeat("<br>\r\n", verbatim > 0 ? count : count - 1)) : " ", parameters, isMarkup: true);
                i += count - 1;
            }
            else
            {
                // As far as it is text: half a character encoded alone would be none.
                int stop = rest.IndexOfAny(s_marks, i + 1);
                int length = (stop < 0 ? rest.Length : stop) - i;
                Append(html, rest.Substring(i, length), parameters);
                i += length - 1;
            }
        }

        while (open.Count > 0)
        {
            html.Append("</").Append(open.Pop()).Append('>');
        }

        return html.Append("</body></html>").ToString();
    }

    private static bool IsCommand(string text, out string name, out bool isEnd)
    {
        isEnd = text.StartsWith("/", StringComparison.Ordinal);
        name = isEnd ? text.Substring(1) : text;
        return name.Length is > 0 and <= LongestCommand && name.All(c => c == '-' || (c < 0x80 && char.IsLetterOrDigit(c)));
    }

    private static void Mark(StringBuilder html, Stack<string> open, string name, bool isEnd)
    {
        if (!s_elements.TryGetValue(name, out string? element) || (isEnd && !open.Contains(element)))
        {
            return;
        }

        if (!isEnd)
        {
            if (open.Count >= MaximumDepth)
            {
                return;
            }

            html.Append('<').Append(element).Append('>');
            open.Push(element);
            return;
        }

        string closed;
        do
        {
            closed = open.Pop();
            html.Append("</").Append(closed).Append('>');
        }
        while (closed != element);
    }

    private static void Append(StringBuilder html, string text, int parameters, bool isMarkup = false)
    {
        if (parameters <= 0)
        {
            html.Append(isMarkup ? text : WebUtility.HtmlEncode(text));
        }
    }
}
