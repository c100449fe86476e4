using System.Globalization;
using System.Text;
using PstMigration.Errors;

namespace PstMigration.Help;

/// <summary>Makes about_PstMigration_Errors from the module's catalog of error ids and its texts of advice.</summary>
internal static class ErrorTopic
{
    private const int Width = 100;

    /// <summary>Every id of the catalog, in order.</summary>
    public static IEnumerable<string> Ids => ErrorCatalog.All.Keys.Order(StringComparer.Ordinal);

    /// <summary>The topic in a language; its frame is written by hand and has a line <c>{errors}</c>.</summary>
    /// <param name="folder">The sources of the language, named after it.</param>
    public static string Write(string folder)
    {
        string language = Path.GetFileName(folder);
        string frame = File.ReadAllText(Path.Combine(folder, "about_PstMigration_Errors.txt")).ReplaceLineEndings("\n");
        StringBuilder errors = new();
        foreach (string id in Ids)
        {
            errors.Append("    ").Append(id).Append("  (").Append(ErrorCatalog.Category(ErrorCatalog.All[id])).Append(")\n");
            foreach (string line in Wrap(Action(id, language) ?? ""))
            {
                errors.Append("        ").Append(line).Append('\n');
            }

            errors.Append('\n');
        }

        return frame.Replace("{errors}\n", errors.ToString().TrimEnd('\n') + "\n", StringComparison.Ordinal);
    }

    /// <summary>The advice about an error in a language.</summary>
    public static string? Action(string id, string language) => ErrorCatalog.All[id].Advice(CultureInfo.GetCultureInfo(language));

    private static IEnumerable<string> Wrap(string text)
    {
        StringBuilder line = new();
        int width = 0;
        foreach (string word in Words(text))
        {
            int wide = word.Sum(c => c >= '\u2E80' ? 2 : 1);
            if (width > 0 && width + wide > Width)
            {
                yield return line.ToString().TrimEnd();
                line.Clear();
                width = 0;
            }

            line.Append(word);
            width += wide;
        }

        yield return line.ToString().TrimEnd();
    }

    // A line may end after a space, and between any two characters of Japanese but before closing punctuation.
    private static IEnumerable<string> Words(string text)
    {
        int start = 0;
        for (int i = 1; i < text.Length; i++)
        {
            bool mayBreak = text[i - 1] == ' ' || (text[i - 1] >= '\u2E80' && text[i] >= '\u2E80' && !"、。)」ー".Contains(text[i], StringComparison.Ordinal));
            if (mayBreak)
            {
                yield return text[start..i];
                start = i;
            }
        }

        yield return text[start..];
    }
}
