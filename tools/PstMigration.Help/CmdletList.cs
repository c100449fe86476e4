using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace PstMigration.Help;

/// <summary>The module's cmdlets as the engine sees them: parameter sets, positions, types.</summary>
internal sealed class CmdletList : IDisposable
{
    private static readonly Assembly s_module = typeof(Errors.ErrorCatalog).Assembly;

    private readonly Runspace _runspace;

    private CmdletList(Runspace runspace)
    {
        _runspace = runspace;

        // Dynamic parameters are asked of the cmdlets, which takes a pipeline; what it finds out is kept.
        using PowerShell shell = PowerShell.Create(runspace);
        Cmdlets =
        [
            .. shell.AddScript("Get-Command -CommandType Cmdlet | ForEach-Object { [void]$_.ParameterSets; [void]$_.Parameters; $_ }").Invoke<CmdletInfo>()
                .Where(c => c.ImplementingType.Assembly == s_module).OrderBy(c => c.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>All of them, by name. They can be asked for as long as this is open.</summary>
    public IReadOnlyList<CmdletInfo> Cmdlets { get; }

    /// <summary>Gives an engine the cmdlet classes of the module.</summary>
    public static CmdletList Open()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        foreach (Type type in s_module.GetTypes().Where(t => !t.IsAbstract))
        {
            if (type.GetCustomAttribute<CmdletAttribute>(inherit: false) is CmdletAttribute name)
            {
                state.Commands.Add(new SessionStateCmdletEntry(name.VerbName + "-" + name.NounName, type, null));
            }
        }

        Runspace runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        return new CmdletList(runspace);
    }

    /// <inheritdoc/>
    public void Dispose() => _runspace.Dispose();
}
