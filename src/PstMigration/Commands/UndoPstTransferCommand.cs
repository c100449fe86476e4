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
    // What the keys of data files begin with.
    private const string DataFileStore = "pst:";

    // Of the kinds the service moves nowhere.
    private long _deleted;

    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("TransferId")]
    [TransferIdTransformation(Properties = InputNames.Transfer)]
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
        int runs;
        using (SqliteJournalReader journal = SqliteJournalReader.Open(journalPath))
        {
            plan = journal.Plan;
            runs = journal.ReadRuns().Count(r => !r.IsUndo);
        }

        bool isSourceGone = IsGone(plan);
        if (Permanent && isSourceGone)
        {
            throw ErrorRecords.Exception(ModuleErrorIds.UndoSourceGone, Strings.UndoSourceGone, plan.SourceName, plan.TargetName);
        }

        string action = LocalText.Format(Permanent ? Strings.ActionUndoPermanently : Strings.ActionUndo, plan.SourceName);
        action = runs > 1 ? LocalText.Format(Strings.UndoRuns, action, runs) : action;
        if (!await ShouldProcessAsync(plan.TargetName, action).ConfigureAwait(false)
            || (Permanent && !Force && !await ShouldContinueAsync(LocalText.Format(Strings.UndoPermanently, plan.SourceName, plan.TargetName), action).ConfigureAwait(false)))
        {
            return;
        }

        _deleted = 0;
        MsMailbox? mailbox = await ConnectedAsync(plan).ConfigureAwait(false);
        using MailboxWaits? waits = mailbox is null ? null : new(mailbox.Connection, Streams);
        IItemTarget target = mailbox is null ? MailboxExport.OpenExisting(plan.TargetName, Clock)
            : await mailbox.Connection.OpenTargetAsync(WriteDebug, cancellationToken).ConfigureAwait(false);
        await using (target.ConfigureAwait(false))
        {
            if (target.StoreKey != plan.Target)
            {
                throw ErrorRecords.Exception(ModuleErrorIds.TransferTargetDiffers, Strings.TransferTargetDiffers, plan.TargetName);
            }

            string? restored = BringBack(plan, target.StoreKey);
            using CommandProgress progress = StartProgress(LocalText.Format(Strings.ActivityUndo, plan.SourceName, plan.TargetName));
            UndoSummary summary = await TransferUndo.RunAsync(
                plan,
                target,
                new UndoRequest(Journals)
                {
                    IsPermanent = Permanent,
                    IsSourceGone = isSourceGone,
                    OnItem = Tell,
                    OnProgress = (done, total) => progress.Report($"{done}/{total}", total > 0 ? (double)done / total : null),
                },
                cancellationToken).ConfigureAwait(false);
            if (_deleted > 0 && mailbox is not null)
            {
                WriteWarning(LocalText.Format(Strings.UndoDeleted, _deleted, plan.TargetName));
            }

            WriteObject(new PstUndoResult(TransferJournals.IdOf(journalPath), plan, summary) { RestoredSource = restored });
        }
    }

    /// <summary>
    /// Whether a source was a file or folder and is nowhere now, or another data file has its place: what is taken out of the target for good may be the last there is.
    /// </summary>
    private static bool IsGone(TransferPlan plan) => System.IO.Path.IsPathRooted(plan.SourceName) && RetiredSource.Of(plan.SourceName) is null
        && (File.Exists(plan.SourceName) ? plan.Source.StartsWith(DataFileStore, StringComparison.Ordinal) && !IsStore(plan.SourceName, plan.Source) : !Directory.Exists(plan.SourceName));

    private static bool IsStore(string path, string store)
    {
        try
        {
            using PstFile file = PstFile.Open(path);
            return file.StoreKey == store;
        }
        catch (PstException e) when (e.IsUnsound || e.Error == PstErrorIds.PstNotFound || e.Error == PstErrorIds.PstIsDirectory)
        {
            // What cannot be read brings nothing back either. One that is only in use, as by Outlook, is told as that.
            return false;
        }
    }

    /// <summary>Gives a file its name again that was retired after this transfer: before the first item goes, so that it is never deleted behind it.</summary>
    /// <returns>Its path; null where none was retired, or its name is taken.</returns>
    private string? BringBack(TransferPlan plan, string store)
    {
        if (!System.IO.Path.IsPathRooted(plan.SourceName) || RetiredSource.Of(plan.SourceName) is not RetiredSource retired
            || !retired.Arrivals.Any(a => a.Store == store))
        {
            return null;
        }

        if (retired.BringBack())
        {
            WriteVerbose(LocalText.Format(Strings.RetiredBack, retired.Original));
            return retired.Original;
        }

        WriteWarning(LocalText.Format(Strings.RetiredNoteStruck, retired.Path, retired.Original));
        return null;
    }

    /// <summary>The mailbox that was the target; null where it was a data file, which exists.</summary>
    private async Task<MsMailbox?> ConnectedAsync(TransferPlan plan)
    {
        if (plan.Target.StartsWith(DataFileStore, StringComparison.Ordinal))
        {
            return File.Exists(plan.TargetName)
                ? null
                : throw new FileNotFoundException(LocalText.Format(Strings.TransferTargetDiffers, plan.TargetName), plan.TargetName);
        }

        if (Mailbox is null && System.IO.Path.IsPathRooted(plan.TargetName))
        {
            throw ErrorRecords.Exception(TransferErrorIds.UndoNotSupported, Strings.UndoOfFiles, plan.TargetName);
        }

        MailboxArgument mailbox = Mailbox ?? new MailboxArgument(plan.TargetName);
        return await OnPipelineAsync(() => mailbox.Resolve(this)).ConfigureAwait(false);
    }

    private void Tell(UndoneItem item)
    {
        if (item.Error is not null)
        {
            WriteError(ErrorRecords.From(item.Error, item.TargetKey?.ToString() ?? item.Folder.ToString()));
        }

        _deleted += !Permanent && item is { IsFolder: false, Outcome: UndoOutcome.Removed } && ItemKinds.Of(item.MessageClass) is ItemKind.Contact or ItemKind.Appointment or ItemKind.Task ? 1 : 0;

        // What stays is always told: it is somebody's own now.
        if (PassThru || item.Outcome is not (UndoOutcome.Removed or UndoOutcome.Gone))
        {
            WriteObject(new PstUndoneItem(item));
        }
    }
}
