using System.Management.Automation;
using PstMigration.Completion;
using PstMigration.Errors;
using PstMigration.Mapi;
using PstMigration.Transfer;

namespace PstMigration.Commands;

/// <summary>Get-PstTransfer: what is known of transfers, and of each of their items.</summary>
[Cmdlet(VerbsCommon.Get, "PstTransfer", DefaultParameterSetName = TransferSet)]
[OutputType(typeof(PstTransfer), ParameterSetName = [TransferSet])]
[OutputType(typeof(PstTransferItem), ParameterSetName = [ItemSet])]
public sealed class GetPstTransferCommand : TransferCommand
{
    private const string TransferSet = "Transfer";
    private const string ItemSet = "Item";

    /// <inheritdoc/>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("TransferId")]
    [TransferIdTransformation(Properties = InputNames.Transfer)]
    [ArgumentCompleter(typeof(TransferCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public override string[] Id { get; set; } = [];

    /// <summary>Each item instead of the whole.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ItemSet)]
    public SwitchParameter Item { get; set; }

    /// <summary>Only items with these fates.</summary>
    [Parameter(ParameterSetName = ItemSet)]
    public ItemFate[] Fate { get; set; } = [];

    /// <summary>Only items that did not arrive whole.</summary>
    [Parameter(ParameterSetName = ItemSet)]
    public SwitchParameter IssueOnly { get; set; }

    private protected override bool TakesAll => true;

    // The run just done is the last, right above the prompt.
    private protected override IEnumerable<string> Order(IReadOnlyList<string> journalPaths) => journalPaths.Count < 2 ? journalPaths : journalPaths.OrderBy(StartOf);

    /// <inheritdoc/>
    protected override Task ProcessTransferAsync(string journalPath, CancellationToken cancellationToken)
    {
        using SqliteJournalReader journal = SqliteJournalReader.Open(journalPath);
        if (!Item)
        {
            WriteObject(new PstTransfer(TransferOverview.Read(TransferJournals.IdOf(journalPath), journal), journalPath, Clock.GetUtcNow()));
            return Task.CompletedTask;
        }

        foreach (JournalItem item in journal.ReadAll(new JournalQuery { Fates = Fate, IssuesOnly = IssueOnly }))
        {
            cancellationToken.ThrowIfCancellationRequested();
            WriteObject(new PstTransferItem(item));
        }

        return Task.CompletedTask;
    }

    /// <summary>When the last run began. What cannot be read is first, and is an error when its turn comes.</summary>
    private static DateTimeOffset StartOf(string journalPath)
    {
        try
        {
            using SqliteJournalReader journal = SqliteJournalReader.Open(journalPath);
            IReadOnlyList<JournalRun> runs = journal.ReadRuns();
            return runs.Count > 0 ? runs[runs.Count - 1].Started : default;
        }
        catch (Exception e) when (ErrorRecords.IsAboutData(e))
        {
            return default;
        }
    }
}
