using System.Management.Automation;
using PstMigration.Completion;
using PstMigration.Errors;
using PstMigration.Mapi;
using PstMigration.Transfer;

namespace PstMigration.Commands;

/// <summary>Remove-PstTransfer: removes the journals of transfers. What was copied stays, and so does what the targets remember of it.</summary>
[Cmdlet(VerbsCommon.Remove, "PstTransfer", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
public sealed class RemovePstTransferCommand : TransferCommand
{
    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("TransferId")]
    [TransferIdTransformation(Properties = InputNames.Transfer)]
    [ArgumentCompleter(typeof(TransferCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public override string[] Id { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task ProcessTransferAsync(string journalPath, CancellationToken cancellationToken)
    {
        TransferPlan? plan = PlanOf(journalPath);
        string name = plan is null ? TransferJournals.IdOf(journalPath) : plan.SourceName + " > " + plan.TargetName;
        if (await ShouldProcessAsync(name, Strings.ActionRemoveTransfer).ConfigureAwait(false))
        {
            TransferJournals.Remove(journalPath, plan);
        }
    }

    /// <summary>From where to where; null where the file is damaged, which is a reason to remove it.</summary>
    private static TransferPlan? PlanOf(string path)
    {
        try
        {
            using SqliteJournalReader journal = SqliteJournalReader.Open(path);
            return journal.Plan;
        }
        catch (Exception e) when (ErrorRecords.IsAboutData(e))
        {
            return null;
        }
    }
}
