using System.Management.Automation;
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
        IEnumerable<PstFolder> folders = HasFolders || Recurse ? SelectFolders(file) : file.EnumerateFolders(IncludeHidden, recurse: false);
        foreach (PstFolder folder in folders.Where(f => HasFolders || IsShown(f)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            WriteObject(new PstFolderInfo(file, folder));
        }
    }

    // What no program shows as a folder is one where it holds items: whatever is listed from folders must give what is listed from the file.
    private static bool IsShown(PstFolder folder) =>
        !folder.IsTop || folder.ItemCount > 0 || folder.EnumerateItems().Any() || folder.EnumerateAssociated().Any();
}
