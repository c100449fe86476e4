using System.Text.RegularExpressions;
using Xunit;

namespace PstMigration.Formats.Tests.Html;

/// <summary>
/// Says whether HTML is harmless, by a grammar so narrow that every browser reads it alike: text without signs of markup, and tags whose
/// attributes are quoted. It shares nothing with the sanitizer, not even its lists.
/// </summary>
internal static class SafeHtml
{
    private static readonly Regex s_tag = new("""<(?<end>/?)(?<name>[a-z][a-z0-9]*)(?: (?<attribute>[a-z-]+)="(?<value>[^"<>'`]*)")*>""");

    private static readonly HashSet<string> s_forbidden = new(StringComparer.Ordinal)
    {
        "applet", "audio", "base", "body", "button", "embed", "form", "frame", "frameset", "head", "html", "iframe", "input", "link", "math",
        "meta", "noembed", "noframes", "noscript", "object", "option", "plaintext", "script", "select", "source", "style", "svg", "template",
        "textarea", "title", "track", "video", "xmp",
    };

    public static void Check(string content)
    {
        int at = 0;
        foreach (Match tag in s_tag.Matches(content))
        {
            CheckText(content[at..tag.Index]);
            CheckTag(tag);
            at = tag.Index + tag.Length;
        }

        CheckText(content[at..]);
    }

    public static void CheckCss(string css)
    {
        Assert.DoesNotMatch(@"(?i)url|import(?!ant)|expression|javascript|behavior|binding|position\s*:|[\\<>@]|/\*", css.Replace(" > ", " "));
    }

    private static void CheckText(string text)
    {
        Assert.DoesNotContain('<', text);
        Assert.DoesNotContain('>', text);
        Assert.DoesNotContain('\0', text);
    }

    private static void CheckTag(Match tag)
    {
        string name = tag.Groups["name"].Value;
        Assert.DoesNotContain(name, s_forbidden);
        IEnumerable<(string Name, string Value)> attributes = tag.Groups["attribute"].Captures.Cast<Capture>()
            .Zip(tag.Groups["value"].Captures.Cast<Capture>(), (n, v) => (n.Value, System.Net.WebUtility.HtmlDecode(v.Value)));
        foreach ((string attribute, string value) in attributes)
        {
            Assert.False(attribute.StartsWith("on", StringComparison.Ordinal), attribute);
            switch (attribute)
            {
                case "href":
                    Assert.Matches("^(#m-|https?://|mailto:|tel:)(?s:.*)$", value.ToLowerInvariant());
                    break;
                case "src":
                    Assert.Equal("img", name);
                    Assert.Matches("^data:image/(png|jpeg|gif|webp|bmp);base64,[A-Za-z0-9+/=]*$", value);
                    break;
                case "style":
                    CheckCss(value);
                    break;
                case "id":
                    Assert.StartsWith("m-", value, StringComparison.Ordinal);
                    break;
                default:
                    Assert.DoesNotContain(attribute, new[] { "srcset", "background", "action", "formaction", "poster", "data", "ping", "cite", "longdesc", "srcdoc" });
                    break;
            }
        }
    }

}
