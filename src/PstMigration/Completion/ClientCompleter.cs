using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace PstMigration.Completion;

/// <summary>Offers mail programs as Test-LegacyMailAccount knows them.</summary>
public sealed class ClientCompleter : IArgumentCompleter
{
    /// <summary>The programs that are offered.</summary>
    internal static readonly string[] Names =
    [
        "Outlook 2010", "Outlook 2013", "Outlook 2016", "Outlook 2019", "Outlook 365", "New Outlook", "Outlook for Mac", "Thunderbird", "Windows Mail", "Windows Live Mail", "Apple Mail",
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) => Offers.Of(wordToComplete, Names);
}
