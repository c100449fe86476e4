using System.Management.Automation;
using PstMigration.Completion;
using PstMigration.Errors;
using PstMigration.Formats;
using PstMigration.Mapi;
using PstMigration.Pst;
using PstMigration.Transfer;

namespace PstMigration.Commands;

/// <summary>Export-PstItem: items of data files as files that other programs and people open.</summary>
[Cmdlet(VerbsData.Export, "PstItem", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low, DefaultParameterSetName = PathSet)]
[OutputType(typeof(PstTransferResult))]
[OutputType(typeof(FileInfo))]
public sealed class ExportPstItemCommand : PstFolderCommand, IDynamicParameters
{
    private const string ItemSet = "Item";
    private const string Attachments = "Attachment";

    private readonly PstItemSelection _selection = new();
    private readonly TransferParameters _parameters = new();
    private readonly ExportPlaces _places = new();
    private ItemFormat _format = null!;
    private string _root = "";
    private string? _only;
    private TransferJournals? _journals;

    /// <summary>Items of Get-PstItem.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ItemSet)]
    [PstItemTransformation(TakesCompared = true)]
    [ValidateNotNull]
    public PstItemInfo[] InputObject { get; set; } = [];

    /// <inheritdoc/>
    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public override string[]? Folder { get; set; }

    /// <summary>The folder below which everything is written; made where it is missing.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("DestinationPath", "OutputPath")]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    /// <summary>The format.</summary>
    [Parameter]
    [ValidateSet("Eml", "Mbox", "Maildir", "Html", "Text", "Json", "Csv")]
    public string Format { get; set; } = "Eml";

    /// <summary>The attached files instead of the items.</summary>
    [Parameter]
    public SwitchParameter AttachmentOnly { get; set; }

    /// <summary>Binary values in JSON.</summary>
    [Parameter]
    public SwitchParameter IncludeBinary { get; set; }

    /// <summary>Rewrites existing items.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes each file instead of the results.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>How many items are converted at once.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = Environment.ProcessorCount;

    /// <inheritdoc/>
    private protected override bool RunsAsJob => _parameters.AsJob;

    /// <inheritdoc/>
    private protected override void Prepare() => _parameters.OpenLog(this, WriteWarning, Clock);

    /// <inheritdoc/>
    public object GetDynamicParameters() => _parameters;

    /// <inheritdoc/>
    protected override async Task BeginAsync(CancellationToken cancellationToken)
    {
        _root = await OnPipelineAsync(() => FileSystemPaths.Full(this, Destination)).ConfigureAwait(false);
        _format = ModuleFormats.All.Find(AttachmentOnly ? Attachments : Format)!;

        if (!IsTable)
        {
            FilePlace.CheckDirectory(_root);
        }

        // What is written to be read by people is no transfer that is taken up again.
        _journals = _format.CanRead ? await OnPipelineAsync(() => _parameters.Journals(this, WriteWarning, Clock)).ConfigureAwait(false) : null;
    }

    /// <inheritdoc/>
    protected override Task ProcessPstAsync(PstFile file, CancellationToken cancellationToken)
    {
        bool isChosen = HasFolders || IncludeHidden;
        FolderSelector[] folders = isChosen ? [FolderSelector.Exactly(SelectFolders(file).Select(f => f.Path))] : [];
        return ExportAsync(new PstItemSource(file, includeHidden: isChosen), Options(folders), ownsSource: false, cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task ProcessObjectsAsync(CancellationToken cancellationToken)
    {
        Array.ForEach(InputObject, _selection.Add);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        foreach (string path in _selection.Paths)
        {
            try
            {
                using PstFile file = PstFile.Open(path, new PstOpenOptions { CodePage = CodePage, AcceptDamage = AcceptDamage });
                (PstItemSource source, IReadOnlyList<ItemResult> refused) = _selection.Open(file, path);
                await ExportAsync(source, Options([]) with { MakeEmptyFolders = false, Refused = refused }, ownsSource: true, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (ErrorRecords.IsAboutData(e))
            {
                WriteError(ErrorRecords.From(e, path));
            }
        }

        await base.EndAsync(cancellationToken).ConfigureAwait(false);
    }

    private TransferOptions Options(IEnumerable<FolderSelector> folders) => new()
    {
        Filter = _parameters.ToFilter(folders, Clock.GetLocalNow()),
        Threads = ThrottleLimit,
        Journals = _journals,
        Time = Clock,
    };

    private async Task ExportAsync(PstItemSource source, TransferOptions options, bool ownsSource, CancellationToken cancellationToken)
    {
        string destination = DestinationOf(source.Name);
        string action = LocalText.Format(Strings.ActionExportItems, source.Name, _format);
        if (await IsWhatIfAsync().ConfigureAwait(false))
        {
            TransferTask preview = new(Streams, action);
            action += " (" + await preview.PreviewAsync(source, _ => false, _format.Predict, options, cancellationToken).ConfigureAwait(false) + ")";
        }

        if (!await ShouldProcessAsync(destination, action).ConfigureAwait(false))
        {
            return;
        }

        IItemTarget? target = null;
        try
        {
            TransferTask task = new(Streams, LocalText.Format(Strings.ActivityExportItems, source.Name)) { PassFiles = PassThru, TellsSource = ownsSource, AcceptsDamage = AcceptDamage, Log = _parameters.Log };
            TransferSummary summary = await task.RunAsync(
                source,
                () => Task.FromResult(target = OpenTarget(destination)),
                options with { OpenWritten = _format.CanRead ? _parameters.Verification(_ => Task.FromResult(_format.OpenSource(destination, new ItemSourceOptions()))) : null },
                cancellationToken).ConfigureAwait(false);
            if (!PassThru)
            {
                WriteObject(new PstTransferResult(source.Name, summary, source.Report) { SourceFormat = PstItemFormat.Instance.Id, Destination = destination, Format = _format.Id });
            }
        }
        catch (MailDataException e) when (e.EndsRun)
        {
            // What cannot be written here cannot be written for the next file either.
            ThrowTerminatingError(ErrorRecords.From(e, Destination));
        }
        finally
        {
            if (target is not null)
            {
                await target.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    // Whoever names a table means the table.
    private bool IsTable => _format.IsOneFile && _root.EndsWith(_format.Extensions[0], StringComparison.OrdinalIgnoreCase) && !Directory.Exists(_root);

    private string DestinationOf(string pst)
    {
        if (!IsTable)
        {
            return System.IO.Path.Combine(_root, _places.NameOf(pst) + (_format.IsOneFile ? _format.Extensions[0] : ""));
        }

        _only ??= pst;
        return _only == pst ? _root : throw FileErrors.OneFile(_root);
    }

    private IItemTarget OpenTarget(string destination)
    {
        if (destination != _root)
        {
            AtomicFile.CreateDirectory(_root);
        }

        return _format.OpenTarget(destination, new ItemTargetOptions { Replace = Force, IncludeBinary = IncludeBinary, Time = Clock });
    }
}
