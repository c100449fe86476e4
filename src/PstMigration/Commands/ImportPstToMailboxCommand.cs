using System.Management.Automation;
using PstMigration.Mapi;
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
    private IItemTarget? _target;

    /// <summary>The mailbox: a connection, or the address of one made in this session.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNull]
    public MailboxArgument Mailbox { get; set; } = null!;

    /// <summary>Also copies what the mailbox has from elsewhere, by Message-ID and content.</summary>
    [Parameter]
    public SwitchParameter AllowDuplicate { get; set; }

    /// <inheritdoc/>
    protected override async Task BeginAsync(CancellationToken cancellationToken) =>
        _mailbox = await OnPipelineAsync(() => Mailbox.Resolve(this)).ConfigureAwait(false);

    /// <inheritdoc/>
    protected override async Task ProcessFileAsync(string path, CancellationToken cancellationToken)
    {
        MsMailbox mailbox = _mailbox!;
        using MailboxWaits waits = new(mailbox.Connection, Streams);
        IItemSource source = PstItemFormat.Instance.OpenSource(path, new ItemSourceOptions());
        await using (source.ConfigureAwait(false))
        {
            if (!await ShouldProcessAsync(mailbox.Address, LocalText.Format(Strings.ActionImport, path)).ConfigureAwait(false))
            {
                return;
            }

            TransferOptions options = await OptionsAsync(c => mailbox.Connection.OpenSourceAsync(WriteDebug, c)).ConfigureAwait(false);
            TransferSummary summary = await Transfer(LocalText.Format(Strings.ActivityImport, path)).RunAsync(
                source, () => OpenTargetAsync(mailbox, cancellationToken), options with { SkipDuplicates = !AllowDuplicate }, cancellationToken).ConfigureAwait(false);
            WriteObject(new PstTransferResult(path, summary, source.Report) { SourceFormat = PstItemFormat.Instance.Id, Mailbox = mailbox });
        }
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        if (_target is not null)
        {
            await _target.DisposeAsync().ConfigureAwait(false);
        }
    }

    // One for all files: what the mailbox remembers of earlier copies is read once.
    private async Task<IItemTarget> OpenTargetAsync(MsMailbox mailbox, CancellationToken cancellationToken) =>
        _target ??= await mailbox.Connection.OpenTargetAsync(WriteDebug, cancellationToken).ConfigureAwait(false);
}
