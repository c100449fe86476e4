using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Resources;
using System.Text;

namespace PstMigration.Module.Tests.Help;

/// <summary>Makes about_PstMigration_Errors from the module's catalog of error ids and its texts of advice.</summary>
internal static class ErrorTopic
{
    private const int Width = 100;

    /// <summary>The catalog of the staged module.</summary>
    public static IReadOnlyDictionary<string, ErrorCategory> Catalog { get; } = (IReadOnlyDictionary<string, ErrorCategory>)Module()
        .GetType("PstMigration.Errors.ErrorCatalog", throwOnError: true)!.GetField("Categories", BindingFlags.Static | BindingFlags.NonPublic)!.GetValue(null)!;

    /// <summary>The module's texts.</summary>
    public static ResourceManager Texts { get; } = new("PstMigration.Strings", Module());

    /// <summary>The topic in a language; its frame is written by hand and has a line <c>{errors}</c>.</summary>
    public static string Write(string language)
    {
        string frame = File.ReadAllText(Path.Combine(StagedModule.Repository, "src", "PstMigration", "Help", language, "about_PstMigration_Errors.txt"));
        StringBuilder errors = new();
        foreach ((string id, ErrorCategory category) in Catalog.OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            errors.Append("    ").Append(id).Append("  (").Append(category).Append(")\n");
            foreach (string line in Wrap(Action(id, language) ?? ""))
            {
                errors.Append("        ").Append(line).Append('\n');
            }

            errors.Append('\n');
        }

        return frame.Replace("{errors}\n", errors.ToString().TrimEnd('\n') + "\n", StringComparison.Ordinal);
    }

    /// <summary>The advice about an error in just that language, without falling back to another.</summary>
    public static string? Action(string id, string language) => Texts.GetResourceSet(
        language == "en-US" ? System.Globalization.CultureInfo.InvariantCulture : System.Globalization.CultureInfo.GetCultureInfo(language),
        createIfNotExists: true,
        tryParents: false)?.GetString("Action_" + id);

    private static Assembly Module() => StagedModule.Cmdlets()[0].ImplementingType.Assembly;

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
