using System.Management.Automation;
using PstMigration.Completion;
using PstMigration.Errors;
using PstMigration.Mailboxes;
using PstMigration.Mapi;
using PstMigration.Pst;
using PstMigration.Transfer;

namespace PstMigration.Commands;

/// <summary>
/// Copies a mailbox into a data file: a new one, or an earlier export of the same mailbox, to which what is new and what was changed is added. No item is removed
/// from it.
/// </summary>
[Cmdlet(VerbsData.Export, "MailboxToPst", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low, DefaultParameterSetName = MailboxSet)]
[OutputType(typeof(PstTransferResult))]
[OutputType(typeof(PstTransferItem))]
public sealed class ExportMailboxToPstCommand : MailboxCommand, IDynamicParameters
{
    private const string MailboxSet = "Mailbox";
    private const string MailboxLiteralPathSet = "MailboxLiteralPath";
    private const string FolderSet = "Folder";
    private const string FolderLiteralPathSet = "FolderLiteralPath";

    private readonly TransferParameters _parameters = new();
    private readonly List<((MsMailbox Mailbox, bool IsArchive) Store, string Folder)> _folders = [];

    /// <inheritdoc/>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = MailboxSet)]
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = MailboxLiteralPathSet)]
    [Alias("Address", "EmailAddress", "UserPrincipalName", "PrimarySmtpAddress", "Mail")]
    [MailboxTransformation(Properties = InputNames.Mailbox, Yields = typeof(MsMailboxFolder))]
    [ArgumentCompleter(typeof(MailboxCompleter))]
    [ValidateNotNullOrEmpty]
    public override MailboxArgument[] Mailbox { get; set; } = [];

    /// <summary>Folders as Get-MsMailboxFolder gives them, each without those below it. They are gathered, and each mailbox they are of is read once.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = FolderSet)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = FolderLiteralPathSet)]
    [MailboxFolderTransformation]
    [ValidateNotNullOrEmpty]
    public MsMailboxFolder[] InputFolder { get; set; } = [];

    /// <summary>The file to make or to bring up to date.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = MailboxSet)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = FolderSet)]
    [Alias("Destination", "DestinationPath", "FilePath", "FullName", "ExportPath")]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The same file by its path, every character taken as it is.</summary>
    [Parameter(Mandatory = true, ParameterSetName = MailboxLiteralPathSet)]
    [Parameter(Mandatory = true, ParameterSetName = FolderLiteralPathSet)]
    [Alias("PSPath", "LP")]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string LiteralPath { get; set; } = "";

    /// <summary>Only these folders of the mailbox and what is below them: roles, paths in any language, wildcards.</summary>
    [Parameter(ParameterSetName = MailboxSet)]
    [Parameter(ParameterSetName = MailboxLiteralPathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public string[] Folder { get; set; } = [];

    /// <summary>Folders by their paths, every character taken as it is.</summary>
    [Parameter(ParameterSetName = MailboxSet)]
    [Parameter(ParameterSetName = MailboxLiteralPathSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public string[] LiteralFolder { get; set; } = [];

    /// <summary>What happens with an item that was changed in the source since it was copied.</summary>
    [Parameter]
    public ChangePolicy OnChange { get; set; }

    /// <summary>By what the export is split into a series of files; without it a series stays as it is split, and one file stays one.</summary>
    [Parameter]
    public PstSplitBy? SplitBy { get; set; }

    /// <summary>The bytes at which the next part of a series begins.</summary>
    [Parameter]
    [ValidateRange(1L << 20, 1L << 46)]
    public long? SplitSize { get; set; }

    /// <summary>Takes the mail out of the mailbox that is in the file whole, was found there again, and has not changed since.</summary>
    [Parameter]
    public SwitchParameter RemoveAfterVerify { get; set; }

    /// <summary>Does not ask about -RemoveAfterVerify.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes each item's result as it comes, before the result of the whole.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Folders came and one argument that has no name, which is taken for the mailbox: a folder has a hidden property that is taken for the path then.</summary>
    private protected override MailDataException? NotTaken => ParameterSetName == MailboxSet && Path == Given.NotTaken
        ? ErrorRecords.Exception(ModuleErrorIds.InputNotTaken, Strings.FoldersNeedPath, Mailbox.Length == 1 ? Mailbox[0].ToString() : "export.pst")
        : base.NotTaken;

    /// <inheritdoc/>
    private protected override bool RunsAsJob => _parameters.AsJob;

    /// <inheritdoc/>
    private protected override void Prepare() => _parameters.OpenLog(this, WriteWarning, Clock);

    /// <inheritdoc/>
    public object GetDynamicParameters() => _parameters;

    private PstSplit? Split => SplitBy == PstSplitBy.Year ? PstSplit.Yearly
        : SplitBy is not null || SplitSize is not null ? PstSplit.BySize(SplitSize ?? PstSplit.DefaultSize)
        : null;

    /// <summary>The archive mailbox instead of the mailbox itself.</summary>
    [Parameter]
    public SwitchParameter Archive { get; set; }

    /// <inheritdoc/>
    protected override Task BeginAsync(CancellationToken cancellationToken) => Archive && RemoveAfterVerify ? throw MailboxException.ArchiveNotReachable()
        : SplitBy == PstSplitBy.Year && SplitSize is not null
        ? throw ErrorRecords.Exception(ModuleErrorIds.SplitConflict, Strings.SplitConflict)
        : RemoveAfterVerify && !_parameters.HasAge ? throw ErrorRecords.Exception(ModuleErrorIds.ArchiveNeedsAge, Strings.ArchiveNeedsAge)
        : Task.CompletedTask;

    /// <inheritdoc/>
    protected override Task ProcessMailboxAsync(MsMailbox mailbox, CancellationToken cancellationToken) =>
        ExportAsync(mailbox, Archive, NamedFolders.Of(Folder, LiteralFolder), cancellationToken);

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        if (ParameterSetName is not (FolderSet or FolderLiteralPathSet))
        {
            await base.ProcessAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        foreach (MsMailboxFolder folder in InputFolder)
        {
            try
            {
                MsMailbox mailbox = await OnPipelineAsync(() => folder.Mailbox.Resolve(this)).ConfigureAwait(false);
                _folders.Add(((mailbox, Archive || folder.IsArchive), folder.Folder));
            }
            catch (MailDataException e)
            {
                WriteError(ErrorRecords.From(e, folder));
            }
        }
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        foreach (IGrouping<(MsMailbox Mailbox, bool IsArchive), ((MsMailbox Mailbox, bool IsArchive) Store, string Folder)> folders in _folders.GroupBy(f => f.Store))
        {
            try
            {
                await ExportAsync(folders.Key.Mailbox, folders.Key.IsArchive, folders.Select(f => FolderSelector.Exactly(FolderPath.Parse(f.Folder))), cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (ErrorRecords.IsAboutData(e))
            {
                WriteError(ErrorRecords.From(e, folders.Key.Mailbox.Address));
            }
        }
    }

    private static (TimeSpan Least, TimeSpan Most) Estimate(TransferPreview preview)
    {
        MailboxEffort effort = new();
        effort.AddFolders(preview.Folders);
        effort.AddDownload(preview.Items, preview.WithAttachments);
        return effort.Estimate(new MailboxLimits());
    }

    private async Task ExportAsync(MsMailbox mailbox, bool isArchive, IEnumerable<FolderSelector> folders, CancellationToken cancellationToken)
    {
        string path = await OnPipelineAsync(() => FileSystemPaths.ToWrite(this, Path, LiteralPath)).ConfigureAwait(false);
        PstDestination.Check(path, Split is not null);
        TransferTask task = new(Streams, LocalText.Format(Strings.ActivityExport, mailbox.Address)) { PassThru = PassThru, Log = _parameters.Log };
        using MailboxWaits waits = new(mailbox.Connection, task.Streams);
        IItemSource source = await (isArchive
            ? RemoveAfterVerify ? throw MailboxException.ArchiveNotReachable() : MailboxArchive.Of(mailbox).OpenArchiveAsync(WriteDebug, cancellationToken)
            : mailbox.Connection.OpenSourceAsync(WriteDebug, cancellationToken)).ConfigureAwait(false);
        await using (source.ConfigureAwait(false))
        {
            TransferOptions options = new()
            {
                OnChange = OnChange,
                Filter = _parameters.ToFilter(folders, Clock.GetLocalNow()),
                OpenWritten = RemoveAfterVerify ? OpenWritten : _parameters.Verification(OpenWritten),
                RemoveVerified = RemoveAfterVerify,
                RemoveLeftFolders = true,
                Journals = await OnPipelineAsync(() => _parameters.Journals(this, WriteWarning, Clock)).ConfigureAwait(false),
                Time = Clock,
            };
            if (!await IsMeantAsync(path, mailbox, source, task, options, cancellationToken).ConfigureAwait(false))
            {
                return;
            }

            IItemTarget? target = null;
            try
            {
                TransferSummary summary = await task.RunAsync(
                    source,
                    () =>
                    {
                        PstDestination.MakeFolder(path);
                        return Task.FromResult(target = MailboxExport.Open(path, mailbox.DisplayName, source.StoreKey, Split, Clock, WriteWarning));
                    },
                    options,
                    cancellationToken).ConfigureAwait(false);
                IReadOnlyList<(string Path, long Length)> files = MailboxExport.FilesOf(target!);
                string? size = WarnOfSize(files);
                WriteObject(new PstTransferResult(null, summary, source.Report)
                {
                    Mailbox = mailbox,
                    Destination = path,
                    Format = PstItemFormat.Instance.Id,
                    SizeWarning = size,
                    Parts = new([.. files.Skip(1).Select(f => f.Path)]),
                });
            }
            finally
            {
                if (target is not null)
                {
                    await target.DisposeAsync().ConfigureAwait(false);
                }
            }
        }

        Task<IItemSource> OpenWritten(CancellationToken token) => MailboxExport.OpenWrittenAsync(path);
    }

    /// <summary>Asks, with what would be taken out of the mailbox where that is asked for: an impact the attribute cannot name for one parameter.</summary>
    private async Task<bool> IsMeantAsync(
        string path, MsMailbox mailbox, IItemSource source, TransferTask task, TransferOptions options, CancellationToken cancellationToken)
    {
        string action = LocalText.Format(RemoveAfterVerify ? Strings.ActionArchive : Strings.ActionExport, mailbox.Address);
        if (await IsWhatIfAsync().ConfigureAwait(false))
        {
            // What would lose something stays in the mailbox, and to know that takes opening it.
            Func<MapiItem, IReadOnlyList<ItemLoss>>? predict = RemoveAfterVerify ? PstItemFormat.Instance.Predict : null;
            IItemTarget? there = RemoveAfterVerify && File.Exists(path) ? MailboxExport.Open(path, mailbox.DisplayName, source.StoreKey, Split, Clock) : null;
            try
            {
                action += " (" + await task.PreviewAsync(source, _ => false, predict, options, cancellationToken, Estimate, target: there).ConfigureAwait(false) + ")";
            }
            finally
            {
                if (there is not null)
                {
                    await there.DisposeAsync().ConfigureAwait(false);
                }
            }
        }

        return await ShouldProcessAsync(path, action).ConfigureAwait(false)
            && (!RemoveAfterVerify || Force || await ShouldContinueAsync(LocalText.Format(Strings.ArchiveRemoves, mailbox.Address, path), action).ConfigureAwait(false));
    }

    /// <summary>Warns of each file that has become too large for some Outlook.</summary>
    /// <returns>The first of what was said; null for nothing.</returns>
    private string? WarnOfSize(IEnumerable<(string Path, long Length)> files)
    {
        string? first = null;
        foreach ((string path, long length) in files)
        {
            if (PstSize.Warn(PstFormat.Unicode, length) is string size)
            {
                WriteWarning(path + ": " + size);
                first ??= size;
            }
        }

        return first;
    }
}
