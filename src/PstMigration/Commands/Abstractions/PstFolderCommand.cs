using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PstMigration.Completion;
using PstMigration.Pst;

namespace PstMigration.Commands;

/// <summary>The base of cmdlets that read folders of data files.</summary>
public abstract class PstFolderCommand : PstFileCommand
{
    // Folders piped in come one by one and all ask for the same list.
    private PstFile? _listedFile;
    private IReadOnlyList<PstFolder> _listed = [];

    /// <summary>Which folders: paths, roles, wildcards.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public string[]? Folder { get; set; }

    /// <summary>Also the folders below those.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Also folders that Outlook does not show.</summary>
    [Parameter]
    public SwitchParameter IncludeHidden { get; set; }

    /// <summary>The folders named, and those below them under <see cref="Recurse"/>, each once.</summary>
    /// <exception cref="Mapi.MailDataException">FolderNotFound.</exception>
    protected IEnumerable<PstFolder> SelectFolders(PstFile file)
    {
        if (_listedFile != file)
        {
            _listed = [file.IpmSubtree, .. FolderTree.Below(file.IpmSubtree, IncludeHidden)];
            _listedFile = file;
        }

        IReadOnlyList<PstFolder> selected = FolderSelection.Select(Folder!, _listed, f => f.Path, f => f.Role);
        if (!Recurse)
        {
            return selected;
        }

        HashSet<NodeId> wanted = [.. selected.Select(f => f.NodeId)];
        wanted.UnionWith(selected.SelectMany(f => FolderTree.Below(f, IncludeHidden)).Select(f => f.NodeId));
        return _listed.Where(f => wanted.Contains(f.NodeId));
    }
}
