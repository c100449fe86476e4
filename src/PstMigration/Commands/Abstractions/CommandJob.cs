using System.Collections;
using System.Management.Automation;
using PstMigration.Errors;

namespace PstMigration.Commands;

/// <summary>
/// Runs a cmdlet as a thread job: the same command with the same parameters, and with what came through the pipeline, in a runspace of its own. The process is the same, so that objects and
/// connections are those of the session. On the pipeline thread.
/// </summary>
internal sealed class CommandJob
{
    private const string Starter = "Start-ThreadJob";

    // Engine commands only, as in the module's own script. A runspace of its own has no connections but those it is lent.
    private const string Script = """
        param($Begun, $Manifest, $Connections, $Location, $Command, $Parameters, $IsPiped, $Records)
        $Begun.Set()
        $ExecutionContext.SessionState.Path.SetLocation([System.Management.Automation.WildcardPattern]::Escape($Location)) | Microsoft.PowerShell.Core\Out-Null
        Microsoft.PowerShell.Core\Import-Module $Manifest
        $global:PstMigrationMailboxes = $Connections
        if ($IsPiped) { $Records | & $Command @Parameters } else { & $Command @Parameters }
        """;

    // A runspace opens in a fraction of a second; where one does not, the job is given back all the same.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    // Asked here, as nobody can be asked there.
    private static readonly string[] s_notPassedOn = ["AsJob", "Confirm"];

    private readonly PSCmdlet _cmdlet;
    private readonly Hashtable _parameters = [];
    private readonly List<object?> _records = [];

    /// <summary>Takes down what is bound before the first input comes.</summary>
    internal CommandJob(PSCmdlet cmdlet)
    {
        _cmdlet = cmdlet;
        foreach (KeyValuePair<string, object> given in cmdlet.MyInvocation.BoundParameters)
        {
            _parameters[given.Key] = given.Value;
        }
    }

    private InvocationInfo Invocation => _cmdlet.MyInvocation;

    /// <summary>Takes down one input as it was bound.</summary>
    internal void Add()
    {
        KeyValuePair<string, object>[] bound = [.. Invocation.BoundParameters.Where(p => !_parameters.ContainsKey(p.Key))];
        if (!Invocation.ExpectingInput)
        {
            return;
        }

        if (bound.Length == 1 && TakesPipeline(bound[0].Key))
        {
            _records.AddRange(Given.Each(bound[0].Value));
            return;
        }

        PSObject record = new();
        foreach (KeyValuePair<string, object> parameter in bound)
        {
            record.Properties.Add(new PSNoteProperty(parameter.Key, parameter.Value));
        }

        _records.Add(record);
    }

    /// <summary>Starts the job.</summary>
    /// <returns>The job.</returns>
    /// <exception cref="Mapi.MailDataException">JobsNotAvailable: there are no thread jobs here.</exception>
    internal object? Start()
    {
        CommandInfo starter = _cmdlet.InvokeCommand.GetCommand(Starter, CommandTypes.Cmdlet | CommandTypes.Function | CommandTypes.Alias) ?? throw JobErrors.NotAvailable();
        Hashtable parameters = new(_parameters);
        Array.ForEach(s_notPassedOn, parameters.Remove);
        if (Invocation.MyCommand.Parameters.ContainsKey("Confirm"))
        {
            parameters["Confirm"] = false;
        }

        ManualResetEventSlim begun = new();
        Hashtable how = new()
        {
            ["Name"] = Invocation.MyCommand.Name,
            ["ScriptBlock"] = ScriptBlock.Create(Script),
            ["ArgumentList"] = new object[]
            {
                begun,
                Path.Combine(Invocation.MyCommand.Module.ModuleBase, "PstMigration.psd1"),
                MailboxRegistry.Of(_cmdlet).Lend(),
                _cmdlet.SessionState.Path.CurrentFileSystemLocation.ProviderPath,
                Invocation.MyCommand.Name,
                parameters,
                Invocation.ExpectingInput,
                _records,
            },
        };
        bool isQueued = HasQueue();
        PSObject? job = _cmdlet.InvokeCommand.InvokeScript("param($start, $how) & $start @how", true, System.Management.Automation.Runspaces.PipelineResultTypes.None, null, starter, how).FirstOrDefault();
        if (!isQueued && job?.BaseObject is Job started)
        {
            AwaitBeginning(started, begun);
        }

        return job;
    }

    /// <summary>Whether jobs wait for their turn: then one that is started now does too. One alone that waits cannot be told from one that is about to begin.</summary>
    private bool HasQueue() => _cmdlet.InvokeCommand.InvokeScript(@"Microsoft.PowerShell.Core\Get-Job -State NotStarted").Count > 0;

    /// <summary>Waits until the script of the job has begun: a thread job that is stopped while its runspace is being opened fails, with an error of the engine's.</summary>
    private static void AwaitBeginning(Job job, ManualResetEventSlim begun)
    {
        long started = TimeProvider.System.GetTimestamp();
        while (job.JobStateInfo.State is JobState.NotStarted or JobState.Running && !begun.Wait(s_pause) && TimeProvider.System.GetElapsedTime(started) < s_patience)
        {
        }
    }

    private bool TakesPipeline(string parameter) =>
        Invocation.MyCommand.Parameters.TryGetValue(parameter, out ParameterMetadata? known) && known.ParameterSets.Values.Any(s => s.ValueFromPipeline);
}
