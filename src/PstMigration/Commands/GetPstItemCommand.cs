using System.Management.Automation;
using PstMigration.Completion;
using PstMigration.Errors;
using PstMigration.Mapi;
using PstMigration.Pst;

namespace PstMigration.Commands;

/// <summary>Get-PstItem: the items in folders of data files, as the folders list them.</summary>
[Cmdlet(VerbsCommon.Get, "PstItem", DefaultParameterSetName = PathSet)]
[OutputType(typeof(PstItemInfo))]
public sealed class GetPstItemCommand : PstFolderCommand, IDynamicParameters
{
    // Folders piped in come one by one; the file is searched once.
    private RecoveredItems? _recovered;
    private ItemProperties _properties = ItemProperties.None;
    private readonly ItemFilterParameters _filter = new();
    private ItemView? _view;

    /// <summary>Properties to add: by name, tag, or set and LID or name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PropertyNameTransformation]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    public string[]? Property { get; set; }

    /// <summary>Also folder-associated items.</summary>
    [Parameter]
    public SwitchParameter IncludeAssociated { get; set; }

    /// <summary>Also items that no folder lists any more.</summary>
    [Parameter]
    public SwitchParameter IncludeDeleted { get; set; }

    /// <inheritdoc/>
    public object GetDynamicParameters() => _filter;

    /// <inheritdoc/>
    protected override Task BeginAsync(CancellationToken cancellationToken)
    {
        _properties = Property is null ? ItemProperties.None : ItemProperties.Parse(Property);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override void ProcessPst(PstFile file, CancellationToken cancellationToken)
    {
        bool isEmpty = true;
        ItemFilter filter = _filter.ToFilter([], Clock.GetLocalNow());
        foreach (PstItemContent listed in List(file, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            isEmpty = false;
            try
            {
                if (IsMatch(filter, listed))
                {
                    object item = _properties.AddTo(listed, e => WriteError(ErrorRecords.From(e, listed.Item)));
                    WriteObject(_view?.AddTo(item) ?? item);
                }
            }
            catch (Exception e) when (ErrorRecords.IsAboutData(e))
            {
                WriteError(ErrorRecords.From(e, listed.Item));
            }
        }

        if (isEmpty && !HasFolders && !AcceptDamage && file.Damage.Count > 0)
        {
            WriteError(ErrorRecords.From(FileErrors.NothingReadable(file.Path, file.Damage.Count), file.Path));
        }
    }

    private static bool IsMatch(ItemFilter filter, PstItemContent listed) =>
        filter.Includes(listed.Item.ListedSummary) ?? filter.Includes(listed.Item.Summary) ?? filter.Includes(listed.Content.Value);

    // Where not even the top folder is left there may be items to recover.
    private IEnumerable<PstFolder> Everything(PstFile file)
    {
        try
        {
            return SelectFolders(file);
        }
        catch (Exception e) when (IncludeDeleted && ErrorRecords.IsAboutData(e))
        {
            WriteError(ErrorRecords.From(e, file.Path));
            return [];
        }
    }

    private List<PstFolder> Selected(PstFile file)
    {
        List<PstFolder> folders = [.. SelectFolders(file)];

        // Folders that are piped in may be of any kind, and the first item of a pipeline chooses the view of all.
        _view ??= MyInvocation.ExpectingInput ? ItemView.General : ItemView.Of(folders);
        return folders;
    }

    private IEnumerable<PstItemContent> List(PstFile file, CancellationToken cancellationToken)
    {
        HashSet<NodeId> folders = [];
        string recordKey = Hex.Lower(file.RecordKey.Span);
        foreach (PstFolder folder in HasFolders ? Selected(file) : Everything(file))
        {
            folders.Add(folder.NodeId);
            string path = folder.Path.ToString();
            IEnumerable<PstItemContent> items = folder.EnumerateItems(_properties.Keys).Select(s => Describe(file, recordKey, path, s, isAssociated: false));
            IEnumerable<PstItemContent> associated = IncludeAssociated
                ? folder.EnumerateAssociated(_properties.Keys).Select(s => Describe(file, recordKey, path, s, isAssociated: true))
                : [];
            foreach (PstItemContent item in items.Concat(associated))
            {
                yield return item;
            }
        }

        if (IncludeDeleted)
        {
            _recovered = _recovered?.File == file ? _recovered : new RecoveredItems(Handle, file);
            foreach (PstItemContent item in _recovered.In(HasFolders ? folders : null, cancellationToken))
            {
                yield return item;
            }
        }
    }

    private PstItemContent Describe(PstFile file, string recordKey, string folder, PstItemSummary summary, bool isAssociated) => new(
        new PstItemInfo(new PstItemReference(Handle, recordKey, summary.NodeId, file.StampOf(summary.NodeId)), folder, summary) { IsAssociated = isAssociated },
        summary.Properties,
        new Lazy<MapiItem>(() => file.OpenItem(summary.NodeId)));
}
