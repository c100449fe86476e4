using System.Text;
using MimeKit.Text;

namespace PstMigration.Formats;

/// <summary>
/// Makes hostile HTML safe to open by rewriting it: a tokenizer takes it apart, and of what it finds only elements, attributes and
/// CSS of <see cref="HtmlRules"/> are written, every value quoted and encoded. Nothing of the original bytes gets through as
/// markup. Nesting is left as it was, wrong nesting too, but an end tag is written only for an element that was begun.
/// </summary>
internal sealed class HtmlSanitizer
{
    /// <summary>The class of the box that holds the body.</summary>
    public const string Scope = "mail-body";

    private const int MaximumDepth = 256;
    private const int MaximumAttributes = 64;
    private const int MaximumAttributeLength = 4096;

    private readonly HtmlPictures _pictures;
    private readonly StringBuilder _content = new();
    private readonly StringBuilder _sheet = new();
    private readonly StringBuilder _style = new();
    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];
    private string? _silent;
    private bool _isDisarmed;

    private HtmlSanitizer(HtmlPictures pictures) => _pictures = pictures;

    /// <summary>Sanitises. Never fails on what the HTML is.</summary>
    public static SanitizedHtml Sanitize(string html, HtmlPictures pictures)
    {
        HtmlSanitizer sanitizer = new(pictures);
        using StringReader reader = new(html);
        HtmlTokenizer tokenizer = new(reader) { DecodeCharacterReferences = true, IgnoreTruncatedTags = true };
        while (tokenizer.ReadNextToken(out HtmlToken? token))
        {
            sanitizer.Take(token!);
        }

        return sanitizer.Finish();
    }

    private SanitizedHtml Finish()
    {
        for (int i = _order.Count - 1; i >= 0; i--)
        {
            _content.Append("</").Append(_order[i]).Append('>');
        }

        string sheet = CssSanitizer.Sheet(_sheet.ToString(), "." + Scope, ref _isDisarmed);
        return new SanitizedHtml(_content.ToString(), _style.ToString(), sheet, _isDisarmed);
    }

    private void Take(HtmlToken token)
    {
        switch (token)
        {
            case HtmlTagToken { IsEndTag: true } tag:
                End(tag.Name.ToLowerInvariant());
                break;
            case HtmlTagToken tag:
                Start(tag);
                break;
            case HtmlScriptDataToken:
                break;
            case HtmlDataToken data when _silent is null:
                _content.AppendText(data.Data);
                break;
            case HtmlDataToken data when _silent == "style":
                _sheet.Append(data.Data);
                break;
            default:
                // Comments, document types, and text nobody reads.
                break;
        }
    }

    private void End(string name)
    {
        _silent = name == _silent ? null : _silent;
        if (_open.TryGetValue(name, out int count) && count > 0)
        {
            _open[name] = count - 1;
            _order.RemoveAt(_order.LastIndexOf(name));
            _content.Append("</").Append(name).Append('>');
        }
    }

    private void Start(HtmlTagToken tag)
    {
        string name = tag.Name.ToLowerInvariant();
        _isDisarmed |= HtmlRules.ActiveElements.Contains(name) || IsRefresh(name, tag);
        if (HtmlRules.SilentElements.Contains(name) && !(tag.IsEmptyElement && name == "title"))
        {
            _silent = name;
        }
        else if (name == "body")
        {
            TakeBody(tag);
        }
        else if (HtmlRules.Elements.Contains(name))
        {
            Write(name, tag);
        }
        else
        {
            NoteHandlers(tag);
        }
    }

    private void Write(string name, HtmlTagToken tag)
    {
        bool isVoid = HtmlRules.VoidElements.Contains(name);
        if (!isVoid && _order.Count >= MaximumDepth)
        {
            return;
        }

        if (name == "img" && !WritePicture(tag))
        {
            return;
        }

        if (name != "img")
        {
            _content.Append('<').Append(name);
        }

        WriteAttributes(name, tag);
        _content.Append('>');
        if (!isVoid)
        {
            _open[name] = (_open.TryGetValue(name, out int count) ? count : 0) + 1;
            _order.Add(name);
        }
    }

    /// <summary>Begins a picture's element, or writes what stands for a picture that is not shown.</summary>
    private bool WritePicture(HtmlTagToken tag)
    {
        string address = Value(tag, "src");
        if (_pictures.Find(address) is string data)
        {
            _content.Append("<img").AppendAttribute("src", data);
            return true;
        }

        NoteHandlers(tag);
        string alt = ShownText.Line(Value(tag, "alt"));
        if (address.Length > 0)
        {
            _isDisarmed = true;
            string shown = HtmlLink.Clean(address);
            _content.Append("<span class=\"mail-blocked\"")
                .AppendAttribute("title", shown.Length > MaximumAttributeLength ? shown.Substring(0, 64) : shown)
                .Append('>').AppendText(alt.Length > 0 ? "[" + alt + "]" : "").Append("</span>");
        }

        return false;
    }

    private void WriteAttributes(string element, HtmlTagToken tag)
    {
        HashSet<string> written = new(StringComparer.OrdinalIgnoreCase);
        foreach (HtmlAttribute attribute in tag.Attributes)
        {
            string name = attribute.Name.ToLowerInvariant();
            if (written.Count >= MaximumAttributes || !written.Add(name))
            {
                continue;
            }

            string value = attribute.Value ?? "";
            if (element == "a" && name == "href")
            {
                WriteLink(value);
            }
            else if (value.Length <= MaximumAttributeLength || name == "style")
            {
                WriteAttribute(element, name, value);
            }
        }
    }

    private void WriteAttribute(string element, string name, string value)
    {
        switch (name)
        {
            case "style":
                string style = CssSanitizer.Declarations(value, ref _isDisarmed);
                if (style.Length > 0)
                {
                    _content.AppendAttribute("style", style);
                }

                break;
            case "class":
                _content.AppendAttribute("class", CssSelector.Classes(value));
                break;
            case "id":
            case "name" when element == "a":
                _content.AppendAttribute("id", CssSelector.Prefix + value);
                break;
            default:
                if (HtmlRules.Attributes.Contains(name))
                {
                    _content.AppendAttribute(name, value);
                }
                else
                {
                    Note(name, value);
                }

                break;
        }
    }

    private void WriteLink(string address)
    {
        if (HtmlLink.Keep(address) is string kept)
        {
            _content.AppendAttribute("href", kept);
            if (kept[0] != '#')
            {
                _content.Append(" rel=\"noreferrer noopener nofollow\" target=\"_blank\"");
            }
        }
        else if (address.Length is > 0 and <= MaximumAttributeLength)
        {
            _isDisarmed = true;
            string shown = HtmlLink.Clean(address);
            _content.AppendAttribute("data-href", shown);
        }
    }

    /// <summary>The look of the whole body goes to the box that stands for it.</summary>
    private void TakeBody(HtmlTagToken tag)
    {
        string css = Value(tag, "style");
        css += Value(tag, "bgcolor") is { Length: > 0 } back ? ";background-color:" + back : "";
        css += Value(tag, "text") is { Length: > 0 } text ? ";color:" + text : "";
        if (_style.Length == 0)
        {
            _style.Append(CssSanitizer.Declarations(css, ref _isDisarmed));
        }

        NoteHandlers(tag);
    }

    private void NoteHandlers(HtmlTagToken tag)
    {
        foreach (HtmlAttribute attribute in tag.Attributes)
        {
            Note(attribute.Name, attribute.Value ?? "");
        }
    }

    private void Note(string name, string value) =>
        _isDisarmed |= name.StartsWith("on", StringComparison.OrdinalIgnoreCase)
            || (value.Length > 0 && (name.Equals("background", StringComparison.OrdinalIgnoreCase) || name.Equals("srcset", StringComparison.OrdinalIgnoreCase)));

    private static bool IsRefresh(string name, HtmlTagToken tag) =>
        name == "meta" && Value(tag, "http-equiv").Trim().Equals("refresh", StringComparison.OrdinalIgnoreCase);

    private static string Value(HtmlTagToken tag, string name) =>
        tag.Attributes.TryGetValue(name, out HtmlAttribute? attribute) ? attribute.Value ?? "" : "";
}
