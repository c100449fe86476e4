using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace PstMigration.Completion;

/// <summary>Offers the addresses of the connections of this session.</summary>
public sealed class MailboxCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Offers.Of(wordToComplete, MailboxRegistry.OfRunspace().Connected.Select(m => (m.Address, m.DisplayName.Length > 0 ? m.DisplayName : m.Address)));
}
