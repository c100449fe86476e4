using System.Globalization;
using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// The keywords of a folder as Dovecot keeps them: a small letter in the name of a file stands for a line of <c>dovecot-keywords</c>,
/// <c>0 Work</c> for a, <c>1 $Forwarded</c> for b, 26 at most.
/// </summary>
internal sealed class MaildirKeywords
{
    /// <summary>The file's name in the directory of a folder.</summary>
    public const string FileName = "dovecot-keywords";

    private const int Letters = 26;
    private const int MaximumSize = 64 * 1024;

    private readonly string?[] _names = new string?[Letters];

    /// <summary>Reads those of a folder; none where there is no such file.</summary>
    /// <exception cref="MailDataException">SourceUnreadable.</exception>
    public static MaildirKeywords Read(string directory)
    {
        MaildirKeywords keywords = new();
        string path = Path.Combine(directory, FileName);
        if (!File.Exists(LongPath.Of(path)))
        {
            return keywords;
        }

        using Stream stream = TreeFiles.OpenRead(path);
        using StreamReader reader = new(stream, Encoding.UTF8);
        char[] text = new char[MaximumSize];
        int length = TreeFiles.Read(path, _ => reader.ReadBlock(text, 0, text.Length));
        foreach (string line in new string(text, 0, length).Split('\n'))
        {
            int blank = line.IndexOf(' ');
            if (blank > 0 && int.TryParse(line.Substring(0, blank), NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < Letters)
            {
                keywords._names[index] = line.Substring(blank + 1).Trim();
            }
        }

        return keywords;
    }

    /// <summary>The keywords of a message.</summary>
    /// <param name="name">The name of its file.</param>
    public IReadOnlyList<string> Of(MaildirName name) => name.Letters.Select(l => _names[l - 'a']).OfType<string>().ToList();
}
