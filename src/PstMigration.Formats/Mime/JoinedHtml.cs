using System.Net;
using System.Text;

namespace PstMigration.Formats;

/// <summary>
/// One HTML document of several parts that are shown one after the other. Documents are joined by what stands between their body tags; the head of the first
/// serves for all, and style sheets of the others go along.
/// </summary>
internal sealed class JoinedHtml
{
    private readonly StringBuilder _body = new();
    private readonly List<string> _styles = [];
    private string? _head;

    /// <summary>Adds an HTML document, or a piece of one.</summary>
    public void AddHtml(string html)
    {
        Separate();
        int body = html.IndexOf("<body", StringComparison.OrdinalIgnoreCase);
        int start = body < 0 ? -1 : html.IndexOf('>', body);
        string head = start < 0 ? "" : html.Substring(0, start + 1);
        int end = html.LastIndexOf("</body", StringComparison.OrdinalIgnoreCase);
        int closed = html.LastIndexOf("</html", StringComparison.OrdinalIgnoreCase);
        end = end > start ? end : closed > start ? closed : html.Length;
        if (head.Length > 0 && _head is null)
        {
            _head = head;
        }
        else
        {
            AddStyles(head);
        }

        _body.Append(html, start + 1, end - start - 1);
    }

    /// <summary>Adds plain text.</summary>
    public void AddText(string text)
    {
        Separate();
        string encoded = WebUtility.HtmlEncode(text.TrimEnd()).Replace("  ", "&nbsp; ");
        string[] lines = encoded.Replace("\r\n", "\n").Replace('\r', '\n').Split('\n');
        _body.Append("<div>").Append(string.Join("<br>\r\n", lines)).Append("</div>");
    }

    /// <summary>The whole document; it says that it is UTF-8.</summary>
    public override string ToString()
    {
        string head = _head ?? "<html><head><meta charset=\"utf-8\"></head><body>";
        int end = head.IndexOf("</head", StringComparison.OrdinalIgnoreCase);
        string styled = _styles.Count == 0 ? head : end < 0 ? head + string.Concat(_styles) : head.Insert(end, string.Concat(_styles));
        return HtmlCharset.Declare(styled + _body + "</body></html>", "utf-8");
    }

    private void Separate()
    {
        if (_body.Length > 0)
        {
            _body.Append("\r\n<br>\r\n");
        }
    }

    private void AddStyles(string head)
    {
        const string Close = "</style>";
        for (int at = 0; (at = head.IndexOf("<style", at, StringComparison.OrdinalIgnoreCase)) >= 0;)
        {
            int end = head.IndexOf(Close, at, StringComparison.OrdinalIgnoreCase);
            if (end < 0)
            {
                break;
            }

            _styles.Add(head.Substring(at, end + Close.Length - at));
            at = end;
        }
    }
}
