using System.Management.Automation;
using PstMigration.Completion;
using PstMigration.Mailboxes;
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
    private readonly Dictionary<MsMailbox, IItemTarget> _targets = [];

    /// <summary>The mailbox: a connection, or the address of one made in this session; without it the only connection there is.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Address", "EmailAddress", "UserPrincipalName", "PrimarySmtpAddress", "Mail")]
    [MailboxTransformation]
    [ArgumentCompleter(typeof(MailboxCompleter))]
    [ValidateNotNull]
    public MailboxArgument? Mailbox { get; set; }

    /// <summary>Also copies what the mailbox has from elsewhere, by Message-ID and content.</summary>
    [Parameter]
    public SwitchParameter AllowDuplicate { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessFileAsync(string path, CancellationToken cancellationToken)
    {
        IItemSource source = PstItemFormat.Instance.OpenSource(path, new ItemSourceOptions { CodePage = CodePage, AcceptDamage = AcceptDamage });
        await using (source.ConfigureAwait(false))
        {
            await CopyAsync(path, PstItemFormat.Instance, source, await OptionsAsync().ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        await base.EndAsync(cancellationToken).ConfigureAwait(false);
        foreach (IItemTarget target in _targets.Values)
        {
            await target.DisposeAsync().ConfigureAwait(false);
        }
    }

    private protected override async Task CopyAsync(
        string path, ItemFormat format, IItemSource source, TransferOptions options, CancellationToken cancellationToken)
    {
        MailboxArgument given = Mailbox ?? MailboxArgument.Only;
        MsMailbox mailbox = await OnPipelineAsync(() => given.Resolve(this)).ConfigureAwait(false);
        string action = LocalText.Format(Strings.ActionImport, path);
        TransferTask task = Transfer(LocalText.Format(Strings.ActivityImport, path));
        if (await IsWhatIfAsync().ConfigureAwait(false))
        {
            IItemTarget target = await OpenTargetAsync(mailbox, cancellationToken).ConfigureAwait(false);
            action += " (" + await PreviewAsync(task, source, target, options, cancellationToken).ConfigureAwait(false) + ")";
        }

        if (!await ShouldProcessAsync(mailbox.Address, action).ConfigureAwait(false))
        {
            return;
        }

        using MailboxWaits waits = new(mailbox.Connection, task.Streams);
        TransferSummary summary = await task.RunAsync(
            source,
            () => OpenTargetAsync(mailbox, cancellationToken),
            options with { OpenWritten = Verification(c => mailbox.Connection.OpenSourceAsync(WriteDebug, c)), SkipDuplicates = !AllowDuplicate },
            cancellationToken).ConfigureAwait(false);
        WriteObject(new PstTransferResult(path, summary, source.Report) { SourceFormat = format.Id, Mailbox = mailbox });
    }

    private static Task<string> PreviewAsync(TransferTask task, IItemSource source, IItemTarget target, TransferOptions options, CancellationToken cancellationToken)
    {
        MailboxEffort effort = new();
        return task.PreviewAsync(
            source,
            c => target.Refuse(c) is not null,
            item =>
            {
                effort.AddUpload(item);
                return [.. item.Losses];
            },
            options,
            cancellationToken,
            preview =>
            {
                effort.AddFolders(preview.Folders);
                effort.AddContent(preview.BytesTaken);
                return effort.Estimate(new MailboxLimits());
            });
    }

    // One for all files: what the mailbox remembers of earlier copies is read once.
    private async Task<IItemTarget> OpenTargetAsync(MsMailbox mailbox, CancellationToken cancellationToken)
    {
        if (!_targets.TryGetValue(mailbox, out IItemTarget? target))
        {
            target = await mailbox.Connection.OpenTargetAsync(WriteDebug, cancellationToken).ConfigureAwait(false);
            _targets.Add(mailbox, target);
        }

        return target;
    }
}
