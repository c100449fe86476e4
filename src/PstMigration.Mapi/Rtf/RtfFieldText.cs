using System.Globalization;

namespace PstMigration.Mapi;

/// <summary>What a field shows whose result was left out, because its program draws it itself: symbols, and letters with their reading above (ruby).</summary>
/// <param name="Base">The symbol, or the letters.</param>
/// <param name="Reading">The reading, or an empty string.</param>
internal sealed record RtfFieldText(string Base, string Reading)
{
    /// <summary>The text without markup.</summary>
    public string Text => Reading.Length > 0 ? Base + "(" + Reading + ")" : Base;

    /// <summary>The text as HTML.</summary>
    public string Html => Reading.Length > 0
        ? "<ruby>" + HtmlText.Attribute(Base) + "<rp>(</rp><rt>" + HtmlText.Attribute(Reading) + "</rt><rp>)</rp></ruby>"
        : HtmlText.Attribute(Base);

    /// <summary>Reads an instruction; null for fields of other kinds.</summary>
    public static RtfFieldText? Parse(string instruction)
    {
        string text = instruction.Trim();
        return text.StartsWith("SYMBOL", StringComparison.OrdinalIgnoreCase) ? Symbol(text)
            : text.StartsWith("EQ", StringComparison.OrdinalIgnoreCase) ? Ruby(text)
            : null;
    }

    /// <summary><c>SYMBOL 74 \f "Wingdings" \s 11</c>; the number may be hexadecimal, and is of Unicode with <c>\u</c>.</summary>
    private static RtfFieldText? Symbol(string text)
    {
        int code = -1;
        bool isUnicode = false;
        string font = "";
        int at = "SYMBOL".Length;
        while (RtfField.NextPart(text, ref at) is string part)
        {
            if (part is @"\f")
            {
                font = RtfField.NextPart(text, ref at) ?? "";
            }
            else if (part is @"\s")
            {
                RtfField.NextPart(text, ref at);
            }
            else if (part is @"\u")
            {
                isUnicode = true;
            }
            else if (code < 0 && part.Length > 0 && part[0] != '\\')
            {
                code = ParseNumber(part);
            }
        }

        if (code is < ' ' or > 0xFFFF || char.IsSurrogate((char)code))
        {
            return null;
        }

        bool isPrivate = code is >= 0xF020 and <= 0xF0FF;
        bool isPicture = isPrivate || (code <= 0xFF && !isUnicode && SymbolFonts.IsKnown(font));
        return new RtfFieldText(isPicture ? SymbolFonts.Decode(font, (byte)code) : ((char)code).ToString(), "");
    }

    private static int ParseNumber(string text) =>
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && int.TryParse(text.Substring(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int hexadecimal) ? hexadecimal
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
        : -1;

    /// <summary>Word's phonetic guide: <c>EQ \* jc2 \* "Font:x" \* hps10 \o\ad(\s\up 9(reading),letters)</c>.</summary>
    private static RtfFieldText? Ruby(string text)
    {
        int up = text.IndexOf(@"\up", StringComparison.OrdinalIgnoreCase);
        int open = up < 0 ? -1 : text.IndexOf('(', up);
        int close = open < 0 ? -1 : text.IndexOf(')', open);
        int end = text.LastIndexOf(')');
        if (text.IndexOf(@"\o", StringComparison.OrdinalIgnoreCase) < 0 || close < 0 || close + 1 >= end || text[close + 1] is not (',' or ';'))
        {
            return null;
        }

        string letters = text.Substring(close + 2, end - close - 2).Trim();
        return letters.Length == 0 ? null : new RtfFieldText(letters, text.Substring(open + 1, close - open - 1).Trim());
    }
}
