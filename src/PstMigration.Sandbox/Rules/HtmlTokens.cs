namespace PstMigration.Sandbox;

/// <summary>What a piece of HTML is.</summary>
internal enum HtmlTokenKind
{
    Text,
    StartTag,
    EndTag,

    /// <summary>A comment, a doctype, a processing instruction.</summary>
    Other,
}

/// <summary>A piece of HTML. <see cref="Name"/> and attribute names are in lower case; an attribute without value has null.</summary>
internal sealed record HtmlToken(HtmlTokenKind Kind, string Text, string Name = "")
{
    public IReadOnlyList<KeyValuePair<string, string?>> Attributes { get; init; } = [];
}

/// <summary>Cuts HTML into tags and text in one pass, never failing: what is no tag is text.</summary>
internal sealed class HtmlTokens(string html)
{
    private int _at;

    public IEnumerable<HtmlToken> Read()
    {
        string? rawUntil = null;
        while (_at < html.Length)
        {
            if (rawUntil is not null)
            {
                // Inside script, style and title only the end tag counts.
                int end = html.IndexOf("</" + rawUntil, _at, StringComparison.OrdinalIgnoreCase);
                end = end < 0 ? html.Length : end;
                rawUntil = null;
                if (end > _at)
                {
                    yield return new HtmlToken(HtmlTokenKind.Text, Take(end));
                }
            }
            else if (html[_at] == '<' && ReadMarkup() is HtmlToken token)
            {
                rawUntil = token.Kind == HtmlTokenKind.StartTag && IsRaw(token.Name) ? token.Name : null;
                yield return token;
            }
            else
            {
                int next = html.IndexOf('<', _at + 1);
                yield return new HtmlToken(HtmlTokenKind.Text, Take(next < 0 ? html.Length : next));
            }
        }
    }

    /// <summary>Whether only its own end tag ends the content of an element.</summary>
    public static bool IsRaw(string name) => name is "script" or "style" or "title";

    private string Take(int end)
    {
        string text = html.Substring(_at, end - _at);
        _at = end;
        return text;
    }

    private HtmlToken? ReadMarkup()
    {
        char next = _at + 1 < html.Length ? html[_at + 1] : '\0';
        if (next is '!' or '?')
        {
            bool comment = string.CompareOrdinal(html, _at, "<!--", 0, 4) == 0;
            int end = comment ? html.IndexOf("-->", Math.Min(_at + 4, html.Length), StringComparison.Ordinal) : html.IndexOf('>', _at);
            return new HtmlToken(HtmlTokenKind.Other, Take(end < 0 ? html.Length : end + (comment ? 3 : 1)));
        }

        bool closing = next == '/';
        int name = _at + (closing ? 2 : 1);
        if (name >= html.Length || !IsLetter(html[name]))
        {
            return null;
        }

        int start = _at;
        int at = name;
        while (at < html.Length && (IsLetter(html[at]) || char.IsDigit(html[at]) || html[at] is ':' or '-' or '_'))
        {
            at++;
        }

        string tag = html.Substring(name, at - name).ToLowerInvariant();
        List<KeyValuePair<string, string?>> attributes = [];
        while (at < html.Length && html[at] != '>')
        {
            at = html[at] == '/' || char.IsWhiteSpace(html[at]) ? at + 1 : ReadAttribute(at, attributes);
        }

        _at = Math.Min(at + 1, html.Length);
        string text = html.Substring(start, _at - start);
        return closing
            ? new HtmlToken(HtmlTokenKind.EndTag, text, tag)
            : new HtmlToken(HtmlTokenKind.StartTag, text, tag) { Attributes = attributes };
    }

    private int ReadAttribute(int at, List<KeyValuePair<string, string?>> into)
    {
        int start = at++;
        while (at < html.Length && !char.IsWhiteSpace(html[at]) && html[at] is not ('=' or '>' or '/'))
        {
            at++;
        }

        string name = html.Substring(start, at - start).ToLowerInvariant();
        int equals = SkipSpace(at);
        if (equals >= html.Length || html[equals] != '=')
        {
            into.Add(new(name, null));
            return at;
        }

        at = SkipSpace(equals + 1);
        if (at < html.Length && html[at] is '"' or '\'')
        {
            int end = html.IndexOf(html[at], at + 1);
            end = end < 0 ? html.Length : end;
            into.Add(new(name, html.Substring(at + 1, end - at - 1)));
            return Math.Min(end + 1, html.Length);
        }

        start = at;
        while (at < html.Length && !char.IsWhiteSpace(html[at]) && html[at] != '>')
        {
            at++;
        }

        into.Add(new(name, html.Substring(start, at - start)));
        return at;
    }

    private int SkipSpace(int at)
    {
        while (at < html.Length && char.IsWhiteSpace(html[at]))
        {
            at++;
        }

        return at;
    }

    private static bool IsLetter(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
}
