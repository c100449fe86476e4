using System.Diagnostics.CodeAnalysis;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Runtime.ExceptionServices;
using PstMigration.Errors;
using PstMigration.Mapi;

namespace PstMigration.Commands;

/// <summary>
/// The base of cmdlets that do asynchronous work. Override <see cref="BeginAsync"/>, <see cref="ProcessAsync"/> and
/// <see cref="EndAsync"/>; inside them, the Write... methods may be called from any thread and keep their order.
/// </summary>
/// <remarks>
/// An error about one input is written with <see cref="WriteError"/> and the work goes on; catch such with
/// <c>when (ErrorRecords.IsAboutData(e))</c>, which lets cancellation and the engine's own exceptions through. A
/// <see cref="MailDataException"/> that leaves the work ends the pipeline with its id. Parameters, session state and paths are
/// read before the first await or through <see cref="OnPipelineAsync{T}"/>.
/// </remarks>
public abstract class AsyncCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<int> _shownActivities = [];
    private EnginePump? _pump;
    private int _lastActivity;
    private CommandJob? _job;
    private volatile bool _disposed;
    private bool _hasToldNotTaken;
    private bool _yesToAll;
    private bool _noToAll;

    /// <summary>All time this cmdlet knows.</summary>
    protected internal virtual TimeProvider Clock => TimeProvider.System;

    /// <summary>Whether all of it is to be done by a job. Known before the first input.</summary>
    private protected virtual bool RunsAsJob => false;

    /// <summary>What is to be said where the object that came through the pipeline is nothing this cmdlet takes (<see cref="ObjectTransformationAttribute"/>); null where it takes it.</summary>
    private protected virtual MailDataException? NotTaken => null;

    /// <summary>For those who work for this cmdlet.</summary>
    private protected CommandStreams Streams => new(WriteObject, WriteError, WriteWarning, WriteVerbose, StartProgress, Clock);

    /// <summary>Before the first input.</summary>
    protected virtual Task BeginAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Before that, on the pipeline thread; not where nothing is to be changed.</summary>
    private protected virtual void Prepare()
    {
    }

    /// <summary>For each input.</summary>
    protected virtual Task ProcessAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>After the last input.</summary>
    protected virtual Task EndAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs a script in the engine, which is given arguments as they are.</summary>
    /// <exception cref="RuntimeException">The script ended with an error.</exception>
    internal async Task<Collection<PSObject>> OnEngineAsync(string script, params object[] arguments)
    {
        (Collection<PSObject>? results, ExceptionDispatchInfo? failure) = await OnPipelineAsync<(Collection<PSObject>?, ExceptionDispatchInfo?)>(() =>
        {
            try
            {
                return (InvokeCommand.InvokeScript(script, useNewScope: true, System.Management.Automation.Runspaces.PipelineResultTypes.None, null, arguments), null);
            }
            catch (RuntimeException e) when (e is not PipelineStoppedException)
            {
                // An answer to who asked. On the pipeline thread it would end the pipeline.
                return (null, ExceptionDispatchInfo.Capture(e));
            }
        }).ConfigureAwait(false);
        failure?.Throw();
        return results!;
    }

    /// <inheritdoc/>
    protected sealed override void BeginProcessing()
    {
        // What would happen is shown where it was asked for.
        if (RunsAsJob && !IsWhatIf())
        {
            _job = new CommandJob(this);
            return;
        }

        Run(async token =>
        {
            await OnPipelineAsync(PrepareOnce).ConfigureAwait(false);
            await BeginAsync(token).ConfigureAwait(false);
        });
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        if (NotTaken is MailDataException error)
        {
            // Once: objects come by the thousand, and the same is true of all of them.
            if (!_hasToldNotTaken)
            {
                _hasToldNotTaken = true;
                base.WriteError(ErrorRecords.From(error, null));
            }

            return;
        }

        if (_job is not null)
        {
            _job.Add();
            return;
        }

        Run(ProcessAsync);
    }

    /// <inheritdoc/>
    protected sealed override void EndProcessing()
    {
        if (_job is not null)
        {
            StartJob(_job);
            return;
        }

        Run(EndAsync);
    }

    /// <inheritdoc/>
    protected sealed override void StopProcessing()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // Ctrl+C just as the pipeline ended by itself.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what the cmdlet holds, however the pipeline ended.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _disposed = true;
            _stop.Dispose();
        }
    }

    /// <summary>Writes one object.</summary>
    protected new void WriteObject(object? value) => OnPipeline(() => base.WriteObject(value));

    /// <summary>Writes an error; the work goes on unless the user said otherwise.</summary>
    protected new void WriteError(ErrorRecord error) => OnPipeline(() => base.WriteError(error));

    /// <summary>Something was skipped or is degraded.</summary>
    protected new void WriteWarning(string text) => OnPipeline(() => base.WriteWarning(SafeText.Show(text)));

    /// <summary>A decision.</summary>
    protected new void WriteVerbose(string text) => OnPipeline(() => base.WriteVerbose(SafeText.Show(text)));

    /// <summary>Detail of a protocol or format; never a secret, never an address.</summary>
    protected new void WriteDebug(string text) => OnPipeline(() => base.WriteDebug(SafeText.Show(text)));

    /// <summary>A notable event.</summary>
    protected new void WriteInformation(object message, string[] tags) => OnPipeline(() => base.WriteInformation(message, tags));

    /// <summary>Ends the pipeline with an error.</summary>
    [DoesNotReturn]
    protected static new void ThrowTerminatingError(ErrorRecord error) => throw new TerminatingErrorException(error);

    /// <summary>Asks whether to change something; answers false under <c>-WhatIf</c>. Names from mail cannot forge a prompt. On the pipeline thread.</summary>
    protected new bool ShouldProcess(string target, string action) => base.ShouldProcess(SafeText.Show(target), SafeText.Show(action));

    /// <summary>Asks whether to change something that takes several lines to describe; <c>-WhatIf</c> shows them as they are. On the pipeline thread.</summary>
    /// <param name="target">What is changed.</param>
    /// <param name="action">What is done to it.</param>
    /// <param name="details">The lines.</param>
    protected bool ShouldProcess(string target, string action, IEnumerable<string> details)
    {
        string shown = SafeText.Show(action) + ": " + SafeText.Show(target);
        return ShouldProcess(string.Join(Environment.NewLine, details.Select(SafeText.Show).Prepend(shown)), shown, MyInvocation.MyCommand.Name, out _);
    }

    /// <summary>
    /// Asks an extra question, which <c>-Force</c> is to spare: about what nobody brings back, so that Enter alone is "No". An answer for all is one for all further questions of the command.
    /// On the pipeline thread.
    /// </summary>
    /// <exception cref="MailDataException">NobodyToAsk.</exception>
    protected new bool ShouldContinue(string query, string caption) =>
        Ask(() => base.ShouldContinue(SafeText.Show(query), SafeText.Show(caption), hasSecurityImpact: true, ref _yesToAll, ref _noToAll), query);

    /// <summary>Asks whether to change something; answers false under <c>-WhatIf</c>.</summary>
    protected Task<bool> ShouldProcessAsync(string target, string action) => OnPipelineAsync(() => ShouldProcess(target, action));

    /// <summary>Whether nothing is to be changed: -WhatIf, or the preference of the session.</summary>
    protected Task<bool> IsWhatIfAsync() => OnPipelineAsync(IsWhatIf);

    /// <summary>Asks an extra question, which <c>-Force</c> is to spare.</summary>
    protected Task<bool> ShouldContinueAsync(string query, string caption) => OnPipelineAsync(() => ShouldContinue(query, caption));

    /// <summary>Progress of something long. Dispose it when done; what is left is taken off the screen with the cmdlet's end.</summary>
    protected CommandProgress StartProgress(string activity) => new(this, Interlocked.Increment(ref _lastActivity), activity);

    /// <summary>Has the pipeline thread do something that needs the engine.</summary>
    protected Task<T> OnPipelineAsync<T>(Func<T> call)
    {
        EnginePump pump = _pump ?? throw new InvalidOperationException("The pipeline has not begun.");
        return pump.AskAsync(call);
    }

    internal void ShowProgress(ProgressRecord record) => OnPipeline(() =>
    {
        if (record.RecordType == ProgressRecordType.Completed)
        {
            _shownActivities.Remove(record.ActivityId);
        }
        else
        {
            _shownActivities.Add(record.ActivityId);
        }

        WriteProgress(record);
    });

    private bool IsWhatIf() => MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given)
        ? given is SwitchParameter { IsPresent: true }
        : LanguagePrimitives.IsTrue(SessionState.PSVariable.GetValue("WhatIfPreference"));

    // A host without a console says so in many ways: that it is not interactive, that it cannot ask; and the console itself fails by a null where its input is closed.
    private static bool Ask(Func<bool> question, string query)
    {
        try
        {
            return question();
        }
        catch (Exception e) when (e is not PipelineStoppedException)
        {
            throw ErrorRecords.Exception(ModuleErrorIds.NobodyToAsk, Strings.NobodyToAsk, query);
        }
    }

    private bool PrepareOnce()
    {
        if (!IsWhatIf())
        {
            Prepare();
        }

        return true;
    }

    private void StartJob(CommandJob job)
    {
        try
        {
            if (!MyInvocation.MyCommand.Parameters.ContainsKey("Confirm") || ShouldProcess(MyInvocation.MyCommand.Name, Strings.ActionStartJob))
            {
                base.WriteObject(job.Start());
            }
        }
        catch (Exception e) when (ErrorRecords.IsAboutData(e))
        {
            base.ThrowTerminatingError(ErrorRecords.From(e, MyInvocation.MyCommand.Name));
        }
    }

    private void OnPipeline(Action call)
    {
        if (!_disposed)
        {
            _pump?.Post(call);
        }
    }

    private void Run(Func<CancellationToken, Task> work)
    {
        EnginePump pump = new(_stop);
        _pump = pump;
        try
        {
            pump.Run(work);
        }
        catch (TerminatingErrorException e)
        {
            ClearProgress();
            base.ThrowTerminatingError(e.Error);
        }
        catch (Exception e) when (ErrorRecords.IsAboutData(e))
        {
            ClearProgress();
            base.ThrowTerminatingError(ErrorRecords.From(e, null));
        }
        catch
        {
            ClearProgress();
            throw;
        }
    }

    private void ClearProgress()
    {
        foreach (int activity in _shownActivities)
        {
            try
            {
                WriteProgress(CommandProgress.Completed(activity));
            }
            catch (PipelineStoppedException)
            {
                // The host takes the progress of a stopped pipeline away itself.
            }
        }

        _shownActivities.Clear();
    }

    /// <summary>Carries a terminating error to the pipeline thread, past everything that catches errors about data.</summary>
    private sealed class TerminatingErrorException(ErrorRecord error) : Exception(error.Exception.Message, error.Exception)
    {
        internal ErrorRecord Error { get; } = error;
    }
}
