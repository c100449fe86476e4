using System.Text;
using System.Text.RegularExpressions;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// What Thunderbird's tags are called. A message has their keys: <c>$label1</c> to <c>$label5</c> for those there are from the start, a word made of the name for
/// others. Names people chose stand in the profile's <c>prefs.js</c>, which lies above the mail: <c>user_pref("mailnews.tags.$label1.tag", "Urgent");</c>.
/// </summary>
internal sealed class ThunderbirdTags
{
    private const string Label = "$label";

    /// <summary>From a folder of an account (<c>ImapMail/imap.example.com/INBOX.sbd/Work</c>) to the profile.</summary>
    private const int LevelsAbove = 8;

    private const int MaximumSize = 4 * 1024 * 1024;

    private static readonly Regex s_tag = new(
        """^[ \t]*user_pref\("mailnews\.tags\.(?<key>[^"]+)\.tag",\s*"(?<name>(\\.|[^"\\])*)"\);""",
        RegexOptions.CultureInvariant | RegexOptions.Multiline);

    private readonly Dictionary<string, string> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Those of no profile.</summary>
    public static ThunderbirdTags Default { get; } = new();

    /// <summary>Those of the profile a path is in; the default where it is in none.</summary>
    /// <param name="path">The full path of mail.</param>
    public static ThunderbirdTags Above(string path)
    {
        string? directory = path;
        for (int i = 0; i < LevelsAbove && directory is not null; i++, directory = Path.GetDirectoryName(directory))
        {
            string settings = Path.Combine(directory, "prefs.js");
            if (File.Exists(LongPath.Of(settings)))
            {
                return Read(settings);
            }
        }

        return Default;
    }

    /// <summary>What a keyword of a message is called; null for one that no people chose.</summary>
    public string? NameOf(string keyword)
    {
        if (_names.TryGetValue(keyword, out string? name))
        {
            return name;
        }

        return keyword.Length == Label.Length + 1 && keyword.StartsWith(Label, StringComparison.OrdinalIgnoreCase)
            ? keyword[Label.Length] switch { '1' => Strings.Tag1, '2' => Strings.Tag2, '3' => Strings.Tag3, '4' => Strings.Tag4, '5' => Strings.Tag5, _ => null }
            : null;
    }

    private static ThunderbirdTags Read(string path)
    {
        ThunderbirdTags tags = new();
        try
        {
            using StreamReader reader = new(PlainFile.OpenRead(path, bufferSize: 1), Encoding.UTF8);
            if (reader.BaseStream.Length <= MaximumSize)
            {
                foreach (Match match in s_tag.Matches(reader.ReadToEnd()))
                {
                    tags._names[match.Groups["key"].Value] = Regex.Unescape(match.Groups["name"].Value);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Names that cannot be read are those of the keys.
            return tags;
        }

        return tags;
    }
}
