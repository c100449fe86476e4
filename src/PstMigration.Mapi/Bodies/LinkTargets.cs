namespace PstMigration.Mapi;

/// <summary>
/// Addresses that stand in plain text made from formatted text and are no part of what it says: Outlook writes a link as its words
/// and then its address in angle brackets, and a picture as [cid:...].
/// </summary>
internal static class LinkTargets
{
    private const int LongestTarget = 4096;
    private static readonly string[] s_schemes = ["http:", "https:", "mailto:", "ftp:", "file:", "tel:"];

    /// <summary>The position behind the address whose bracket stands at <paramref name="at"/>; -1 where none does.</summary>
    public static int EndOf(string text, int at)
    {
        if (!IsTarget(text, at))
        {
            return -1;
        }

        return text.IndexOf(text[at] == '<' ? '>' : ']', at, Math.Min(LongestTarget, text.Length - at)) + 1 is > 0 and int end ? end : -1;
    }

    private static bool IsTarget(string text, int at)
    {
        if (text[at] == '[')
        {
            return string.Compare(text, at + 1, "cid:", 0, 4, StringComparison.OrdinalIgnoreCase) == 0;
        }

        return text[at] == '<'
            && Array.Exists(s_schemes, scheme => string.Compare(text, at + 1, scheme, 0, scheme.Length, StringComparison.OrdinalIgnoreCase) == 0);
    }
}
