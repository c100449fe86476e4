using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PstMigration.Transfer;

namespace PstMigration.Completion;

/// <summary>Offers the names of backups.</summary>
public sealed class BackupCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Offers.OrNone(wordToComplete, start => new BackupPlans(fakeBoundParameters?["PlanFolder"] as string).List()
            .Where(n => n.StartsWith(start, StringComparison.OrdinalIgnoreCase)).Select(n => new CompletionResult(n)));
}
