using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using PstMigration.Pst;

namespace PstMigration.Commands;

/// <summary>Get-PstFolder: the folders of data files.</summary>
[Cmdlet(VerbsCommon.Get, "PstFolder", DefaultParameterSetName = PathSet)]
[OutputType(typeof(PstFolderInfo))]
public sealed class GetPstFolderCommand : PstFolderCommand
{
    /// <inheritdoc/>
    protected override void ProcessPst(PstFile file, CancellationToken cancellationToken)
    {
        IEnumerable<PstFolder> folders = Folder is not null ? SelectFolders(file)
            : Recurse ? FolderTree.Below(file.IpmSubtree, IncludeHidden)
            : file.IpmSubtree.EnumerateFolders().Where(f => !f.IsSearchFolder && (IncludeHidden || !f.IsHidden));
        foreach (PstFolder folder in folders)
        {
            cancellationToken.ThrowIfCancellationRequested();
            WriteObject(new PstFolderInfo(file, folder));
        }
    }
}
