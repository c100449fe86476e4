using System.Globalization;
using System.Net;
using System.Text;

namespace PstMigration.Formats;

/// <summary>Tells whether an HTML document refers to a part by its Content-ID or Content-Location (RFC 2392, RFC 2557).</summary>
internal sealed class HtmlReferences(string? html)
{
    // An id may be percent-encoded in the HTML, at sign and all, or be written with entities.
    private readonly Lazy<string> _unescaped = new(() => html is null || html.IndexOf("cid:", StringComparison.OrdinalIgnoreCase) < 0 ? ""
        : Unescape(Decode(Shown(html))));

    /// <summary>Whether the document shows the part with this id or at this place.</summary>
    /// <param name="contentId">The id without angle brackets, or null.</param>
    /// <param name="location">The place, or null.</param>
    public bool Has(string? contentId, string? location) =>
        html is not null
        && ((contentId is { Length: > 0 } && HasId(contentId))
            || (location is { Length: > 0 } && html.IndexOf(location, StringComparison.OrdinalIgnoreCase) >= 0));

    private bool HasId(string id)
    {
        string reference = "cid:" + Unescape(id);
        string text = _unescaped.Value;
        reference = text.IndexOf(reference, StringComparison.OrdinalIgnoreCase) < 0 ? "cid: " + Unescape(id) : reference;
        for (int at = 0; (at = text.IndexOf(reference, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            // Of ids that begin alike the longer one is another.
            int end = at + reference.Length;
            bool isWhole = end == text.Length || !(char.IsLetterOrDigit(text[end]) || text[end] is '@' or '-' or '_' or '$');
            if (isWhole && !IsLink(text, at))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a reference leads to the part and does not show it: it stands behind <c>href=</c>.</summary>
    private static bool IsLink(string text, int at)
    {
        const string Attribute = "href";
        int end = at;
        while (end > 0 && text[end - 1] is '"' or '\'' or '=' or ' ' or '\t' or '\r' or '\n')
        {
            end--;
        }

        return end >= Attribute.Length && end < at && string.Compare(text, end - Attribute.Length, Attribute, 0, Attribute.Length, StringComparison.OrdinalIgnoreCase) == 0;
    }

    private static string Decode(string text) => text.IndexOf('&') < 0 ? text : WebUtility.HtmlDecode(text);

    /// <summary>What is shown: without comments, but for those that tell Outlook alone what it shows (<c>&lt;!--[if</c>).</summary>
    private static string Shown(string html)
    {
        const string Begin = "<!--";
        const string End = "-->";
        int begin = html.IndexOf(Begin, StringComparison.Ordinal);
        if (begin < 0)
        {
            return html;
        }

        StringBuilder shown = new(html.Length);
        int at = 0;
        while (begin >= 0)
        {
            int end = html.IndexOf(End, begin + Begin.Length, StringComparison.Ordinal);
            end = end < 0 ? html.Length : end + End.Length;
            bool isConditional = string.CompareOrdinal(html, begin + Begin.Length, "[if", 0, 3) == 0;
            shown.Append(html, at, (isConditional ? end : begin) - at);
            at = end;
            begin = html.IndexOf(Begin, at, StringComparison.Ordinal);
        }

        return shown.Append(html, at, html.Length - at).ToString();
    }

    private static string Unescape(string text)
    {
        if (text.IndexOf('%') < 0)
        {
            return text;
        }

        StringBuilder plain = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            bool isEscape = text[i] == '%' && i + 2 < text.Length
                && byte.TryParse(text.Substring(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value) && value is > 0x20 and < 0x7F;
            plain.Append(isEscape ? (char)byte.Parse(text.Substring(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : text[i]);
            i += isEscape ? 2 : 0;
        }

        return plain.ToString();
    }
}
