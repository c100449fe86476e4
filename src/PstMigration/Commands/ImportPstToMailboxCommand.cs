using System.Management.Automation;
using PstMigration.Completion;
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
    private string[] _looked = [];
    private PstVersions? _versions;

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
            PstVersions versions = VersionsOf(path);
            TransferOptions options = await OptionsAsync().ConfigureAwait(false) with { FindNewer = key => versions.FindNewer(path, key) };
            await CopyAsync(path, PstItemFormat.Instance, source, options, cancellationToken).ConfigureAwait(false);
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
            action += " (" + await task.PreviewAsync(source, c => target.Refuse(c) is not null, i => [.. i.Losses], options, cancellationToken).ConfigureAwait(false) + ")";
        }

        if (!await ShouldProcessAsync(mailbox.Address, action).ConfigureAwait(false))
        {
            return;
        }

        using MailboxWaits waits = new(mailbox.Connection, Streams);
        TransferSummary summary = await task.RunAsync(
            source,
            () => OpenTargetAsync(mailbox, cancellationToken),
            options with { OpenWritten = Verification(c => mailbox.Connection.OpenSourceAsync(WriteDebug, c)), SkipDuplicates = !AllowDuplicate },
            cancellationToken).ConfigureAwait(false);
        WriteObject(new PstTransferResult(path, summary, source.Report) { SourceFormat = format.Id, Mailbox = mailbox });
    }

    /// <summary>Where the newest versions are, of the files given and the series they are of.</summary>
    private PstVersions VersionsOf(string path)
    {
        string[] files = [.. Matched.Concat(PstSeries.FindFilesOf(path)).Distinct(StringComparer.Ordinal).OrderBy(f => f, StringComparer.Ordinal)];
        if (!_looked.SequenceEqual(files, StringComparer.Ordinal))
        {
            _looked = files;
            _versions = PstVersions.Read(files);
        }

        return _versions!;
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
