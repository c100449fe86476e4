using System.Management.Automation;
using PstMigration.Completion;
using PstMigration.Errors;
using PstMigration.Mapi;
using PstMigration.Pst;

namespace PstMigration.Commands;

/// <summary>The base of cmdlets that read folders of data files. Folders are named, or come as the objects Get-PstFolder gives.</summary>
public abstract class PstFolderCommand : PstFileCommand
{
    /// <summary>The parameter set with <see cref="InputFolder"/>.</summary>
    protected const string FolderSet = "Folder";

    // Folders piped in come one by one and all ask for the same list.
    private PstFile? _listedFile;
    private IReadOnlyList<PstFolder> _listed = [];
    private Dictionary<NodeId, PstFolder> _byNode = [];

    /// <summary>Folders as Get-PstFolder gives them: each is the one that was listed, whatever else has its name, hidden or not.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = FolderSet)]
    [ValidateNotNull]
    [PstFolderTransformation]
    public PstFolderInfo[] InputFolder { get; set; } = [];

    /// <summary>Which folders: paths, roles, wildcards.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public virtual string[]? Folder { get; set; }

    /// <summary>Folders by their paths, every character taken as it is.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public string[]? LiteralFolder { get; set; }

    /// <summary>Also the folders below those.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Also folders that Outlook does not show.</summary>
    [Parameter]
    public SwitchParameter IncludeHidden { get; set; }

    /// <summary>Whether the user said which folders.</summary>
    protected bool HasFolders => Folder is not null || LiteralFolder is not null || ParameterSetName == FolderSet;

    /// <inheritdoc/>
    private protected sealed override IEnumerable<string>? ObjectPaths =>
        ParameterSetName == FolderSet ? InputFolder.Select(f => f.PstPath).Distinct() : null;

    /// <summary>The folders the user named, and those below them under <see cref="Recurse"/>, each once; without any, all.</summary>
    /// <exception cref="MailDataException">FolderNotFound, PstChanged.</exception>
    protected IEnumerable<PstFolder> SelectFolders(PstFile file)
    {
        if (!HasFolders)
        {
            IEnumerable<PstFolder> all = file.EnumerateFolders(includeHidden: true);
            return IncludeHidden ? all : Visible(file, all);
        }

        if (_listedFile != file)
        {
            _listed = [.. file.EnumerateFolders(includeHidden: true)];
            _byNode = _listed.GroupBy(f => f.NodeId).ToDictionary(g => g.Key, g => g.First());
            _listedFile = file;
        }

        IReadOnlyList<PstFolder> selected = ParameterSetName == FolderSet
            ? [.. InputFolder.Where(f => f.PstPath == file.Path).Select(f => Find(file, f))]
            : NamedFolders.Select(NamedFolders.Of(Folder, LiteralFolder), file.Path, _listed, f => f.Path, f => f.Role, f => !IncludeHidden && !f.IsVisible);
        if (!Recurse)
        {
            return selected;
        }

        // Whoever names a hidden folder means what is in it too.
        HashSet<NodeId> wanted = [.. selected.SelectMany(f => f.EnumerateTree(IncludeHidden || !f.IsVisible)).Select(f => f.NodeId)];
        return _listed.Where(f => wanted.Contains(f.NodeId));
    }

    // Of what is passed over because Outlook does not show it, how much there is is told in detail.
    private IEnumerable<PstFolder> Visible(PstFile file, IEnumerable<PstFolder> all)
    {
        List<PstFolder> passedOver = [];
        foreach (PstFolder folder in all)
        {
            if (folder.IsVisible)
            {
                yield return folder;
            }
            else
            {
                passedOver.Add(folder);
            }
        }

        if (PstHiddenContent.Of(passedOver) is { Items: > 0 } hidden)
        {
            WriteVerbose(LocalText.Format(Strings.HiddenPassedOver, file.Path, hidden.Items, hidden.Folders));
        }
    }

    private PstFolder Find(PstFile file, PstFolderInfo folder) =>
        folder.RecordKey == Hex.Lower(file.RecordKey.Span) && _byNode.TryGetValue(NodeId.Parse(folder.NodeId), out PstFolder? found)
            ? found
            : throw FileErrors.Changed(file.Path);
}
