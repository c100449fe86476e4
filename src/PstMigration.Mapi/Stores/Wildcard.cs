namespace PstMigration.Mapi;

/// <summary>Matches <c>*</c> (any characters) and <c>?</c> (one character), without case.</summary>
public static class Wildcard
{
    /// <summary>Whether the whole text matches. Takes time in the order of text times pattern at worst.</summary>
    public static bool IsMatch(string text, string pattern)
    {
        int t = 0, p = 0, star = -1, resume = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                resume = t;
            }
            else if (p < pattern.Length && (pattern[p] == '?' || Same(pattern[p], text[t])))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++resume;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
        {
            p++;
        }

        return p == pattern.Length;
    }

    /// <summary>Whether a pattern has a <c>*</c> or <c>?</c>.</summary>
    public static bool IsPattern(string text) => text.IndexOfAny(['*', '?']) >= 0;

    /// <summary>Whether the whole text matches, or contains what has no wildcard.</summary>
    public static bool Contains(string text, string pattern) =>
        IsPattern(pattern) ? IsMatch(text, pattern) : text.IndexOf(pattern, StringComparison.OrdinalIgnoreCase) >= 0;

    private static bool Same(char a, char b) => a == b || char.ToUpperInvariant(a) == char.ToUpperInvariant(b);
}
