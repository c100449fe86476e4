using System.Management.Automation;
using System.Threading;
using PstMigration.Pst;

namespace PstMigration.Commands;

/// <summary>Get-PstFile: what a data file is.</summary>
[Cmdlet(VerbsCommon.Get, "PstFile", DefaultParameterSetName = PathSet)]
[OutputType(typeof(PstFileInfo))]
public sealed class GetPstFileCommand : PstFileCommand
{
    /// <inheritdoc/>
    protected override void ProcessPst(PstFile file, CancellationToken cancellationToken)
    {
<<<<<<< HEAD
        int folders = 0;
        long items = 0;
        ItemTimes times = new();
        foreach (PstFolder folder in Below(file.IpmSubtree, hidden: false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            folders++;
            items += folder.ItemCount;
            foreach (PstItemSummary item in folder.EnumerateItems())
            {
                cancellationToken.ThrowIfCancellationRequested();
                times.Add(item);
            }
        }

        DateTimeOffset written = new DateTimeOffset(File.GetLastWriteTimeUtc(file.Path)).ToLocalTime();
        WriteObject(new PstFileInfo(file, written, folders, items, times));
=======
        PstFileInfo info = PstFileInfo.Read(file, cancellationToken);
        if (info.SizeWarning is string warning)
        {
            WriteWarning(file.Path + ": " + warning);
        }

        WriteObject(info);
>>>>>>> main
    }
}
