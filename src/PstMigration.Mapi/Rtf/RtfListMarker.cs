using System.Globalization;

namespace PstMigration.Mapi;

/// <summary>What the bullet or number of a list item is in HTML.</summary>
/// <param name="Kind">disc, circle, square; 1, a, A, i, I; empty for one HTML has no word for.</param>
/// <param name="Value">The item's number; 0 for bullets.</param>
/// <param name="Text">The marker as it stood in the text.</param>
internal sealed record RtfListMarker(string Kind, int Value, string Text)
{
    private const string RomanDigits = "ivxlcdm";

    public bool IsOrdered => Value > 0;

    /// <summary>Reads a marker such as <c>•</c>, <c>3.</c>, <c>b)</c> or <c>iv.</c></summary>
    /// <param name="text">The list text.</param>
    /// <param name="previous">The marker before it in the same list, which tells the letter i from the number.</param>
    public static RtfListMarker Parse(string text, RtfListMarker? previous)
    {
        string marker = text.Trim();
        string kind = marker switch
        {
            "•" or "·" or "●" => "disc",
            "o" or "○" => "circle",
            "▪" or "■" or "§" => "square",
            _ => "",
        };
        if (kind.Length > 0)
        {
            return new RtfListMarker(kind, 0, marker);
        }

        string core = marker.TrimEnd('.', ')').TrimStart('(');
        bool isShort = core.Length is > 0 and <= 9;
        if (isShort && int.TryParse(core, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0)
        {
            return new RtfListMarker("1", number, marker);
        }

        if (isShort && core.Length < marker.Length && (IsAll(core, 'a') || IsAll(core, 'A')))
        {
            return ParseLetters(core, marker, previous);
        }

        return new RtfListMarker("", 0, marker);
    }

    private static RtfListMarker ParseLetters(string core, string marker, RtfListMarker? previous)
    {
        bool isUpper = core[0] < 'a';
        string lower = core.ToLowerInvariant();
        int roman = ParseRoman(lower);
        int letter = lower.Length == 1 ? lower[0] - 'a' + 1 : 0;
        bool continuesLetters = previous?.Kind is "a" or "A" && previous.Value + 1 == letter;
        bool continuesRoman = previous?.Kind is "i" or "I" && previous.Value + 1 == roman;
        if (roman > 0 && !continuesLetters && (continuesRoman || letter == 0 || lower == "i"))
        {
            return new RtfListMarker(isUpper ? "I" : "i", roman, marker);
        }

        return new RtfListMarker(letter > 0 ? (isUpper ? "A" : "a") : "", letter, marker);
    }

    private static int ParseRoman(string text)
    {
        int[] values = [1, 5, 10, 50, 100, 500, 1000];
        int total = 0;
        for (int i = 0; i < text.Length; i++)
        {
            int digit = RomanDigits.IndexOf(text[i]);
            if (digit < 0)
            {
                return 0;
            }

            int next = i + 1 < text.Length ? RomanDigits.IndexOf(text[i + 1]) : -1;
            total += next > digit ? -values[digit] : values[digit];
        }

        return Math.Max(total, 0);
    }

    private static bool IsAll(string text, char first)
    {
        foreach (char c in text)
        {
            if (c < first || c > first + 25)
            {
                return false;
            }
        }

        return true;
    }
}
