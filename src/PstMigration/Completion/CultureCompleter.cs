using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace PstMigration.Completion;

/// <summary>Offers languages: those this module names folders in first.</summary>
public sealed class CultureCompleter : IArgumentCompleter
{
    private static readonly string[] s_own = ["en-US", "ja-JP"];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) => Offers.Of(
            wordToComplete,
            s_own.Concat(CultureInfo.GetCultures(CultureTypes.SpecificCultures).Select(c => c.Name).Where(n => n.Length > 0))
                .Select(n => (n, new CultureInfo(n).DisplayName)));
}
