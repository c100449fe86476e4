using System.Text;

namespace PstMigration.Formats;

/// <summary>
/// Which addresses of links stay links. A click on one that leads into the web, to a mail or a telephone does what it says. Scripts,
/// files, network shares (<c>\\server</c>, <c>//server</c>) and addresses relative to where the exported file happens to be do not.
/// </summary>
internal static class HtmlLink
{
    private const int MaximumLength = 8192;
    private static readonly string[] s_schemes = ["http://", "https://", "mailto:", "tel:"];

    /// <summary>The address as browsers understand it, where it may stay; else null.</summary>
    public static string? Keep(string address)
    {
        string clean = Clean(address);
        if (clean.Length > MaximumLength)
        {
            return null;
        }

        return clean.Length > 1 && clean[0] == '#' ? "#" + CssSelector.Prefix + clean.Substring(1)
            : s_schemes.Any(s => clean.StartsWith(s, StringComparison.OrdinalIgnoreCase)) ? clean
            : null;
    }

    /// <summary>What a browser takes for the address: without line breaks and tabs anywhere and without controls and blanks around it.</summary>
    public static string Clean(string address)
    {
        StringBuilder clean = new(address.Length);
        foreach (char c in address)
        {
            if (!char.IsControl(c))
            {
                clean.Append(c);
            }
        }

        return clean.ToString().Trim();
    }
}
