using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>
/// The log of a run of a backup, if one is to be kept: what a transfer writes, what was said to people, and how the run ended (<c>BackupEnded</c>). A log that cannot be kept is told and
/// keeps nobody from saving the mailbox.
/// </summary>
internal sealed class BackupLog
{
    private readonly TransferLog? _log;
    private readonly LoggedRun? _run;
    private readonly ITransferObserver _watcher;

    /// <param name="path">The full path of the file; null for none.</param>
    /// <param name="command">What is run.</param>
    /// <param name="source">What is saved, for people.</param>
    /// <param name="watcher">Who watches the run.</param>
    /// <param name="warn">Is told why the log is not kept.</param>
    /// <param name="time">The clock.</param>
    public BackupLog(string? path, string command, string source, ITransferObserver watcher, Action<string> warn, TimeProvider time)
    {
        _watcher = watcher;
        if (path is null)
        {
            return;
        }

        try
        {
            TransferLog log = new(path, null, new JournalOptions { Tell = warn, Time = time });
            log.Begin(command);
            _log = log;
            _run = new LoggedRun(log, watcher, source);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or MailDataException)
        {
            warn(LocalText.Format(Strings.BackupLogNotKept, path, e.Message));
        }
    }

    /// <summary>Who is to watch the run, so that it is written down.</summary>
    public ITransferObserver Watcher => _run ?? _watcher;

    /// <summary>The target is open.</summary>
    public void Start(IItemSource source, IItemTarget target, TransferOptions options) =>
        _run?.Start(new TransferPlan(source.StoreKey, target.StoreKey) { SourceName = source.Name, TargetName = target.Name }, options);

    /// <summary>Everything was copied.</summary>
    public void End(TransferSummary summary) => _run?.End(summary);

    /// <summary>The run did not come to its end.</summary>
    public void Fail(Exception cause) => _run?.Fail(cause);

    /// <summary>Something that was said to people.</summary>
    public void Say(LogLevel level, string text) => _run?.Say(level, text);

    /// <summary>The last line: how it ended.</summary>
    public void Finish(BackupResult result) => _log?.Write(
        result.Outcome switch { BackupOutcome.Success => LogLevel.Information, BackupOutcome.Warning => LogLevel.Warning, _ => LogLevel.Error },
        "BackupEnded",
        _run!.Id,
        string.Format(
            CultureInfo.InvariantCulture, "backup={0} outcome={1} exitCode={2} items={3} bytes={4} unchanged={5}", TransferLog.Quote(result.Name), result.Outcome, (int)result.Outcome,
            result.Status?.Items ?? 0, result.Status?.Bytes ?? 0, result.Unchanged));
}
