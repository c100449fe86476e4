using System.Text;

namespace PstMigration.Mapi;

/// <summary>One field: what it does, and where its result leads.</summary>
internal sealed class RtfField
{
    private const int MaximumInstruction = 8192;
    private readonly StringBuilder _instruction = new();

    /// <summary>The address of a hyperlink; null for other fields and for addresses that would run a script.</summary>
    public string? Link { get; private set; }

    /// <summary>What to show where the result shows nothing, or null.</summary>
    public RtfFieldText? Text { get; private set; }

    public void TakeText(string text)
    {
        if (_instruction.Length < MaximumInstruction)
        {
            _instruction.Append(text);
        }
    }

    public void EndInstruction()
    {
        string instruction = _instruction.ToString();
        Link = ParseLink(instruction);
        Text = RtfFieldText.Parse(instruction);
    }

    /// <summary>Reads <c>HYPERLINK "address" \l "place"</c>.</summary>
    private static string? ParseLink(string instruction)
    {
        string text = instruction.TrimStart();
        if (!text.StartsWith("HYPERLINK", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        string address = "";
        string place = "";
        for (int at = "HYPERLINK".Length; NextPart(text, ref at) is string part;)
        {
            if (part is @"\l")
            {
                place = NextPart(text, ref at) ?? "";
            }
            else if (part is @"\o" or @"\t")
            {
                NextPart(text, ref at);
            }
            else if (part.Length > 0 && part[0] != '\\' && address.Length == 0)
            {
                address = part;
            }
        }

        string link = place.Length > 0 ? address + "#" + PlaceName(place) : address;
        return link.Length > 0 && IsHarmless(link) ? link : null;
    }

    /// <summary>The name of a bookmark as links and their targets both write it: without blanks.</summary>
    public static string PlaceName(string bookmark)
    {
        string trimmed = bookmark.Trim();
        StringBuilder name = new(trimmed.Length);
        foreach (char c in trimmed)
        {
            name.Append(char.IsWhiteSpace(c) ? '_' : c);
        }

        return name.ToString();
    }

    /// <summary>The next word or quoted text of an instruction; null at its end.</summary>
    internal static string? NextPart(string text, ref int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        if (at >= text.Length)
        {
            return null;
        }

        bool isQuoted = text[at] == '"';
        at += isQuoted ? 1 : 0;
        int start = at;
        while (at < text.Length && (isQuoted ? text[at] != '"' : !char.IsWhiteSpace(text[at])))
        {
            at++;
        }

        string part = text[start..at];
        at += isQuoted && at < text.Length ? 1 : 0;
        return part;
    }

    /// <summary>Schemes that run something in a browser are not linked. Browsers ignore blanks and controls in a scheme.</summary>
    private static bool IsHarmless(string link)
    {
        StringBuilder scheme = new();
        foreach (char c in link)
        {
            if (c is '/' or '?' or '#')
            {
                return true;
            }

            if (c == ':')
            {
                return scheme.ToString().ToUpperInvariant() is not ("JAVASCRIPT" or "VBSCRIPT" or "DATA" or "BLOB" or "LIVESCRIPT" or "MOCHA");
            }

            if (c > ' ')
            {
                scheme.Append(c);
            }
        }

        return true;
    }
}
