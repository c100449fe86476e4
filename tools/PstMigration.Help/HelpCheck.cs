using System.Management.Automation;

namespace PstMigration.Help;

/// <summary>Finds what is written nowhere: help that would be made all the same would have holes.</summary>
internal static class HelpCheck
{
    /// <summary>What a language lacks, or says of what does not exist.</summary>
    /// <param name="cmdlets">All cmdlets.</param>
    /// <param name="folder">The sources of the language, named after it.</param>
    public static IEnumerable<string> Find(IReadOnlyList<CmdletInfo> cmdlets, string folder)
    {
        string language = Path.GetFileName(folder);
        foreach (CmdletInfo cmdlet in cmdlets)
        {
            string? missing = File.Exists(Path.Combine(folder, cmdlet.Name + ".md")) ? null : $"{cmdlet.Name}.md does not exist.";
            foreach (string text in missing is null ? Find(cmdlet, HelpSource.Read(folder, cmdlet.Name), language) : [missing])
            {
                yield return text;
            }
        }

        foreach (string file in Directory.EnumerateFiles(folder, "*-*.md").Select(f => Path.GetFileNameWithoutExtension(f)))
        {
            if (!cmdlets.Any(c => c.Name == file))
            {
                yield return file + ".md is about no cmdlet.";
            }
        }

        foreach (string id in ErrorTopic.Ids.Where(id => !IsText(ErrorTopic.Action(id, language), language)))
        {
            yield return "There is no text Advice_" + id + ".";
        }
    }

    private static IEnumerable<string> Find(CmdletInfo cmdlet, HelpSource source, string language)
    {
        (string Part, bool Exists)[] parts =
        [
            ("synopsis", IsText(source.Synopsis, language)),
            ("description", source.Description.Count > 0),
            ("## Output", source.Output.Count > 0),
            ("## Example", source.Examples.Any()),
        ];
        foreach ((string part, _) in parts.Where(p => !p.Exists))
        {
            yield return $"{cmdlet.Name}.md has no {part}.";
        }

        foreach ((string title, string code, IReadOnlyList<string> remarks) in source.Examples)
        {
            if (title.Length == 0 || remarks.Count == 0 || !code.Contains(cmdlet.Name, StringComparison.Ordinal))
            {
                yield return $"{cmdlet.Name}.md: the example '{title}' lacks its title, a command with {cmdlet.Name}, or an explanation.";
            }
        }

        foreach (string parameter in MamlWriter.ParameterNames(cmdlet))
        {
            IReadOnlyList<string> text = source.Parameter(parameter);
            if (text.Count == 0 || !text.All(t => IsText(t, language)))
            {
                yield return $"{cmdlet.Name} -{parameter} is not explained.";
            }
        }

        foreach (string parameter in source.Parameters.Where(p => !cmdlet.Parameters.ContainsKey(p)))
        {
            yield return $"{cmdlet.Name} has no -{parameter}.";
        }
    }

    // A text that was not translated is none.
    private static bool IsText(string? text, string language) =>
        !string.IsNullOrWhiteSpace(text) && (language != "ja-JP" || text.Any(c => c is >= '\u3040' and <= '\u30FF'));
}
