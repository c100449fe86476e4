using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace PstMigration.Completion;

/// <summary>Offers usual ages.</summary>
public sealed class AgeCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Offers.Of(wordToComplete, ["24h", "7d", "30d", "2w", "6m", "1y", "2y"]);
}
