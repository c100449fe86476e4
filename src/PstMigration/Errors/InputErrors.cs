using System.Management.Automation;
using PstMigration.Mapi;

namespace PstMigration.Errors;

/// <summary>Errors about objects that came through the pipeline.</summary>
internal static class InputErrors
{
    /// <summary>What a cmdlet was given is nothing it takes.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="taken">What it takes.</param>
    internal static MailDataException NotTaken(PSCmdlet cmdlet, string taken) =>
        ErrorRecords.Exception(ModuleErrorIds.InputNotTaken, Strings.InputNotTaken, cmdlet.MyInvocation.MyCommand.Name, taken);
}
