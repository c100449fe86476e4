using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using PstMigration.Mapi.Compat;

namespace PstMigration.Mapi;

/// <summary>
/// The text of HTML without markup. Scripts, styles, titles and comments are left out; block elements become lines ending in
/// CRLF, table cells are set apart by tabs. One pass, no recursion; never fails, whatever it is given.
/// </summary>
public static class HtmlToText
{
    private static readonly HashSet<string> s_blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "footer", "form", "header",
        "hr", "html", "li", "main", "nav", "ol", "option", "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul",
    };

    private static readonly HashSet<string> s_paragraphs = new(StringComparer.OrdinalIgnoreCase)
    {
        "h1", "h2", "h3", "h4", "h5", "h6", "p",
    };

    private static readonly HashSet<string> s_silent = new(StringComparer.OrdinalIgnoreCase)
    {
        "script", "style", "title", "textarea", "xmp", "noframes", "iframe", "object", "template",
    };

    /// <summary>Converts.</summary>
    /// <param name="html">The HTML.</param>
    /// <param name="maximumLength">Characters of text that are enough: what comes behind them is left out.</param>
    public static string Convert(string html, int maximumLength = int.MaxValue) => Convert(html, maximumLength, namesPictures: false);

    /// <summary>Converts, with the words that stand for a picture in brackets in its place.</summary>
    internal static string ConvertWithPictures(string html) => Convert(html, int.MaxValue, namesPictures: true);

    [MethodImpl(Compiling.Optimized)]
    private static string Convert(string html, int maximumLength, bool namesPictures)
    {
        if (html is null)
        {
            throw new ArgumentNullException(nameof(html));
        }

        Writer writer = new(maximumLength);
        int preformatted = 0;
        int textStart = 0;
        for (int at = 0; at < html.Length && writer.Length < maximumLength;)
        {
            int open = html.IndexOf('<', at);
            if (open < 0)
            {
                break;
            }

            int end = FindTagEnd(html, open, out string name, out bool isClosing);
            if (end < 0)
            {
                at = open + 1;
                continue;
            }

            writer.Text(html, textStart, open, preformatted > 0);
            at = textStart = end;
            if (!isClosing && s_silent.Contains(name))
            {
                at = textStart = SkipSilent(html, end, name);
            }
            else if (name.Length > 0)
            {
                bool isPre = string.Equals(name, "pre", StringComparison.OrdinalIgnoreCase);
                preformatted = isPre ? Math.Max(preformatted + (isClosing ? -1 : 1), 0) : preformatted;
                TakeTag(writer, name, isClosing);
                if (namesPictures && string.Equals(name, "img", StringComparison.OrdinalIgnoreCase))
                {
                    writer.Text("[" + AlternativeText(html, open, end) + "]");
                }
            }
        }

        if (writer.Length < maximumLength)
        {
            writer.Text(html, textStart, html.Length, preformatted > 0);
        }

        return writer.ToString();
    }

    private static void TakeTag(Writer writer, string name, bool isClosing)
    {
        if (s_paragraphs.Contains(name))
        {
            writer.Break(2);
        }
        else if (s_blocks.Contains(name))
        {
            writer.Break(1);
        }
        else if (string.Equals(name, "br", StringComparison.OrdinalIgnoreCase))
        {
            writer.LineBreak();
        }
        else if (isClosing && (string.Equals(name, "td", StringComparison.OrdinalIgnoreCase) || string.Equals(name, "th", StringComparison.OrdinalIgnoreCase)))
        {
            writer.Tab();
        }
    }

    /// <summary>The position behind the tag, comment or declaration at <paramref name="open"/>; -1 where the sign is text.</summary>
    private static int FindTagEnd(string html, int open, out string name, out bool isClosing)
    {
        name = "";
        isClosing = false;
        int at = open + 1;
        if (at >= html.Length)
        {
            return -1;
        }

        if (html[at] is '!' or '?')
        {
            bool isComment = string.CompareOrdinal(html, at, "!--", 0, 3) == 0;
            int close = isComment ? html.IndexOf("-->", at + 1, StringComparison.Ordinal) : html.IndexOf('>', at);
            return close < 0 ? html.Length : close + (isComment ? 3 : 1);
        }

        isClosing = html[at] == '/';
        at += isClosing ? 1 : 0;
        int start = at;
        while (at < html.Length && (char.IsLetterOrDigit(html[at]) || html[at] is ':' or '-' or '_'))
        {
            at++;
        }

        if (at == start || !char.IsLetter(html[start]))
        {
            return -1;
        }

        name = at - start <= 16 ? html[start..at] : "unknown";
        return FindClose(html, at);
    }

    /// <summary>The position behind the tag's own closing sign; one inside a quoted attribute value is not it.</summary>
    private static int FindClose(string html, int at)
    {
        char quote = '\0';
        char last = '\0';
        int firstClose = -1;
        for (; at < html.Length; at++)
        {
            char c = html[at];
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
                firstClose = c == '>' && firstClose < 0 ? at + 1 : firstClose;
                if (firstClose >= 0 && at - firstClose > 65536)
                {
                    // No attribute is that long: the quote was never closed.
                    return firstClose;
                }
            }
            else if (c == '>')
            {
                return at + 1;
            }
            else if (c is '"' or '\'' && last == '=')
            {
                quote = c;
                firstClose = -1;
            }

            last = c is ' ' or '\t' or '\r' or '\n' ? last : c;
        }

        return firstClose >= 0 ? firstClose : html.Length;
    }

    /// <summary>The value of a tag's alt attribute as it is written, or empty.</summary>
    private static string AlternativeText(string html, int start, int end)
    {
        int at = html.IndexOf(" alt=", start, end - start, StringComparison.OrdinalIgnoreCase) + " alt=".Length;
        if (at < " alt=".Length || at >= end)
        {
            return "";
        }

        bool isQuoted = html[at] is '"' or '\'';
        int close = isQuoted ? html.IndexOf(html[at], at + 1, end - at - 1) : html.IndexOfAny([' ', '>'], at, end - at);
        at += isQuoted ? 1 : 0;
        return close < 0 ? "" : html[at..close];
    }

    private static int SkipSilent(string html, int at, string name)
    {
        int close = html.IndexOf("</" + name, at, StringComparison.OrdinalIgnoreCase);
        if (close < 0)
        {
            return html.Length;
        }

        int end = html.IndexOf('>', close);
        return end < 0 ? html.Length : end + 1;
    }

    /// <summary>
    /// Sets lines as a browser would: runs of blanks are one, and none stand at either end of a line. In preformatted text blanks stay, but
    /// for those at the end of a line.
    /// </summary>
    private sealed class Writer(int enough)
    {
        private readonly StringBuilder _text = new();
        private int _breaks;
        private readonly StringBuilder _preformatted = new();
        private bool _blank;
        private bool _tab;

        public int Length => _text.Length;

        [MethodImpl(Compiling.Optimized)]
        public void Text(string html, int start, int end, bool isPreformatted)
        {
            if (start >= end)
            {
                return;
            }

            ReadOnlySpan<char> text = html.AsSpan(start, end - start);
            foreach (char c in text.IndexOf('&') < 0 ? text : WebUtility.HtmlDecode(text.ToString()).AsSpan())
            {
                if (_text.Length >= enough)
                {
                    return;
                }

                Character(c, isPreformatted);
            }
        }

        public void Text(string html) => Text(html, 0, html.Length, isPreformatted: false);

        public void Break(int lines) => _breaks = Math.Max(_breaks, lines);

        public void LineBreak()
        {
            _breaks++;
            _preformatted.Clear();
        }

        public void Tab() => _tab = true;

        public override string ToString() => _text.Length == 0 ? "" : _text.Append("\r\n").ToString();

        [MethodImpl(Compiling.Optimized)]
        private void Character(char c, bool isPreformatted)
        {
            switch (c)
            {
                case '\n' when isPreformatted:
                    LineBreak();
                    return;
                case ' ' or '\t' when isPreformatted:
                    _preformatted.Append(c);
                    return;
                case ' ' or '\t' or '\n' or '\r' or '\f':
                    _blank = true;
                    return;
                case '\u00A0':
                    c = ' ';
                    break;
                case >= '\u0080' and <= '\u009F':
                    c = FromWestern(c);
                    break;
                case < ' ' or '\u200B' or '\uFEFF':
                    return;
                default:
                    break;
            }

            if (_breaks == 0 && !_blank && !_tab && _preformatted.Length == 0)
            {
                // Within a word, as nearly all characters are.
                _text.Append(c);
                return;
            }

            if (_text.Length > 0)
            {
                for (int i = Math.Min(_breaks, 3); i > 0; i--)
                {
                    _text.Append("\r\n");
                }

                if (_breaks == 0)
                {
                    _text.Append(_tab ? "\t" : _blank ? " " : "");
                }
            }

            _text.Append(isPreformatted ? _preformatted.ToString() : "").Append(c);
            _breaks = 0;
            _blank = _tab = false;
            _preformatted.Clear();
        }

        /// <summary>Numeric references to C1 controls mean the characters of 1252, as in every browser.</summary>
        private static char FromWestern(char c) => CodePages.Get(CodePages.Western).GetString([(byte)c])[0];
    }
}
