using System.Management.Automation;
using PstMigration.Commands;
using PstMigration.Mapi;
using PstMigration.Pst;

namespace PstMigration.Tests;

/// <summary>A cmdlet that does what a test asks of <see cref="AsyncCommand"/>.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Probe", SupportsShouldProcess = true)]
public sealed class ProbeCommand : AsyncCommand
{
    [Parameter(Mandatory = true, Position = 0)]
    public string Mode { get; set; } = "";

    [Parameter(ValueFromPipeline = true)]
    public int Number { get; set; }

    [Parameter]
    public int Count { get; set; } = 5;

    [Parameter]
    public ProbeLog Log { get; set; } = new();

    protected override async Task BeginAsync(CancellationToken cancellationToken)
    {
        Log.PipelineThread = await OnPipelineAsync(() => Environment.CurrentManagedThreadId);
        if (Mode == "begin")
        {
            throw new MailDataException(PstErrorIds.PstNotFound, "in begin");
        }
    }

    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (Mode == "end")
        {
            WriteObject("end");
        }
    }

    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        Log.WorkerThread = Environment.CurrentManagedThreadId;
        try
        {
            await WorkAsync(cancellationToken);
            Log.Finished++;
        }
        catch (OperationCanceledException)
        {
            Log.Cancelled++;
            throw;
        }
    }

    protected override void Dispose(bool disposing)
    {
        Log.Disposed++;
        base.Dispose(disposing);
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        switch (Mode)
        {
            case "write":
                for (int i = 0; i < Count; i++)
                {
                    WriteObject(i);
                    Log.Written = i + 1;
                }

                break;
            case "number":
                WriteObject(Number);
                break;
            case "errors":
                for (int i = 0; i < Count; i++)
                {
                    WriteError(new ErrorRecord(new IOException("e" + i), "Probe" + i, ErrorCategory.ReadError, i));
                    await Task.Delay(5, cancellationToken);
                }

                break;
            case "streams":
                WriteWarning("w\u001B[31m");
                WriteVerbose("v");
                WriteDebug("d");
                WriteInformation("i", ["tag"]);
                break;
            case "throw-data":
                throw new MailDataException(PstErrorIds.PstNotFound, "no\u001Bfile");
            case "throw-other":
                throw new InvalidCastException("bug");
            case "throw-timeout":
                throw new TaskCanceledException("the server did not answer");
            case "terminate":
                WriteObject("before");
                try
                {
                    ThrowTerminatingError(new ErrorRecord(new IOException("stop"), "ProbeTerm", ErrorCategory.OpenError, "target"));
                }
                catch (Exception e) when (Errors.ErrorRecords.IsAboutData(e))
                {
                    WriteObject("swallowed");
                }

                break;
            case "should":
                WriteObject(await ShouldProcessAsync("thing", "change"));
                break;
            case "continue":
                WriteObject(await ShouldContinueAsync("really?", "caption"));
                break;
            case "off-thread":
                ((Cmdlet)this).WriteObject("unmarshalled");
                break;
            case "progress":
                using (CommandProgress progress = StartProgress("copying"))
                {
                    for (int i = 0; i < Count; i++)
                    {
                        progress.Report("item " + i, (double)i / Count);
                        WriteObject(i);
                    }
                }

                break;
            case "progress-undisposed":
                StartProgress("copying").Report("item");
                WriteObject(1);
                WriteObject(2);
                await Task.Delay(Timeout.Infinite, cancellationToken);
                break;
            case "wait":
                WriteObject("waiting");
                await Task.Delay(Timeout.Infinite, cancellationToken);
                break;
            case "late":
                Log.Late = Task.Run(async () =>
                {
                    await Log.LateGate.Task;
                    WriteVerbose("late");
                    WriteObject("late");
                    using CommandProgress progress = StartProgress("late");
                    progress.Report("late");
                }, CancellationToken.None);
                WriteObject("early");
                break;
            case "culture":
                WriteObject(System.Globalization.CultureInfo.CurrentUICulture.Name);
                break;
            default:
                throw new ArgumentException(Mode);
        }
    }
}

/// <summary>What a probe did.</summary>
public sealed class ProbeLog
{
    public int PipelineThread { get; set; }

    public int WorkerThread { get; set; }

    public int Written { get; set; }

    public int Finished { get; set; }

    public int Cancelled { get; set; }

    public int Disposed { get; set; }

    public Task? Late { get; set; }

    public TaskCompletionSource LateGate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
