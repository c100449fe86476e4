using System.Text;

namespace PstMigration.Sandbox;

/// <summary>
/// Rewrites HTML bodies as the service does, so that code cannot rely on getting back what it sent. The rule:
/// <list type="number">
/// <item>The result is <c>&lt;html&gt;&lt;head&gt;</c>, CR LF, a Content-Type meta of utf-8, what the head held but for other character set metas,
/// <c>&lt;/head&gt;&lt;body …&gt;</c>, the rest, <c>&lt;/body&gt;&lt;/html&gt;</c>. Attributes of the body are kept.</item>
/// <item>Taken out with what is inside: script, object, embed, applet, iframe, frame, frameset. Taken out alone: form, base, link,
/// comments, doctypes and processing instructions.</item>
/// <item>Taken out of tags: attributes that begin with "on", values that begin with javascript: or vbscript:, and names no attribute has.</item>
/// <item>Names of tags and attributes are in lower case, values in double quotes, lines end in CR LF.</item>
/// </list>
/// Applied to its own result it changes nothing.
/// </summary>
internal static class HtmlNormaliser
{
    private const string Meta = "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">";

    private static readonly HashSet<string> s_withContent = ["script", "object", "embed", "applet", "iframe", "frame", "frameset"];
    private static readonly HashSet<string> s_alone = ["form", "base", "link"];
    private static readonly HashSet<string> s_void = ["embed", "frame"];
    private static readonly HashSet<string> s_inHead = ["meta", "style", "title"];
    private static readonly HashSet<string> s_structure = ["html", "head", "body"];

    /// <summary>The HTML as the service would keep it.</summary>
    public static string Normalise(string html)
    {
        StringBuilder head = new();
        StringBuilder body = new();
        string bodyTag = "<body>";
        string? dropUntil = null;
        string? raw = null;
        bool bodyBegun = false;
        foreach (HtmlToken token in new HtmlTokens(html).Read())
        {
            StringBuilder into = bodyBegun ? body : head;
            if (dropUntil is not null)
            {
                dropUntil = Ends(token, dropUntil) ? null : dropUntil;
            }
            else if (raw is not null)
            {
                into.Append(token.Kind == HtmlTokenKind.Text ? token.Text : "");
                raw = Close(into, token, raw);
            }
            else if (token.Kind == HtmlTokenKind.Text)
            {
                // White space between the tags of the head is no content; a lone < must not find a > later.
                bodyBegun |= !string.IsNullOrWhiteSpace(token.Text);
                body.Append(bodyBegun ? token.Text.Replace("<", "&lt;") : "");
            }
            else if (token.Kind == HtmlTokenKind.Other || s_structure.Contains(token.Name) || s_alone.Contains(token.Name) || IsCharacterSet(token))
            {
                bodyBegun |= token.Name == "body";
                bodyTag = token is { Name: "body", Kind: HtmlTokenKind.StartTag } ? Write(token) : bodyTag;
            }
            else if (s_withContent.Contains(token.Name))
            {
                dropUntil = token.Kind == HtmlTokenKind.StartTag && !s_void.Contains(token.Name) ? token.Name : null;
            }
            else
            {
                bodyBegun |= !s_inHead.Contains(token.Name);
                (bodyBegun ? body : head).Append(Write(token));
                raw = token.Kind == HtmlTokenKind.StartTag && HtmlTokens.IsRaw(token.Name) ? token.Name : null;
            }
        }

        (bodyBegun ? body : head).Append(raw is null ? "" : "</" + raw + ">");
        string result = "<html><head>\n" + Meta + head + "</head>" + bodyTag + body + "</body></html>";
        return result.Replace("\r\n", "\n").Replace('\r', '\n').Replace("\n", "\r\n");
    }

    private static bool Ends(HtmlToken token, string name) => token.Kind == HtmlTokenKind.EndTag && token.Name == name;

    private static string? Close(StringBuilder into, HtmlToken token, string raw)
    {
        if (!Ends(token, raw))
        {
            return raw;
        }

        into.Append("</").Append(raw).Append('>');
        return null;
    }

    private static bool IsCharacterSet(HtmlToken token) => token.Name == "meta" && token.Attributes.Any(a =>
        a.Key == "charset" || (a.Key == "http-equiv" && string.Equals(a.Value, "content-type", StringComparison.OrdinalIgnoreCase)));

    private static string Write(HtmlToken token)
    {
        if (token.Kind == HtmlTokenKind.EndTag)
        {
            return "</" + token.Name + ">";
        }

        StringBuilder tag = new("<" + token.Name);
        foreach (KeyValuePair<string, string?> attribute in token.Attributes.Where(a => !IsRefused(a)))
        {
            tag.Append(' ').Append(attribute.Key);
            if (attribute.Value is not null)
            {
                tag.Append("=\"").Append(attribute.Value.Replace("\"", "&quot;")).Append('"');
            }
        }

        return tag.Append('>').ToString();
    }

    private static bool IsRefused(KeyValuePair<string, string?> attribute)
    {
        string value = (attribute.Value ?? "").TrimStart();
        return attribute.Key.StartsWith("on", StringComparison.Ordinal) || attribute.Key.IndexOfAny(['<', '"', '\'', '=']) >= 0
            || value.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase) || value.StartsWith("vbscript:", StringComparison.OrdinalIgnoreCase);
    }
}
