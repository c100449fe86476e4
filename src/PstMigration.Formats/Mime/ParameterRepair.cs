using System.Text.RegularExpressions;

namespace PstMigration.Formats;

/// <summary>Mends parameters of Content-Type and Content-Disposition by which the name of a file would get lost or unreadable.</summary>
internal static class ParameterRepair
{
    /// <summary>A disposition and its first parameter without the semicolon between them.</summary>
    private static readonly Regex s_glued = new(@"^(\s*(?:attachment|inline))\s+(?=filename\s*\*?\d*\*?=)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>A path of Windows in quotes, where a backslash would be taken for the sign that quotes the next character (RFC 2045 5.1).</summary>
    private static readonly Regex s_path = new(@"(?<=name\s*=\s*"")(?:[A-Za-z]:\\(?!\\)|\\\\(?=\w))[^""]*(?="")", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>A header's text with such parameters as they were meant.</summary>
    public static string Mend(string value)
    {
        string mended = s_glued.Replace(value, "$1; ");
        return mended.IndexOf('\\') < 0 ? mended : s_path.Replace(mended, p => p.Value.Replace("\\", "\\\\"));
    }
}
