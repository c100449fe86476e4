using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>Writes what a run does into a log, and passes it on to whoever watches.</summary>
/// <param name="log">The log.</param>
/// <param name="watcher">Who watches.</param>
/// <param name="source">What is copied, for people.</param>
public sealed class LoggedRun(TransferLog log, ITransferObserver watcher, string source) : ITransferObserver
{
    // The beginning is enough to tell transfers apart, and Get-PstTransfer takes it.
    private const int IdLength = 8;

    private string _target = "";

    /// <summary>The id of the transfer, as far as it is known.</summary>
    public string Id { get; private set; } = "";

    /// <summary>The target is open.</summary>
    /// <param name="plan">From where to where.</param>
    /// <param name="options">What and how.</param>
    public void Start(TransferPlan plan, TransferOptions options)
    {
        Id = TransferJournals.IdOf(plan).Substring(0, IdLength);
        _target = plan!.TargetName;
        Write(LogLevel.Information, "RunStarted", $"source={TransferLog.Quote(source)} target={TransferLog.Quote(_target)} options={TransferLog.Quote(options?.ToString() ?? "")}");
    }

    /// <summary>The run has come to its end.</summary>
    public void End(TransferSummary summary)
    {
        if (summary is null)
        {
            throw new ArgumentNullException(nameof(summary));
        }

        long lost = summary.Count(ItemFate.Failed) + summary.Count(ItemFate.Unsure) + summary.UnreadableFolders;
        LogLevel level = lost > 0 ? LogLevel.Error : summary.IssueCount > 0 || summary.Verification is { IsWhole: false } ? LogLevel.Warning : LogLevel.Information;
        string counts = string.Format(
            CultureInfo.InvariantCulture,
            "read={0} copied={1} alreadyThere={2} skipped={3} failed={4} unsure={5} filtered={6} unreadableFolders={7} verified={8} seconds={9:0.0}",
            summary.Read,
            summary.Count(ItemFate.Copied),
            summary.Count(ItemFate.AlreadyThere),
            summary.Count(ItemFate.Skipped),
            summary.Count(ItemFate.Failed),
            summary.Count(ItemFate.Unsure),
            summary.Filtered,
            summary.UnreadableFolders,
            summary.Verification is null ? "no" : summary.Verification.IsWhole ? "whole" : "differs",
            summary.Duration.TotalSeconds);
        Write(level, "RunEnded", counts);
        TellSystem(level, counts);
    }

    /// <summary>The run did not come to its end.</summary>
    public void Fail(Exception cause)
    {
        if (cause is OperationCanceledException)
        {
            Write(LogLevel.Warning, "RunStopped", "source=" + TransferLog.Quote(source));
            TellSystem(LogLevel.Warning, "stopped");
            return;
        }

        string error = cause is MailDataException known ? known.Error.Name : cause?.GetType().Name ?? "";
        string text = $"error={error} text={TransferLog.Quote(cause?.Message ?? "")}";
        Write(LogLevel.Error, "RunFailed", text);
        TellSystem(LogLevel.Error, text);
    }

    /// <summary>Something that was said to people.</summary>
    public void Say(LogLevel level, string text) => Write(level, level == LogLevel.Information ? "Note" : "Warning", text);

    /// <inheritdoc/>
    public void OnPlan(int folders, long items)
    {
        Write(LogLevel.Information, "Planned", string.Format(CultureInfo.InvariantCulture, "folders={0} items={1}", folders, items));
        watcher.OnPlan(folders, items);
    }

    /// <inheritdoc/>
    public void OnFolder(SourceFolder folder)
    {
        log.Write(LogLevel.Information, "FolderStarted", Id, string.Format(CultureInfo.InvariantCulture, "folder={0} items={1}", TransferLog.Quote(folder.Path.ToString()), folder.ItemCount), mayWait: true);
        watcher.OnFolder(folder);
    }

    /// <inheritdoc/>
    public void OnFolderUnreadable(SourceFolder folder, Exception exception)
    {
        Write(LogLevel.Error, "FolderUnreadable", $"folder={TransferLog.Quote(folder.Path.ToString())} text={TransferLog.Quote(exception.Message)}");
        watcher.OnFolderUnreadable(folder, exception);
    }

    /// <inheritdoc/>
    public void OnItem(ItemResult result)
    {
        if (!result.IsWhole)
        {
            bool isThere = result.Fate is ItemFate.Copied or ItemFate.AlreadyThere;
            LogLevel level = isThere || result.Fate == ItemFate.Skipped ? LogLevel.Warning : LogLevel.Error;
            log.Write(level, isThere ? "ItemLessened" : "Item" + result.Fate, Id, log.Describe(result), mayWait: level != LogLevel.Error);
        }

        watcher.OnItem(result);
    }

    /// <inheritdoc/>
    public void OnVerifying(long read, long total) => watcher.OnVerifying(read, total);

    private void Write(LogLevel level, string name, string message) => log.Write(level, name, Id, message);

    private void TellSystem(LogLevel level, string text) => log.TellSystem(level, $"{source} > {_target} ({Id}): {text}");
}
