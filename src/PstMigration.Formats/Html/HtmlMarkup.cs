using System.Text;

namespace PstMigration.Formats;

/// <summary>Writes text into HTML so that it stays text.</summary>
internal static class HtmlMarkup
{
    /// <summary>Adds text between tags or inside a quoted attribute value.</summary>
    public static StringBuilder AppendText(this StringBuilder html, string text)
    {
        int copied = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (Escape(text[i]) is string escaped)
            {
                html.Append(text, copied, i - copied).Append(escaped);
                copied = i + 1;
            }
        }

        return html.Append(text, copied, text.Length - copied);
    }

    /// <summary>Adds an attribute with a space before it.</summary>
    public static StringBuilder AppendAttribute(this StringBuilder html, string name, string value) =>
        html.Append(' ').Append(name).Append("=\"").AppendText(value).Append('"');

    // Controls are no characters of HTML; a parser may do anything with them.
    private static string? Escape(char c) => c switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&#39;",
        '`' => "&#96;",
        '\t' or '\n' or '\r' => null,
        _ => char.IsControl(c) ? "\uFFFD" : null,
    };
}
