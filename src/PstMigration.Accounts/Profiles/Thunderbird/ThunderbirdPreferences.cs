using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PstMigration.Accounts.Thunderbird;

/// <summary>
/// The settings of prefs.js that say which accounts there are: lines <c>user_pref("name", value);</c> with a string, a number or a
/// truth value. Only names in a list are kept, so nothing secret that an extension may have put there is.
/// </summary>
internal sealed class ThunderbirdPreferences
{
    private const int MaxLine = 64 * 1024;
    private const int MaxKept = 100_000;
    private const string Start = "user_pref(\"";

    private static readonly Regex s_wanted = new(
        @"^(mail\.accountmanager\.accounts|extensions\.lastAppVersion|mail\.smtp\.defaultserver|mail\.account\.account\d{1,9}\.(server|identities)"
        + @"|mail\.server\.server\d{1,9}\.(type|name|hostname|realhostname|port|userName|realuserName|socketType|authMethod|directory|directory-rel|leave_on_server|delete_by_age_from_server|num_days_to_leave_on_server|delete_mail_left_on_server)"
        + @"|mail\.smtpserver\.[A-Za-z0-9_-]{1,64}\.(hostname|port|username|try_ssl|authMethod)"
        + @"|mail\.identity\.id\d{1,9}\.(useremail|smtpServer))$",
        RegexOptions.CultureInvariant);

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>Text of a setting; null where it is not set.</summary>
    public string? Text(string name) => _values.TryGetValue(name, out string? value) ? value : null;

    /// <summary>A number; null where it is not set or none.</summary>
    public int? Number(string name) =>
        int.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : null;

    /// <summary>A truth value; false where it is not set.</summary>
    public bool IsTrue(string name) => Text(name) == "true";

    /// <summary>Names in a list separated by commas.</summary>
    public IEnumerable<string> List(string name)
    {
        foreach (string part in (Text(name) ?? "").Split(','))
        {
            if (part.Trim() is { Length: > 0 } trimmed)
            {
                yield return trimmed;
            }
        }
    }

    /// <summary>Reads the file.</summary>
    /// <exception cref="AccountsException">MailProfileLimitExceeded: it is not a settings file.</exception>
    public static ThunderbirdPreferences Read(TextReader reader, string path)
    {
        ThunderbirdPreferences preferences = new();
        LimitedLines lines = new(reader, MaxLine);
        while (lines.Next(out string? line))
        {
            if (line is null || !line.StartsWith(Start, StringComparison.Ordinal))
            {
                continue;
            }

            int nameEnd = line.IndexOf('"', Start.Length);
            string name = nameEnd < 0 ? "" : line.Substring(Start.Length, nameEnd - Start.Length);
            if (nameEnd < 0 || !s_wanted.IsMatch(name) || Value(line, nameEnd + 1) is not string value)
            {
                continue;
            }

            preferences._values[name] = value;
            if (preferences._values.Count > MaxKept)
            {
                throw AccountsException.MailProfileLimitExceeded(path);
            }
        }

        return preferences;
    }

    private static string? Value(string line, int start)
    {
        int comma = line.IndexOf(',', start);
        int end = line.LastIndexOf(')');
        if (comma < 0 || end <= comma)
        {
            return null;
        }

        string value = line.Substring(comma + 1, end - comma - 1).Trim();
        if (value.Length == 0 || value[0] is not ('"' or '\''))
        {
            return value;
        }

        return value.Length >= 2 && value[^1] == value[0] ? Unescape(value.Substring(1, value.Length - 2)) : null;
    }

    private static string Unescape(string text)
    {
        if (text.IndexOf('\\') < 0)
        {
            return text;
        }

        StringBuilder plain = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                plain.Append(text[i]);
                continue;
            }

            char c = text[++i];
            int digits = c == 'x' ? 2 : c == 'u' ? 4 : 0;
            if (digits > 0 && i + digits < text.Length
                && int.TryParse(text.Substring(i + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code))
            {
                plain.Append((char)code);
                i += digits;
            }
            else
            {
                plain.Append(c switch { 'n' => '\n', 'r' => '\r', 't' => '\t', _ => c });
            }
        }

        return plain.ToString();
    }
}
