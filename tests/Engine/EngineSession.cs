using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using PstMigration.Shell;

namespace PstMigration.Tests;

/// <summary>A runspace of the real engine on a recorded host, with the commands of the shell.</summary>
internal sealed class EngineSession : IDisposable
{
    private const int OpenAttempts = 3;

    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly Runspace _runspace;

    /// <summary>Opens a session.</summary>
    /// <param name="width">Of the screen, in columns.</param>
    /// <param name="answers">What prompts are answered, in order; a prompt beyond them is an error.</param>
    /// <param name="cmdlets">Cmdlet classes of the test.</param>
    public EngineSession(int width = 120, IEnumerable<string>? answers = null, params Type[] cmdlets)
    {
        Input = new RecordedInput(answers ?? []);
        ShellInterface ui = new(_output, _error, Input, new ShellRawInterface(() => width), showProgress: false);
        ui.ProgressReported += r =>
        {
            lock (Progress)
            {
                Progress.Add(r);
            }
        };
        InitialSessionState state = ShellSession.CreateState();
        foreach (Type cmdlet in cmdlets)
        {
            CmdletAttribute name = cmdlet.GetCustomAttributes(false).OfType<CmdletAttribute>().Single();
            state.Commands.Add(new SessionStateCmdletEntry(name.VerbName + "-" + name.NounName, cmdlet, null));
        }

        _runspace = Open(new ShellHost(ui), state);
    }

    // Where many were opened at once, one was seen without a drive of the file system.
    private static Runspace Open(ShellHost host, InitialSessionState state)
    {
        for (int attempt = 1; ; attempt++)
        {
            Runspace runspace = RunspaceFactory.CreateRunspace(host, state);
            runspace.Open();
            if (attempt == OpenAttempts || runspace.SessionStateProxy.Drive.GetAllForProvider("FileSystem").Count > 0)
            {
                return runspace;
            }

            runspace.Dispose();
        }
    }

    /// <summary>The answers left.</summary>
    public RecordedInput Input { get; }

    /// <summary>All progress so far.</summary>
    public List<ProgressRecord> Progress { get; } = [];

    /// <summary>The errors of the last <see cref="Invoke"/>.</summary>
    public IReadOnlyList<ErrorRecord> Errors { get; private set; } = [];

    /// <summary>What was shown so far, prompts too.</summary>
    public string Shown => _output.ToString();

    /// <summary>What went to the error stream of the host so far.</summary>
    public string ShownErrors => _error.ToString();

    /// <summary>Runs a script and gives its objects. A terminating error is thrown.</summary>
    public Collection<PSObject> Invoke(string script)
    {
        using PowerShell shell = Create();
        shell.AddScript(script);
        try
        {
            return shell.Invoke();
        }
        finally
        {
            Errors = [.. shell.Streams.Error];
        }
    }

    /// <summary>Runs a script that is to write no errors and gives its objects.</summary>
    public Collection<PSObject> InvokeClean(string script)
    {
        Collection<PSObject> result = Invoke(script);
        return Errors.Count == 0 ? result : throw new InvalidOperationException(string.Join("\n", Errors.Select(e => e.FullyQualifiedErrorId + ": " + e)));
    }

    /// <summary>Runs a script and gives what a person would see of its objects and errors, as plain text.</summary>
    public string Show(string script)
    {
        int before = _output.GetStringBuilder().Length;
        using PowerShell shell = Create();
        shell.AddScript(script);
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.AddCommand("Out-Default").Invoke();
        return _output.ToString()[before..];
    }

    /// <summary>What Tab would offer at the end of a line.</summary>
    public IReadOnlyList<string> Complete(string line)
    {
        using PowerShell shell = Create();
        return [.. CommandCompletion.CompleteInput(line, line.Length, null, shell).CompletionMatches.Select(m => m.CompletionText)];
    }

    /// <summary>A shell in this session, for tests that stop it.</summary>
    public PowerShell Create() => PowerShell.Create(_runspace);

    public void Dispose()
    {
        _runspace.Dispose();
        _output.Dispose();
        _error.Dispose();
    }
}
