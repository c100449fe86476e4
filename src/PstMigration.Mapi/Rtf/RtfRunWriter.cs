using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using PstMigration.Mapi.Compat;

namespace PstMigration.Mapi;

/// <summary>Writes the runs of one paragraph as HTML.</summary>
internal sealed class RtfRunWriter(RtfFonts fonts, RtfColors colors)
{
    /// <summary>Characters of most paragraphs: a longer one makes the builder start over for each that follows.</summary>
    private const int UsualLength = 1024;

    private readonly StringBuilder _html = new(UsualLength);
    private readonly List<string> _closing = [];
    private RtfCharacterFormat? _open;
    private bool _afterSpace = true;
    private int _tallest;

    /// <summary>Characters written since the last <see cref="Finish"/>.</summary>
    public int Length => _html.Length;

    /// <summary>Whether anything to see was written since the last <see cref="Finish"/>.</summary>
    public bool IsEmpty { get; private set; } = true;

    /// <summary>How often something to see was written.</summary>
    public int Writes { get; private set; }

    /// <summary>The font and size of the document, which runs need not repeat.</summary>
    public RtfCharacterFormat Base { get; set; } = new();

    [MethodImpl(Compiling.Optimized)]
    public void Write(string text, RtfCharacterFormat format)
    {
        Open(format);
        for (int i = 0; i < text.Length; i++)
        {
            int start = i;
            while (i < text.Length && (IsPlain(text[i]) || (text[i] == ' ' && !(i > start ? text[i - 1] == ' ' : _afterSpace))))
            {
                i++;
            }

            if (i > start)
            {
                _html.Append(text, start, i - start);
                _afterSpace = text[i - 1] == ' ';
                if (i == text.Length)
                {
                    break;
                }
            }

            char c = text[i];
            switch (c)
            {
                case ' ':
                    // Browsers show one of several spaces, and none at the start of a line.
                    _html.Append(_afterSpace ? "&nbsp;" : " ");
                    _afterSpace = !_afterSpace;
                    break;
                case '\t':
                    _html.Append("&nbsp;&nbsp;&nbsp; ");
                    _afterSpace = true;
                    break;
                case '\r' or '\n':
                    break;
                default:
                    HtmlText.AppendEscaped(_html, c);
                    _afterSpace = false;
                    break;
            }
        }
    }

    /// <summary>HTML of its own within the paragraph: a line break, a picture.</summary>
    public void WriteHtml(string html, RtfCharacterFormat format)
    {
        Open(format);
        _html.Append(html);
        _afterSpace = html == "<br>";
    }

    /// <summary>Whether a character stands in HTML as it is, wherever it stands.</summary>
    private static bool IsPlain(char c) => c > ' ' && c is not ('<' or '>' or '&' or '"' or '\u00A0');

    /// <summary>
    /// A place links lead to. Mail programs know it by <c>name</c> only; links do not nest, so an open one is closed before.
    /// </summary>
    public void WriteAnchor(string name)
    {
        Close();
        _html.Append("<a name=\"").Append(HtmlText.Attribute(name)).Append("\"></a>");
    }

    /// <summary>The paragraph's content; the next one begins.</summary>
    public RtfRuns Finish()
    {
        Close();
        RtfRuns runs = new(_html.ToString(), IsEmpty, _tallest > 0 ? _tallest : Base.HalfPoints);
        _html.Clear();
        _afterSpace = true;
        _tallest = 0;
        IsEmpty = true;
        return runs;
    }

    /// <summary>CSS for the font and size where they are not those of <see cref="Base"/>.</summary>
    public string FontStyle(RtfCharacterFormat format, bool always = false)
    {
        StringBuilder style = new();
        if (fonts.NameOf(format.Font) is string name && (always || name != fonts.NameOf(Base.Font)) && CleanFontName(name) is { Length: > 0 } clean)
        {
            style.Append("font-family:'").Append(clean).Append("';");
        }

        if (always || format.HalfPoints != Base.HalfPoints)
        {
            style.Append("font-size:").Append((format.HalfPoints / 2.0).ToString("0.#", CultureInfo.InvariantCulture)).Append("pt;");
        }

        return style.ToString();
    }

    private void Open(RtfCharacterFormat format)
    {
        IsEmpty = false;
        Writes++;
        _tallest = Math.Max(_tallest, format.HalfPoints);
        if (_open == format)
        {
            return;
        }

        Close();
        _open = format;
        if (format.Link is string link)
        {
            Tag("<a href=\"" + HtmlText.Attribute(link) + "\">", "</a>");
        }

        string style = FontStyle(format) + ColorStyle(format);
        if (style.Length > 0)
        {
            Tag("<span style=\"" + style.TrimEnd(';') + "\">", "</span>");
        }

        TagIf(format.Bold, "b");
        TagIf(format.Italic, "i");
        TagIf(format.Underline && format.Link is null, "u");
        TagIf(format.Strike, "s");
        TagIf(format.Raised > 0, "sup");
        TagIf(format.Raised < 0, "sub");
    }

    private void Close()
    {
        for (int i = _closing.Count - 1; i >= 0; i--)
        {
            _html.Append(_closing[i]);
        }

        _closing.Clear();
        _open = null;
    }

    private string ColorStyle(RtfCharacterFormat format)
    {
        StringBuilder style = new();
        if (colors[format.Color] is string color)
        {
            style.Append("color:").Append(color).Append(';');
        }

        if (colors[format.Background] is string background)
        {
            style.Append("background-color:").Append(background).Append(';');
        }

        style.Append(format.AllCaps ? "text-transform:uppercase;" : "");
        style.Append(format.SmallCaps ? "font-variant:small-caps;" : "");
        return style.ToString();
    }

    private void TagIf(bool condition, string name)
    {
        if (condition)
        {
            Tag("<" + name + ">", "</" + name + ">");
        }
    }

    private void Tag(string opening, string closing)
    {
        _html.Append(opening);
        _closing.Add(closing);
    }

    private static string CleanFontName(string name)
    {
        StringBuilder clean = new(name.Length);
        foreach (char c in name.TrimStart('@'))
        {
            // Nothing that could end the value or the attribute.
            if (c >= ' ' && "'\"\\;:{}<>&()/".IndexOf(c) < 0)
            {
                clean.Append(c);
            }
        }

        return clean.ToString().Trim();
    }
}
