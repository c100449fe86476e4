using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using PstMigration.Mailboxes;
using PstMigration.Mapi;
using PstMigration.Pst;
using PstMigration.Transfer;

namespace PstMigration.Commands;

/// <summary>
/// Copies a mailbox into a new data file. An existing file is replaced only if it is an earlier export of the same mailbox, and
/// only once the new one is complete.
/// </summary>
[Cmdlet(VerbsData.Export, "MailboxToPst", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(PstTransferResult))]
[OutputType(typeof(PstTransferItem))]
public sealed class ExportMailboxToPstCommand : MailboxCommand
{
    /// <summary>The file to make.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Destination")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Only these folders of the mailbox and what is below them: roles, paths in any language, wildcards.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Folder { get; set; } = [];

    /// <summary>Writes each item's result as it comes, before the result of the whole.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessMailboxAsync(MsMailbox mailbox, CancellationToken cancellationToken)
    {
        string path = await OnPipelineAsync(() => FileSystemPaths.Full(this, Path)).ConfigureAwait(false);
        using GraphItemSource source = await mailbox.Connection.OpenSourceAsync(cancellationToken).ConfigureAwait(false);
        if (!await ShouldProcessAsync(path, LocalText.Format(Strings.ActionExport, mailbox.Address)).ConfigureAwait(false))
        {
            return;
        }

        using PstItemTarget target = ExportIdentity.CreateTarget(path, mailbox, source.StoreKey, Clock);
        using CommandProgress progress = StartProgress(LocalText.Format(Strings.ActivityExport, mailbox.Address));
        TransferObserver observer = new(progress, WriteError, PassThru ? WriteObject : null);
        TransferOptions options = new() { Folders = [.. Folder.Select(FolderSelector.Parse)], Time = Clock };
        TransferSummary summary = await new ItemTransfer(source, target, options, observer).RunAsync(cancellationToken).ConfigureAwait(false);
        WriteObject(new PstTransferResult(path, mailbox, summary, observer.Issues));
    }
}
