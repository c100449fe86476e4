using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Xunit;

namespace PstMigration.Tests;

public sealed class AsyncCommandTests : IDisposable
{
    private readonly EngineSession _session = new(120, null, typeof(ProbeCommand), typeof(TakeOneCommand));
    private readonly ProbeLog _log = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Objects_arrive_in_order_from_another_thread()
    {
        Collection<PSObject> objects = Run("Test-Probe write -Count 100000 -Log $log");

        Assert.Equal(Enumerable.Range(0, 100_000), objects.Select(o => (int)o.BaseObject));
        Assert.NotEqual(_log.PipelineThread, _log.WorkerThread);
        Assert.Equal(1, _log.Disposed);
    }

    [Fact]
    public void Every_input_is_processed_and_the_end_comes_last()
    {
        Assert.Equal([1, 2, 3], Run("1..3 | Test-Probe number -Log $log").Select(o => (int)o.BaseObject));
        Assert.Equal("end", Assert.Single(Run("Test-Probe end -ErrorAction SilentlyContinue; Test-Probe write -Count 0; 'end'")).ToString());
    }

    [Fact]
    public void Errors_stream_and_the_work_goes_on()
    {
        Run("Test-Probe errors -Log $log");

        Assert.Equal(Enumerable.Range(0, 5).Select(i => $"Probe{i},PstMigration.Tests.ProbeCommand"), _session.Errors.Select(e => e.FullyQualifiedErrorId));
        Assert.Equal(1, _log.Finished);
    }

    [Fact]
    public void ErrorAction_Stop_ends_after_the_first_and_cancels_the_work()
    {
        ActionPreferenceStopException stop = Assert.Throws<ActionPreferenceStopException>(() => Run("Test-Probe errors -Count 1000 -Log $log -ErrorAction Stop"));

        Assert.Equal("Probe0,PstMigration.Tests.ProbeCommand", stop.ErrorRecord.FullyQualifiedErrorId);
        Assert.Equal((0, 1, 1), (_log.Finished, _log.Cancelled, _log.Disposed));
    }

    [Fact]
    public void Errors_reach_the_error_variable_and_catch()
    {
        Assert.Equal(["5", "Probe4"], Run("Test-Probe errors -ErrorVariable e -ErrorAction SilentlyContinue; $e.Count; $e[4].FullyQualifiedErrorId.Split(',')[0]").Select(o => o.ToString()));
        Assert.Equal("Probe0", Run("try { Test-Probe errors -ErrorAction Stop } catch { $_.FullyQualifiedErrorId.Split(',')[0] }").Single().ToString());
    }

    [Fact]
    public void A_terminating_error_keeps_its_id_and_passes_what_catches_data_errors()
    {
        Collection<PSObject> objects = Run("try { Test-Probe terminate -Log $log } catch { $_.FullyQualifiedErrorId; $_.CategoryInfo.Category; $_.TargetObject }");

        Assert.Equal(["before", "ProbeTerm,PstMigration.Tests.ProbeCommand", "OpenError", "target"], objects.Select(o => o.ToString()));
        Assert.Equal(1, _log.Disposed);
    }

    [Fact]
    public void A_data_error_that_leaves_the_work_keeps_its_id_category_and_advice()
    {
        PSObject record = Run("try { Test-Probe throw-data } catch { $_ }").Single();

        ErrorRecord error = Assert.IsType<ErrorRecord>(record.BaseObject);
        Assert.Equal("PstNotFound,PstMigration.Tests.ProbeCommand", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
        Assert.Equal("no␛file", error.ToString());
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void An_error_in_begin_ends_the_pipeline_before_any_input()
    {
        Assert.Equal("PstNotFound", Run("try { 1..3 | Test-Probe begin -Log $log } catch { $_.FullyQualifiedErrorId.Split(',')[0] }").Single().ToString());
        Assert.Equal(0, _log.WorkerThread);
    }

    [Theory]
    [InlineData("throw-other", "System.InvalidCastException,PstMigration.Tests.ProbeCommand")]
    [InlineData("throw-timeout", "System.Threading.Tasks.TaskCanceledException,PstMigration.Tests.ProbeCommand")]
    public void Other_exceptions_are_not_dressed_up_or_lost(string mode, string id)
    {
        Run($"Test-Probe {mode}");

        Assert.Equal(id, Assert.Single(_session.Errors).FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData("should", "-WhatIf", "", "False")]
    [InlineData("should", "-Confirm:$false", "", "True")]
    [InlineData("should", "-WhatIf:$false", "", "True")]
    [InlineData("should", "-Confirm", "y", "True")]
    [InlineData("should", "-Confirm", "n", "False")]
    [InlineData("continue", "", "y", "True")]
    [InlineData("continue", "", "n", "False")]
    public void Questions_are_asked_on_the_pipeline_thread(string mode, string switches, string answer, string expected)
    {
        using EngineSession session = new(120, answer.Length == 0 ? [] : [answer], typeof(ProbeCommand));

        Assert.Equal(expected, session.InvokeClean($"Test-Probe {mode} {switches}").Single().ToString());
        Assert.Equal(0, session.Input.Left);
    }

    [Fact]
    public void A_question_nobody_answers_ends_the_work()
    {
        Run("Test-Probe should -Confirm -Log $log");

        Assert.StartsWith("PromptWithoutAnswer,", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(1, _log.Cancelled);
    }

    [Fact]
    public void An_extra_question_nobody_answers_says_that_Force_is_needed()
    {
        Run("Test-Probe continue -Confirm:$false -Log $log");

        ErrorRecord error = Assert.Single(_session.Errors);
        Assert.StartsWith("NobodyToAsk,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("really?", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("-Force", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void An_engine_call_that_is_not_marshalled_is_refused_by_the_engine()
    {
        Run("Test-Probe off-thread");

        Assert.IsType<PSInvalidOperationException>(Assert.Single(_session.Errors).Exception);
    }

    [Fact]
    public void A_consumer_that_has_enough_cancels_the_work()
    {
        Assert.Equal("0", Run("Test-Probe write -Count 1000000 -Log $log | Select-One").Single().ToString());
        Assert.Equal((0, 1, 1), (_log.Finished, _log.Cancelled, _log.Disposed));
        Assert.InRange(_log.Written, 1, 1000);
    }

    [Fact]
    public async Task Stopping_the_pipeline_cancels_the_work_at_once()
    {
        using PowerShell shell = _session.Create();
        shell.AddCommand("Test-Probe").AddArgument("wait").AddParameter("Log", _log);
        using PSDataCollection<PSObject> output = [];
        using SemaphoreSlim wrote = new(0);
        output.DataAdded += (_, _) => wrote.Release();
        IAsyncResult run = shell.BeginInvoke<PSObject, PSObject>(null, output);
        Assert.True(await wrote.WaitAsync(TimeSpan.FromSeconds(10)));

        Task stop = Task.Run(shell.Stop);
        Assert.Same(stop, await Task.WhenAny(stop, Task.Delay(TimeSpan.FromSeconds(10))));

        Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(run));
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        Assert.Equal((0, 1, 1), (_log.Finished, _log.Cancelled, _log.Disposed));
    }

    [Fact]
    public async Task What_comes_after_the_end_is_dropped()
    {
        Assert.Equal("early", Run("Test-Probe late -Log $log").Single().ToString());
        _log.LateGate.SetResult();

        await _log.Late!;
        Assert.Empty(_session.Progress);
    }

    [Fact]
    public void Other_streams_get_what_is_theirs_without_escape_sequences()
    {
        Collection<PSObject> all = Run("$VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'; Test-Probe streams *>&1");

        Assert.Equal(["w␛[31m", "v", "d", "i"], all.Select(o => o.ToString()));
    }

    [Fact]
    public void Progress_is_shown_five_times_a_second_and_taken_away()
    {
        Run("Test-Probe progress -Count 20000 -Log $log");

        Assert.Equal(ProgressRecordType.Completed, _session.Progress[^1].RecordType);
        Assert.InRange(_session.Progress.Count, 2, 30);
        Assert.Equal("item 0", _session.Progress[0].StatusDescription);
    }

    [Theory]
    [InlineData("Test-Probe progress-undisposed | Select-One")]
    [InlineData("try { Test-Probe progress-undisposed | ForEach-Object { throw 'enough' } } catch { }")]
    public void Progress_is_taken_away_however_the_pipeline_ends(string script)
    {
        Run(script);

        Assert.Equal([ProgressRecordType.Processing, ProgressRecordType.Completed], _session.Progress.Select(p => p.RecordType));
    }

    [Fact]
    public void The_work_has_the_culture_of_the_pipeline()
    {
        CultureInfo before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("ja-JP");
            using EngineSession session = new(120, null, typeof(ProbeCommand));
            Assert.Equal("ja-JP", session.Invoke("Test-Probe culture").Single().ToString());
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private Collection<PSObject> Run(string script)
    {
        using PowerShell shell = _session.Create();
        shell.Runspace.SessionStateProxy.SetVariable("log", _log);
        return _session.Invoke(script);
    }
}

/// <summary>What Select-Object -First 1 does: takes one object and stops those before it.</summary>
[Cmdlet(VerbsCommon.Select, "One")]
public sealed class TakeOneCommand : PSCmdlet
{
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    protected override void ProcessRecord()
    {
        WriteObject(InputObject);
        Type stop = typeof(PSObject).Assembly.GetType("System.Management.Automation.StopUpstreamCommandsException", throwOnError: true)!;
        throw (Exception)Activator.CreateInstance(
            stop, System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic, null, [this], null)!;
    }
}
