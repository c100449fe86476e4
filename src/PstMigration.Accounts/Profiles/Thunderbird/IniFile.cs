namespace PstMigration.Accounts.Thunderbird;

/// <summary>The sections of profiles.ini.</summary>
internal static class IniFile
{
    private const int MaxLines = 10_000;
    private const int MaxLine = 8192;

    /// <summary>Names and values by section, in the file's order. Lines that are neither are passed over, as Thunderbird does.</summary>
    /// <exception cref="AccountsException">MailProfileLimitExceeded.</exception>
    public static IReadOnlyList<(string Section, IReadOnlyDictionary<string, string> Values)> Read(TextReader reader, string path)
    {
        List<(string, IReadOnlyDictionary<string, string>)> sections = [];
        Dictionary<string, string>? values = null;
        LimitedLines lines = new(reader, MaxLine);
        int count = 0;
        while (lines.Next(out string? line))
        {
            if (++count > MaxLines)
            {
                throw AccountsException.MailProfileLimitExceeded(path);
            }

            string text = line?.Trim() ?? "";
            int equals = text.IndexOf('=');
            if (text.Length > 2 && text[0] == '[' && text[^1] == ']')
            {
                values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
                sections.Add((text.Substring(1, text.Length - 2), values));
            }
            else if (equals > 0 && values is not null)
            {
                values[text.Substring(0, equals).TrimEnd()] = text.Substring(equals + 1).TrimStart();
            }
        }

        return sections;
    }
}
