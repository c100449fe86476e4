using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Microsoft.PowerShell;

namespace PstMigration.Shell;

/// <summary>A runspace and the codes a shell ends with.</summary>
internal sealed class ShellSession : IDisposable
{
    /// <summary>The command line was wrong.</summary>
    internal const int UsageError = 64;

    private const int Failure = 1;
    private const int Interrupted = 130;

    private readonly ShellHost _host;
    private readonly Runspace _runspace;
    private readonly object _gate = new();
    private PowerShell? _running;
    private bool _stopped;

    /// <summary>Opens a runspace on the host.</summary>
    internal ShellSession(ShellHost host)
    {
        _host = host;
        _runspace = RunspaceFactory.CreateRunspace(host, CreateState());
        _runspace.Open();
    }

    /// <summary>The state of a session: the engine's own commands and the shims.</summary>
    internal static InitialSessionState CreateState()
    {
        // Not CreateDefault: that one wants assemblies which only an installed PowerShell has.
        InitialSessionState state = InitialSessionState.CreateDefault2();
        CommandShims.AddTo(state);
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = ExecutionPolicy.RemoteSigned;
        }

        return state;
    }

    /// <summary>Runs commands; the code says whether the last one succeeded, which only they themselves can see.</summary>
    internal int RunCommand(string text) =>
        Run(shell => shell.AddScript(text + Environment.NewLine + "if (-not $?) { $Host.SetShouldExit(1) }", useLocalScope: false));

    /// <summary>Runs a script as <c>pwsh -File</c> does: in the session's own scope.</summary>
    internal int RunFile(string path, IReadOnlyList<string> arguments)
    {
        EngineInternals.LetExitLeaveScripts(_runspace);
        return Run(shell =>
        {
            shell.AddCommand(Path.GetFullPath(path), useLocalScope: false);
            foreach (CommandParameter argument in ScriptArguments.Parse(arguments))
            {
                shell.Commands.Commands[0].Parameters.Add(argument);
            }
        });
    }

    /// <summary>Stops what runs, from any thread; the session then ends with the code of an interruption.</summary>
    internal void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            _running?.BeginStop(null, null);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _runspace.Dispose();

    private int Run(Action<PowerShell> prepare)
    {
        using PowerShell shell = PowerShell.Create(_runspace);
        prepare(shell);

        // Out-Default writes errors to the host's error stream as long as they come marked as such.
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.AddCommand("Out-Default");
        try
        {
            lock (_gate)
            {
                if (_stopped)
                {
                    return Interrupted;
                }

                _running = shell;
            }

            shell.Invoke();
        }
        catch (PipelineStoppedException)
        {
            return Interrupted;
        }
        catch (RuntimeException e)
        {
            Show(e.ErrorRecord);
            return _stopped ? Interrupted : Failure;
        }
        finally
        {
            lock (_gate)
            {
                _running = null;
            }
        }

        return _stopped ? Interrupted : _host.ExitCode ?? 0;
    }

    private void Show(ErrorRecord error)
    {
        using PowerShell shell = PowerShell.Create(_runspace);
        PSObject shown = new(error);
        shown.Properties.Add(new PSNoteProperty("writeErrorStream", true));
        shell.AddCommand("Out-Default").AddParameter("InputObject", shown).Invoke();
    }
}
