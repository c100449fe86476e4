using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace PstMigration.Shell;

/// <summary>
/// All the shell takes from the engine that is not public, by reflection. pwsh is built with the engine and may use its
/// internals; a host of one's own has no other way to the same behaviour. The package version is pinned, and a test covers each.
/// </summary>
internal static class EngineInternals
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>
    /// Gives Format-Table or Format-List its formatter. Their bases are public and do the parameters; the class that formats is
    /// internal, and so is the field that holds it.
    /// </summary>
    internal static void SetFormatter(FrontEndCommandBase command, string shape)
    {
        Assembly engine = typeof(PSObject).Assembly;
        Type formatter = engine.GetType("Microsoft.PowerShell.Commands.Internal.Format.InnerFormatShapeCommand", throwOnError: true)!;
        Type shapes = engine.GetType("Microsoft.PowerShell.Commands.Internal.Format.FormatShape", throwOnError: true)!;
        object inner = Activator.CreateInstance(formatter, Any, null, [Enum.Parse(shapes, shape)], null)!;
        typeof(FrontEndCommandBase).GetField("implementation", Any)!.SetValue(command, inner);
    }

    /// <summary>
    /// Has <c>exit 3</c> in a script file end the pipeline and reach the host. By itself it ends the script alone and sets
    /// $LASTEXITCODE, which a program the script ran may have set as well.
    /// </summary>
    internal static void LetExitLeaveScripts(Runspace runspace)
    {
        object context = runspace.GetType().GetProperty("ExecutionContext", Any)!.GetValue(runspace)!;
        context.GetType().GetProperty("ScriptCommandProcessorShouldRethrowExit", Any)!.SetValue(context, true);
    }
}
