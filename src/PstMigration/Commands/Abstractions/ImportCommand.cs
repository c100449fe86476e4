using System.Management.Automation;
using PstMigration.Completion;
using PstMigration.Errors;
using PstMigration.Mapi;
using PstMigration.Pst;
using PstMigration.Transfer;

namespace PstMigration.Commands;

/// <summary>
/// The base of cmdlets that copy elsewhere: files, or the items and folders that Get-PstItem and Get-PstFolder give. Of these nothing but them is copied; they
/// are gathered, and each file they are of is read once.
/// </summary>
public abstract class ImportCommand : PathCommand, IDynamicParameters
{
    /// <summary>The parameter set with <see cref="InputObject"/>.</summary>
    protected const string ItemSet = "Item";

    /// <summary>The parameter set with <see cref="InputFolder"/>.</summary>
    protected const string FolderSet = "Folder";

    private readonly TransferParameters _parameters = new();
    private readonly PstItemSelection _items = new();
    private readonly List<PstFolderInfo> _folders = [];

    /// <summary>Items as Get-PstItem gives them.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ItemSet)]
    [PstItemTransformation(TakesCompared = true)]
    [ValidateNotNull]
    public PstItemInfo[] InputObject { get; set; } = [];

    /// <summary>Folders as Get-PstFolder gives them, each without those below it.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = FolderSet)]
    [PstFolderTransformation]
    [ValidateNotNull]
    public PstFolderInfo[] InputFolder { get; set; } = [];

    /// <summary>Only these folders of the source and what is below them: roles, paths in any language, wildcards.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public virtual string[] Folder { get; set; } = [];

    /// <summary>Folders by their paths, every character taken as it is.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public virtual string[] LiteralFolder { get; set; } = [];

    /// <summary>A folder of the destination below which everything is put; without it Inbox goes to Inbox and the others beside it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("TargetRootFolder")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public string? TargetFolder { get; set; }

    /// <summary>What happens with an item that was changed in the source since it was copied.</summary>
    [Parameter]
    public ChangePolicy OnChange { get; set; }

    /// <summary>The code page of 8-bit text: in data files whatever they say, in mail where it does not say its own.</summary>
    [Parameter]
    [ValidateRange(1, 65535)]
    public int? CodePage { get; set; }

    /// <summary>Also what is left of damaged items, and of data files that were cut off.</summary>
    [Parameter]
    public SwitchParameter AcceptDamage { get; set; }

    /// <summary>Writes each item's result as it comes, before the result of the whole.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override bool RunsAsJob => _parameters.AsJob;

    /// <inheritdoc/>
    private protected override void Prepare() => _parameters.OpenLog(this, WriteWarning, Clock);

    /// <inheritdoc/>
    public object GetDynamicParameters() => _parameters;

    /// <summary>Copies what a source has.</summary>
    /// <param name="path">The file or directory that is read.</param>
    /// <param name="format">What it is.</param>
    /// <param name="source">The source; stays the caller's.</param>
    /// <param name="options">What of it.</param>
    /// <param name="cancellationToken">Stops with the pipeline.</param>
    private protected abstract Task CopyAsync(string path, ItemFormat format, IItemSource source, TransferOptions options, CancellationToken cancellationToken);

    /// <summary>Whether this may be copied at all; throws where not.</summary>
    private protected virtual void CheckSource(string path)
    {
    }

    /// <inheritdoc/>
    protected override async Task ProcessObjectsAsync(CancellationToken cancellationToken)
    {
        if (ParameterSetName == ItemSet)
        {
            Array.ForEach(InputObject, _items.Add);
        }
        else
        {
            _folders.AddRange(InputFolder);
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        foreach (string path in _items.Paths)
        {
            await TryAsync(path, () => CopyItemsAsync(path, cancellationToken)).ConfigureAwait(false);
        }

        foreach (IGrouping<string, PstFolderInfo> folders in _folders.GroupBy(f => f.PstPath))
        {
            await TryAsync(folders.Key, () => CopyFoldersAsync(folders.Key, [.. folders], cancellationToken)).ConfigureAwait(false);
        }
    }

    /// <param name="activity">What progress is shown as.</param>
    /// <param name="watch">Is told what became of each item; null for nobody.</param>
    private protected TransferTask Transfer(string activity, Action<ItemResult>? watch = null) =>
        new(Streams, activity) { PassThru = PassThru, AcceptsDamage = AcceptDamage, Log = _parameters.Log, Watch = watch };

    /// <summary>How what was written is opened to be verified, where that is asked for.</summary>
    private protected Func<CancellationToken, Task<IItemSource>>? Verification(Func<CancellationToken, Task<IItemSource>> openWritten) => _parameters.Verification(openWritten);

    /// <param name="folders">The folders; null for those the user named.</param>
    private protected async Task<TransferOptions> OptionsAsync(IEnumerable<FolderSelector>? folders = null) => new()
    {
        Journals = await OnPipelineAsync(() => _parameters.Journals(this, WriteWarning, Clock)).ConfigureAwait(false),
        Filter = _parameters.ToFilter(folders ?? NamedFolders.Of(Folder, LiteralFolder), Clock.GetLocalNow()),
        TargetRoot = TargetFolder is null ? null : NamedFolders.ParseTarget(TargetFolder),
        OnChange = OnChange,
        Time = Clock,
    };

    private async Task TryAsync(string path, Func<Task> copy)
    {
        try
        {
            CheckSource(path);
            await copy().ConfigureAwait(false);
        }
        catch (Exception e) when (ErrorRecords.IsAboutData(e))
        {
            WriteError(ErrorRecords.From(e, path));
        }
    }

    private async Task CopyItemsAsync(string path, CancellationToken cancellationToken)
    {
        using PstFile file = Open(path);
        (PstItemSource source, IReadOnlyList<ItemResult> refused) = _items.Open(file, path);
        TransferOptions options = await OptionsAsync([]).ConfigureAwait(false);
        await CopyAsync(path, PstItemFormat.Instance, source, options with { MakeEmptyFolders = false, Refused = refused }, cancellationToken).ConfigureAwait(false);
    }

    private async Task CopyFoldersAsync(string path, IReadOnlyList<PstFolderInfo> folders, CancellationToken cancellationToken)
    {
        using PstFile file = Open(path);
        if (folders.Any(f => f.RecordKey != Hex.Lower(file.RecordKey.Span)))
        {
            throw FileErrors.Changed(path);
        }

        FolderSelector chosen = FolderSelector.Exactly(folders.Select(f => file.GetFolder(NodeId.Parse(f.NodeId)).Path));
        await CopyAsync(path, PstItemFormat.Instance, new PstItemSource(file, includeHidden: true), await OptionsAsync([chosen]).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    private PstFile Open(string path) => PstFile.Open(path, new PstOpenOptions { CodePage = CodePage, AcceptDamage = AcceptDamage });
}
