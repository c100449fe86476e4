using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using Microsoft.PowerShell.Commands.Internal.Format;

// The engine's package has no Microsoft.PowerShell.Utility module, where scripts find these four commands. The formatter is in
// the engine all the same. An installed PowerShell never sees this file.
namespace PstMigration.Shell;

/// <summary>Gives a session the commands of this file.</summary>
internal static class CommandShims
{
    /// <summary>Adds them.</summary>
    internal static void AddTo(InitialSessionState state)
    {
        Type[] shims = [typeof(WriteOutputShim), typeof(WriteHostShim), typeof(FormatTableShim), typeof(FormatListShim)];
        foreach (Type shim in shims)
        {
            CmdletAttribute name = shim.GetCustomAttribute<CmdletAttribute>()!;
            state.Commands.Add(new SessionStateCmdletEntry(name.VerbName + "-" + name.NounName, shim, null));
        }
    }
}

/// <summary>Format-Table.</summary>
[Cmdlet(VerbsCommon.Format, "Table")]
public sealed class FormatTableShim : OuterFormatTableBase
{
    /// <summary>The engine makes one.</summary>
    public FormatTableShim() => EngineInternals.SetFormatter(this, "Table");
}

/// <summary>Format-List.</summary>
[Cmdlet(VerbsCommon.Format, "List")]
public sealed class FormatListShim : OuterFormatTableAndListBase
{
    /// <summary>The engine makes one.</summary>
    public FormatListShim() => EngineInternals.SetFormatter(this, "List");
}

/// <summary>Write-Output.</summary>
[Cmdlet(VerbsCommunications.Write, "Output")]
public sealed class WriteOutputShim : PSCmdlet
{
    /// <summary>What to write.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromRemainingArguments = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[]? InputObject { get; set; }

    /// <summary>Writes a collection as one object.</summary>
    [Parameter]
    public SwitchParameter NoEnumerate { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is null)
        {
            WriteObject(null);
            return;
        }

        foreach (PSObject? value in InputObject)
        {
            WriteObject(value, enumerateCollection: !NoEnumerate);
        }
    }
}

/// <summary>Write-Host.</summary>
[Cmdlet(VerbsCommunications.Write, "Host")]
public sealed class WriteHostShim : PSCmdlet
{
    /// <summary>What to show.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromRemainingArguments = true)]
    public object? Object { get; set; }

    /// <summary>Ends without a new line.</summary>
    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    /// <summary>Stands between the parts of a collection.</summary>
    [Parameter]
    public object Separator { get; set; } = " ";

    /// <summary>Taken, not shown: this shell writes plain text.</summary>
    [Parameter]
    public ConsoleColor ForegroundColor { get; set; }

    /// <summary>Taken, not shown: this shell writes plain text.</summary>
    [Parameter]
    public ConsoleColor BackgroundColor { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        object? value = Object is PSObject wrapped ? wrapped.BaseObject : Object;
        string text = value is not string && LanguagePrimitives.GetEnumerable(value) is { } parts
            ? string.Join(Separator.ToString(), parts.Cast<object?>().Select(p => p?.ToString()))
            : Object?.ToString() ?? "";
        WriteInformation(new HostInformationMessage { Message = text, NoNewLine = NoNewline }, ["PSHOST"]);
    }
}
