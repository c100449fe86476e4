using System.Text;

namespace PstMigration.Mapi;

/// <summary>Writes text into HTML.</summary>
internal static class HtmlText
{
    /// <summary>Text for an attribute in double quotes.</summary>
    public static string Attribute(string text)
    {
        StringBuilder html = new(text.Length);
        foreach (char c in text)
        {
            AppendEscaped(html, c);
        }

        return html.ToString();
    }

    /// <summary>One character; control characters are left out.</summary>
    public static void AppendEscaped(StringBuilder html, char c)
    {
        switch (c)
        {
            case '<':
                html.Append("&lt;");
                break;
            case '>':
                html.Append("&gt;");
                break;
            case '&':
                html.Append("&amp;");
                break;
            case '"':
                html.Append("&quot;");
                break;
            case '\u00A0':
                html.Append("&nbsp;");
                break;
            case < ' ' when c is not ('\t' or '\r' or '\n'):
                break;
            default:
                html.Append(c);
                break;
        }
    }
}
