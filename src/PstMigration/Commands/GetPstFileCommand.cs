using System.Management.Automation;
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
        PstFileInfo info = PstFileInfo.Read(file, cancellationToken);
        if (info.SizeWarning is string warning)
        {
            WriteWarning(file.Path + ": " + warning);
        }

        WriteObject(info);
    }
}
