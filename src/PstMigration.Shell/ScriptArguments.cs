using System.Management.Automation.Runspaces;

namespace PstMigration.Shell;

/// <summary>From the words after <c>-File script.ps1</c> to parameters, by the rules of pwsh.</summary>
internal static class ScriptArguments
{
    /// <summary>
    /// <c>-Name</c> is a parameter whose value, if it takes one, is the next word; <c>-Name:value</c> has it at once, where
    /// <c>$true</c> and <c>$false</c> are the only values that are not text; all else is text in its place.
    /// </summary>
    internal static IEnumerable<CommandParameter> Parse(IReadOnlyList<string> words)
    {
        for (int i = 0; i < words.Count; i++)
        {
            string word = words[i];
            int colon = word.IndexOf(':', StringComparison.Ordinal);
            if (word.Length < 2 || word[0] != '-' || !(char.IsLetter(word[1]) || word[1] == '_'))
            {
                yield return new CommandParameter(null, word);
            }
            else if (colon < 0)
            {
                yield return new CommandParameter(word);
            }
            else
            {
                string value = colon + 1 < word.Length || i + 1 == words.Count ? word[(colon + 1)..] : words[++i];
                yield return new CommandParameter(word[..colon], Value(value));
            }
        }
    }

    private static object Value(string text) =>
        text.Equals("$true", StringComparison.OrdinalIgnoreCase) ? true
        : text.Equals("$false", StringComparison.OrdinalIgnoreCase) ? false
        : text;
}
