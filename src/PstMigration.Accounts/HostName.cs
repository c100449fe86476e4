using System.Globalization;
using System.Net;

namespace PstMigration.Accounts;

/// <summary>Names of hosts and domains that came from settings, files or the network, before they are used.</summary>
internal static class HostName
{
    private static readonly IdnMapping s_idn = new() { UseStd3AsciiRules = true };

    /// <summary>Whether it is a host name in its ASCII form, or an address. No underscores, no spaces, no ports.</summary>
    public static bool IsValid(string name)
    {
        if (name.Length is 0 or > 253)
        {
            return false;
        }

        if (name.IndexOf(':') >= 0)
        {
            return IPAddress.TryParse(name, out _);
        }

        foreach (string label in name.Split('.'))
        {
            if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-' || !Array.TrueForAll(label.ToCharArray(), IsLetterDigitHyphen))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The name in ASCII and lower case, with the dot at its end taken off; null where it is none.</summary>
    public static string? Normalize(string? name)
    {
        string text = name?.Trim().TrimEnd('.') ?? "";
        try
        {
            string ascii = (text.Length is > 0 and < 254 && text.IndexOf(':') < 0 ? s_idn.GetAscii(text) : text).ToLowerInvariant();
            return IsValid(ascii) ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Whether a name is a suffix itself or ends in it after a dot.</summary>
    public static bool IsWithin(string name, string suffix) =>
        name.EndsWith(suffix, StringComparison.Ordinal) && (name.Length == suffix.Length || name[name.Length - suffix.Length - 1] == '.');

    private static bool IsLetterDigitHyphen(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-';
}
