using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PstMigration.Errors;
using PstMigration.Transfer;

namespace PstMigration.Completion;

/// <summary>Offers the ids of transfers, with from where to where they go.</summary>
public sealed class TransferCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Offers.OrNone(wordToComplete, start => new TransferJournals(fakeBoundParameters?["JournalFolder"] as string).List()
            .Where(p => TransferJournals.IdOf(p).StartsWith(start, StringComparison.OrdinalIgnoreCase)).Select(Offer));

    private static CompletionResult Offer(string path)
    {
        string id = TransferJournals.IdOf(path);
        string tip = id;
        try
        {
            using SqliteJournalReader journal = SqliteJournalReader.Open(path);
            tip = SafeText.Show(journal.Plan.SourceName + " > " + journal.Plan.TargetName);
        }
        catch (Exception e) when (ErrorRecords.IsAboutData(e))
        {
        }

        return new CompletionResult(id, id, CompletionResultType.ParameterValue, tip);
    }
}
