using System.Management.Automation;
using PstMigration.Completion;
using PstMigration.Errors;
using PstMigration.Mapi;
using PstMigration.Pst;
using PstMigration.Transfer;

namespace PstMigration.Commands;

/// <summary>Undo-PstTransfer: takes an import back, but for what somebody has changed, moved or answered since.</summary>
[Cmdlet(VerbsCommon.Undo, "PstTransfer", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(PstUndoResult))]
[OutputType(typeof(PstUndoneItem))]
public sealed class UndoPstTransferCommand : TransferCommand
{
    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("TransferId")]
    [TransferIdTransformation]
    [ArgumentCompleter(typeof(TransferCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public override string[] Id { get; set; } = [];

    /// <summary>The connection to the mailbox, where it goes by another address now; else the one made in this session.</summary>
    [Parameter]
    [MailboxTransformation]
    [ArgumentCompleter(typeof(MailboxCompleter))]
    [ValidateNotNull]
    public MailboxArgument? Mailbox { get; set; }

    /// <summary>Takes the items out of the mailbox or file instead of putting them into the deleted items.</summary>
    [Parameter]
    public SwitchParameter Permanent { get; set; }

    /// <summary>Does not ask about -Permanent.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes each item and folder, before the result of the whole; without it, those that stay.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessTransferAsync(string journalPath, CancellationToken cancellationToken)
    {
        TransferPlan plan;
        using (SqliteJournalReader journal = SqliteJournalReader.Open(journalPath))
        {
            plan = journal.Plan;
        }

        string action = LocalText.Format(Permanent ? Strings.ActionUndoPermanently : Strings.ActionUndo, plan.SourceName);
        if (!await ShouldProcessAsync(plan.TargetName, action).ConfigureAwait(false)
            || (Permanent && !Force && !await ShouldContinueAsync(LocalText.Format(Strings.UndoPermanently, plan.SourceName, plan.TargetName), action).ConfigureAwait(false)))
        {
            return;
        }

        IItemTarget target = await OpenTargetAsync(plan, cancellationToken).ConfigureAwait(false);
        await using (target.ConfigureAwait(false))
        {
            if (target.StoreKey != plan.Target)
            {
                throw ErrorRecords.Exception(ModuleErrorIds.TransferTargetDiffers, Strings.TransferTargetDiffers, plan.TargetName);
            }

            using CommandProgress progress = StartProgress(LocalText.Format(Strings.ActivityUndo, plan.SourceName, plan.TargetName));
            UndoSummary summary = await TransferUndo.RunAsync(
                plan,
                target,
                new UndoRequest(Journals)
                {
                    IsPermanent = Permanent,
                    OnItem = Tell,
                    OnProgress = (done, total) => progress.Report($"{done}/{total}", total > 0 ? (double)done / total : null),
                },
                cancellationToken).ConfigureAwait(false);
            WriteObject(new PstUndoResult(TransferJournals.IdOf(journalPath), plan, summary));
        }
    }

    private async Task<IItemTarget> OpenTargetAsync(TransferPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Target.StartsWith("pst:", StringComparison.Ordinal))
        {
            return File.Exists(plan.TargetName)
                ? MailboxExport.OpenExisting(plan.TargetName, Clock)
                : throw new FileNotFoundException(LocalText.Format(Strings.TransferTargetDiffers, plan.TargetName), plan.TargetName);
        }

        if (Mailbox is null && System.IO.Path.IsPathRooted(plan.TargetName))
        {
            throw ErrorRecords.Exception(TransferErrorIds.UndoNotSupported, Strings.UndoOfFiles, plan.TargetName);
        }

        MailboxArgument mailbox = Mailbox ?? new MailboxArgument(plan.TargetName);
        MsMailbox connected = await OnPipelineAsync(() => mailbox.Resolve(this)).ConfigureAwait(false);
        return await connected.Connection.OpenTargetAsync(WriteDebug, cancellationToken).ConfigureAwait(false);
    }

    private void Tell(UndoneItem item)
    {
        if (item.Error is not null)
        {
            WriteError(ErrorRecords.From(item.Error, item.TargetKey?.ToString() ?? item.Folder.ToString()));
        }

        // What stays is always told: it is somebody's own now.
        if (PassThru || item.Outcome is not (UndoOutcome.Removed or UndoOutcome.Gone))
        {
            WriteObject(new PstUndoneItem(item));
        }
    }
}
