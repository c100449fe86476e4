using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PstMigration.Mapi;

namespace PstMigration.Completion;

/// <summary>Offers the canonical names of properties that hold what was typed; those that begin with it first.</summary>
public sealed class PropertyCompleter : IArgumentCompleter
{
    private const int MaxOffers = 50;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string typed = (wordToComplete ?? "").Trim('\'', '"');
        return PropertyCatalog.Default.CanonicalNames
            .Select(name => (Name: name, At: name.IndexOf(typed, StringComparison.OrdinalIgnoreCase)))
            .Where(n => n.At >= 0)
            .OrderBy(n => n.At)
            .ThenBy(n => n.Name, StringComparer.OrdinalIgnoreCase)
            .Take(MaxOffers)
            .Select(n => new CompletionResult(n.Name));
    }
}
