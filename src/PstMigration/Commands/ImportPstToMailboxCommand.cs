using System.Globalization;
using System.Management.Automation;
using PstMigration.Batch;
using PstMigration.Completion;
using PstMigration.Errors;
using PstMigration.Mailboxes;
using PstMigration.Mapi;
using PstMigration.Pst;
using PstMigration.Transfer;

namespace PstMigration.Commands;

/// <summary>
/// Copies the items of data files, and of files and trees of mail, into a mailbox: right folders, right dates, not as drafts. What an earlier run brought is
/// not brought again.
/// </summary>
[Cmdlet(VerbsData.Import, "PstToMailbox", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = PathSet)]
[OutputType(typeof(PstTransferResult))]
[OutputType(typeof(PstTransferItem))]
public sealed class ImportPstToMailboxCommand : ImportCommand
{
    private const string BatchSet = "Batch";

    private readonly KeyedQueues<MailboxImport> _imports = new();
    private readonly NewestVersions _versions;
    private readonly MailboxTargets _targets;
    private SeriesImports _series = null!;
    private SourceRetiring? _retiring;

    /// <summary>Made by the engine for each call.</summary>
    public ImportPstToMailboxCommand()
    {
        _targets = new MailboxTargets(WriteDebug);
        _versions = new NewestVersions(Open);
    }

    /// <summary>A table of files and the mailboxes they go into: Path,Mailbox,TargetFolder, or the headings of the mapping file of Microsoft's PST import.</summary>
    [Parameter(Mandatory = true, ParameterSetName = BatchSet)]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string? BatchFile { get; set; }

    /// <summary>The mailbox: a connection, or the address of one made in this session; without it the only connection there is.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = ItemSet)]
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = FolderSet)]
    [Parameter(ParameterSetName = BatchSet)]
    [Alias("Address", "EmailAddress", "UserPrincipalName", "PrimarySmtpAddress", "Mail")]
    [MailboxTransformation]
    [ArgumentCompleter(typeof(MailboxCompleter))]
    [ValidateNotNull]
    public MailboxArgument? Mailbox { get; set; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = BatchSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public override string[] Folder { get; set; } = [];

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = BatchSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public override string[] LiteralFolder { get; set; } = [];

    /// <summary>Also copies what the mailbox has from elsewhere, with the same content.</summary>
    [Parameter]
    public SwitchParameter AllowDuplicate { get; set; }

    /// <summary>How many mailboxes are written to at once. What goes into one mailbox goes there in order.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 4;

    /// <summary>Of a backup: the state of that time, in place of the present one.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [AgeTransformation]
    public Age? AsOf { get; set; }

    /// <summary>Renames a file that has arrived whole, which is verified; a later run deletes it after this time.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = BatchSet)]
    [AgeTransformation]
    [ArgumentCompleter(typeof(AgeCompleter))]
    [ValidateNotNull]
    public Age? RetireSource { get; set; }

    /// <summary>Also deletes retired files that went into a rehearsal alone.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>The archive mailbox; nothing is written there, and the error says what does.</summary>
    [Parameter]
    public SwitchParameter Archive { get; set; }

    /// <inheritdoc/>
    private protected override MailDataException? NotTaken => base.NotTaken is not MailDataException error ? null
        : RetireSource is null && AsOf is null ? error
        : ErrorRecords.Exception(ModuleErrorIds.RetireNeedsDataFile, Strings.RetireNeedsFiles);

    /// <inheritdoc/>
    protected override Task BeginAsync(CancellationToken cancellationToken)
    {
        if (Archive)
        {
            throw MailboxException.ArchiveNotReachable();
        }

        if (RetireSource is { IsDate: true })
        {
            throw ErrorRecords.Exception(ModuleErrorIds.AgeNotASpan, Strings.RetireAgeIsDate);
        }

        if (RetireSource is not null && AsOf is not null)
        {
            throw ErrorRecords.Exception(ModuleErrorIds.RetireNeedsDataFile, Strings.RetireBackup);
        }

        _series = new SeriesImports(WriteWarning, (e, path) => WriteError(ErrorRecords.From(e, path)));
        DateTimeOffset now = Clock.GetUtcNow();
        _retiring = RetireSource is null ? null : new SourceRetiring(now - RetireSource.Before(now), Force, Streams, _targets.OpenAsync, ShouldProcessAsync);
        return Task.CompletedTask;
    }

    /// <summary>A file that was retired is found again without its name.</summary>
    private protected override bool IsKnownToBeGone(string given) =>
        _retiring is not null && RetiredFiles.Given(this, given, ParameterSetName == LiteralPathSet).Count > 0;

    /// <summary>Of the files those that are to be imported; the retired ones among them are to be deleted, and with them those that were given by their old names.</summary>
    private protected override IReadOnlyList<string> Existing(string given, bool literal)
    {
        if (_retiring is null)
        {
            // What a pattern matches is no tree that somebody has named.
            return FileSystemPaths.ExistingOrNamed(this, given, literal);
        }

        IReadOnlyList<RetiredSource> retired = RetiredFiles.Given(this, given, literal);
        Give(retired, Mailbox ?? MailboxArgument.Only);
        return [.. FileSystemPaths.ExistingOrNamed(this, given, literal).Where(f => !RetiredSource.IsPart(f))];
    }

    /// <inheritdoc/>
    protected override Task ProcessObjectsAsync(CancellationToken cancellationToken) =>
        ParameterSetName == BatchSet ? Task.CompletedTask : base.ProcessObjectsAsync(cancellationToken);

    /// <summary>Files wait until all are known, so that several mailboxes can be written to at once.</summary>
    protected override async Task ProcessFileAsync(string path, CancellationToken cancellationToken)
    {
        MsMailbox mailbox = await MailboxAsync().ConfigureAwait(false);
        BackupState? state = AsOf is Age time ? StateOf(path, time) : null;
        TransferOptions options = await OptionsAsync().ConfigureAwait(false);
        foreach (string file in FilesOf(state?.Path ?? path))
        {
            AddGiven(new MailboxImport(file, mailbox, options)
            {
                Format = FormatOf(file),
                CodePage = CodePage,
                StateTime = state is null ? null : TimeZoneInfo.ConvertTime(state.Time, Clock.LocalTimeZone),
            });
        }
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        try
        {
            await base.EndAsync(cancellationToken).ConfigureAwait(false);
            if (BatchFile is not null)
            {
                await CheckBatchAsync(await OnPipelineAsync(() => FileSystemPaths.Existing(this, BatchFile, literal: true)[0]).ConfigureAwait(false)).ConfigureAwait(false);
            }

            IReadOnlyList<MailboxImport> others = _series.FindOthers();
            foreach (MailboxImport other in _retiring is null ? others : [])
            {
                Add(other);
            }

            await (_retiring?.SweepAsync(cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
            await ImportAllAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await _targets.DisposeAsync().ConfigureAwait(false);
        }
    }

    private protected override async Task CopyAsync(
        string path, ItemFormat format, IItemSource source, TransferOptions options, CancellationToken cancellationToken)
    {
        MailboxImport import = new(path, await MailboxAsync().ConfigureAwait(false), options) { Format = format };
        if (await RunAsync(new ImportTurn(import), source, cancellationToken).ConfigureAwait(false) is (PstTransferResult result, _))
        {
            WriteObject(result);
        }
    }

    private async Task<(PstTransferResult Result, TransferSummary Summary)?> RunAsync(ImportTurn turn, IItemSource source, CancellationToken cancellationToken)
    {
        MailboxImport import = turn.Import;
        (string path, MsMailbox mailbox, TransferOptions options) = import;
        string action = LocalText.Format(Strings.ActionImport, path);
        TransferTask task = Transfer(LocalText.Format(Strings.ActivityImport, path), turn.Note);
        if (await IsWhatIfAsync().ConfigureAwait(false))
        {
            IItemTarget target = await _targets.OpenAsync(mailbox, cancellationToken).ConfigureAwait(false);
            action += " (" + await ImportPreview.TellAsync(task, source, import with { Options = options with { SkipDuplicates = !AllowDuplicate } }, target, new ImportAdvice(WriteWarning, Clock), cancellationToken).ConfigureAwait(false) + ")";
            action += _retiring is null ? "" : " " + LocalText.Format(Strings.PreviewRetire, _retiring);
        }

        // What was left out of a file was asked for with it.
        if (turn.Items is null && !await ShouldProcessAsync(mailbox.Address, action).ConfigureAwait(false))
        {
            return null;
        }

        using MailboxWaits waits = new(mailbox.Connection, task.Streams);
        TransferSummary summary = await task.RunAsync(
            source,
            () => _targets.OpenAsync(mailbox, cancellationToken),
            options with { OpenWritten = _retiring is null ? Verification(OpenWritten) : OpenWritten, SkipDuplicates = !AllowDuplicate },
            cancellationToken).ConfigureAwait(false);
        return (new PstTransferResult(path, summary, source.Report) { SourceFormat = source.Report.Format ?? import.Format.Id, Mailbox = mailbox, StateTime = import.StateTime }, summary);

        Task<IItemSource> OpenWritten(CancellationToken c) => mailbox.Connection.OpenSourceAsync(WriteDebug, c);
    }

    /// <summary>The data files of a folder that holds a series, each an import; else the path itself.</summary>
    private IReadOnlyList<string> FilesOf(string path) =>
        _retiring is null && Directory.Exists(path) && MailboxExport.IsSeries(path) ? MailboxExport.FilesIn(path) : [path];

    /// <summary>What a path is. Only data files are retired.</summary>
    private ItemFormat FormatOf(string path) => _retiring is null ? ModuleFormats.Of(path, null)
        : File.Exists(path) && ModuleFormats.Of(path, null) == PstItemFormat.Instance ? PstItemFormat.Instance
        : throw ErrorRecords.Exception(ModuleErrorIds.RetireNeedsDataFile, Strings.RetireMailFiles, path);

    private BackupState StateOf(string path, Age time)
    {
        DateTimeOffset asked = time.Through(Clock.GetLocalNow());
        BackupState state = BackupState.Find(path, asked);
        if (state.Next is DateTimeOffset next && asked - state.Time > TimeSpan.FromDays(1))
        {
            WriteWarning(LocalText.Format(Strings.BackupStateGap, path, Text(state.Time), Text(next)));
        }
        else
        {
            WriteVerbose(LocalText.Format(Strings.BackupStateUsed, path, Text(state.Time)));
        }

        return state;

        string Text(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Clock.LocalTimeZone).ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);
    }

    private void AddGiven(MailboxImport import)
    {
        Add(import);
        _series.Give(import);
    }

    private void Add(MailboxImport import)
    {
        _retiring?.Expect(import.Path);
        _imports.Add(import.Queue, import);
        _versions.Add(import);
    }

    private Task<MsMailbox> MailboxAsync()
    {
        MailboxArgument given = Mailbox ?? MailboxArgument.Only;
        return OnPipelineAsync(() => given.Resolve(this));
    }

    private Task CheckBatchAsync(string batch)
    {
        IReadOnlyList<ImportBatchRow> rows = ImportBatch.Read(batch, MyInvocation.MyCommand.Parameters.Values.SelectMany(v => v.Aliases.Append(v.Name)), out IReadOnlyList<string> unknown);
        if (unknown.Count > 0)
        {
            WriteWarning(LocalText.Format(Strings.BatchHeadings, batch, string.Join(", ", unknown)));
        }

        BatchCheck check = new(FilesOfAsync, CheckAsync, AddGiven, WriteError);
        return check.RunAsync(batch, rows);

        async Task<IEnumerable<string>> FilesOfAsync(ImportBatchRow row)
        {
            IReadOnlyList<string> paths = await OnPipelineAsync(() => BatchPaths.Of(this, row, _retiring is null ? null : r => Give(r, MailboxOf(row)))).ConfigureAwait(false);
            return paths.SelectMany(FilesOf);
        }
    }

    private MailboxArgument MailboxOf(ImportBatchRow row) => row.Mailbox.Length > 0 ? new MailboxArgument(row.Mailbox) : Mailbox ?? MailboxArgument.Only;

    private void Give(IReadOnlyList<RetiredSource> retired, MailboxArgument mailbox)
    {
        foreach (RetiredSource file in retired)
        {
            _retiring!.Give(file, mailbox.Resolve(this));
        }
    }

    private async Task<MailboxImport> CheckAsync(ImportBatchRow row, string path)
    {
        int? codePage = row.CodePageOr(CodePage);
        MsMailbox mailbox = await OnPipelineAsync(() => MailboxOf(row).Resolve(this)).ConfigureAwait(false);
        TransferOptions options = row.Place(await OptionsAsync(row.Folders).ConfigureAwait(false));
        MailboxImport import = new(path, mailbox, options) { Format = FormatOf(path), CodePage = codePage, Folder = row.Folder };
        IItemSource source = Open(import);
        await source.DisposeAsync().ConfigureAwait(false);
        return import;
    }

    private async Task ImportAllAsync(CancellationToken cancellationToken)
    {
        int count = _imports.Count;
        int done = 0;
        using CommandProgress? progress = count > 1 ? StartProgress(LocalText.Format(Strings.ActivityBatch, count)) : null;
        bool isWhatIf = await IsWhatIfAsync().ConfigureAwait(false);

        // What would be done is told of one file after the other.
        await _imports.RunAsync(
            isWhatIf ? 1 : ThrottleLimit,
            async (import, stop) =>
            {
                ImportTurn? turn = await _versions.BeginAsync(import, stop).ConfigureAwait(false);
                while (turn is not null)
                {
                    bool isDone = await ImportAsync(turn, stop).ConfigureAwait(false);
                    turn = isWhatIf ? null : _versions.End(turn, isDone);
                    if (turn?.Items is { Count: int older })
                    {
                        WriteWarning(LocalText.Format(Strings.OlderAfterAll, turn.Import.Path, older));
                    }
                }

                if (progress is not null)
                {
                    lock (progress)
                    {
                        done++;
                        progress.Report(LocalText.Format(Strings.ProgressFiles, done, count), (double)done / count);
                    }
                }
            },
            cancellationToken).ConfigureAwait(false);
    }

    // What is wrong with one file never ends the others.
    private async Task<bool> ImportAsync(ImportTurn turn, CancellationToken cancellationToken)
    {
        MailboxImport import = turn.Import;
        try
        {
            _retiring?.Begin(import.Path);
            (PstTransferResult Result, TransferSummary Summary)? done;
            SourceReport report;
            IItemSource source = Open(import, turn.Items);
            await using (source.ConfigureAwait(false))
            {
                done = await RunAsync(turn, source, cancellationToken).ConfigureAwait(false);
                report = source.Report;
            }

            if (done is not (PstTransferResult result, TransferSummary summary))
            {
                return false;
            }

            if (_retiring is not null && turn.Items is null)
            {
                IItemTarget target = await _targets.OpenAsync(import.Mailbox, cancellationToken).ConfigureAwait(false);
                _retiring.Retire(import, target.StoreKey, summary, result, report);
                result.DeletedSources = new(_retiring.TakeDeleted());
            }

            WriteObject(result);
            return true;
        }
        catch (Exception e) when (ErrorRecords.IsAboutData(e))
        {
            _retiring?.Fail(import.Path, e.Message);
            WriteError(ErrorRecords.From(e, import.Path));
            return false;
        }
    }

    private IItemSource Open(MailboxImport import) => Open(import, null);

    private IItemSource Open(MailboxImport import, IReadOnlyCollection<NodeId>? items) => items is null
        ? import.Format.OpenSource(import.Path, new ItemSourceOptions { CodePage = import.CodePage, AcceptDamage = AcceptDamage })
        : new PstItemSource(PstFile.Open(import.Path, new PstOpenOptions { CodePage = import.CodePage, AcceptDamage = AcceptDamage }), items, ownsFile: true);
}
