using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using PstMigration.Mailboxes;
using PstMigration.Pst;
using PstMigration.Transfer;

namespace PstMigration.Commands;

/// <summary>
/// Copies the items of data files into a mailbox: right folders, right dates, not as drafts. What an earlier run brought is
/// not brought again.
/// </summary>
[Cmdlet(VerbsData.Import, "PstToMailbox", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = PathSet)]
[OutputType(typeof(PstTransferResult))]
[OutputType(typeof(PstTransferItem))]
public sealed class ImportPstToMailboxCommand : ImportCommand
{
    private MsMailbox? _mailbox;

    /// <summary>The mailbox: a connection, or the address of one made in this session.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNull]
    public MailboxArgument Mailbox { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task BeginAsync(CancellationToken cancellationToken) =>
        _mailbox = await OnPipelineAsync(() => Mailbox.Resolve(this)).ConfigureAwait(false);

    /// <inheritdoc/>
    protected override async Task ProcessFileAsync(string path, CancellationToken cancellationToken)
    {
        MsMailbox mailbox = _mailbox!;
        using PstFile file = PstFile.Open(path);
        if (!await ShouldProcessAsync(mailbox.Address, LocalText.Format(Strings.ActionImport, path)).ConfigureAwait(false))
        {
            return;
        }

        GraphItemTarget target = await mailbox.Connection.OpenTargetAsync(cancellationToken).ConfigureAwait(false);
        using CommandProgress progress = StartProgress(LocalText.Format(Strings.ActivityImport, path));
        TransferObserver observer = Observe(progress);
        ItemTransfer transfer = new(new PstItemSource(file), target, Options(), observer);
        TransferSummary summary = await transfer.RunAsync(cancellationToken).ConfigureAwait(false);
        if (file.Damage.Count > 0)
        {
            WriteWarning(LocalText.Format(Strings.PstDamageFound, path, file.Damage.Count, file.Damage[0]));
        }

        FolderReport.Write(file, WriteWarning, WriteVerbose);
        WriteObject(new PstTransferResult(path, mailbox, summary, observer.Issues));
    }
}
