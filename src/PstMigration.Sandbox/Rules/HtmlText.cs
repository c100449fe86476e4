using System.Net;
using System.Text;

namespace PstMigration.Sandbox;

/// <summary>The text of HTML, as the service shows it in previews and gives it to who asks for text bodies.</summary>
internal static class HtmlText
{
    private static readonly HashSet<string> s_hidden = ["script", "style", "title"];
    private static readonly HashSet<string> s_lines = ["br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "blockquote"];

    public static string From(string html)
    {
        StringBuilder text = new();
        string? hidden = null;
        foreach (HtmlToken token in new HtmlTokens(html).Read())
        {
            if (hidden is not null)
            {
                hidden = token.Kind == HtmlTokenKind.EndTag && token.Name == hidden ? null : hidden;
            }
            else if (token.Kind == HtmlTokenKind.Text)
            {
                Append(text, WebUtility.HtmlDecode(token.Text));
            }
            else if (token.Kind == HtmlTokenKind.StartTag && s_hidden.Contains(token.Name))
            {
                hidden = token.Name;
            }
            else if (s_lines.Contains(token.Name) && text.Length > 0 && (token.Name == "br" || text[text.Length - 1] != '\n'))
            {
                TrimSpace(text);
                text.Append("\r\n");
            }
        }

        return text.ToString().Trim();
    }

    // White space in HTML is one space, and none at the beginning of a line.
    private static void Append(StringBuilder text, string piece)
    {
        foreach (char c in piece)
        {
            if (c is not (' ' or '\t' or '\r' or '\n'))
            {
                text.Append(c);
            }
            else if (text.Length > 0 && text[text.Length - 1] is not (' ' or '\n'))
            {
                text.Append(' ');
            }
        }
    }

    private static void TrimSpace(StringBuilder text)
    {
        if (text[text.Length - 1] == ' ')
        {
            text.Length--;
        }
    }
}
