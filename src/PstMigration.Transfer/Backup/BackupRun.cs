using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>
/// One run of a backup, without anybody to ask. The present state is never written to: what is new goes into a copy of it, which takes its place when it was checked, and the
/// state before stays beside as <see cref="BackupRetention"/> says. So whatever happens, the last good backup is as it was. Nothing that vanished from the mailbox
/// vanishes from a backup.
/// </summary>
/// <param name="plans">Where plans are.</param>
/// <param name="ends">Mailboxes and formats.</param>
/// <param name="time">The clock, and the zone of the schedule.</param>
public sealed class BackupRun(BackupPlans plans, IBackupEnds ends, TimeProvider time)
{
    /// <summary>A mailbox of fewer items changes by large parts from day to day.</summary>
    private const int LeastSuspicious = 10;

    private readonly List<string> _messages = [];
    private BackupLog? _log;
    private bool _isWarning;
    private readonly WrittenPaths _written = new();
    private TransferSummary? _summary;
    private long _unchanged;
    private BackupStatus? _restored;

    /// <summary>Only proves that it could run: sign-in, destination, plan.</summary>
    public bool ValidateOnly { get; init; }

    /// <summary>Takes a suspicious change of the mailbox for what was meant.</summary>
    public bool AcceptChange { get; init; }

    /// <summary>Is told of each item and folder.</summary>
    public ITransferObserver Observer { get; init; } = new SilentObserver();

    /// <summary>The full path of a log, in place of the plan's; null for that.</summary>
    public string? LogPath { get; init; }

    /// <summary>Among which what became of each item is recorded; null for nowhere.</summary>
    public TransferJournals? Journals { get; init; }

    /// <summary>Makes and marks the folders of a new backup: all of them, or none.</summary>
    /// <returns>What was made, to be taken back where the backup is not registered after all.</returns>
    /// <exception cref="MailDataException">BackupPlanInvalid, BackupFolderTaken, AccessDenied, DiskFull, BackupDestinationMissing.</exception>
    public static BackupPreparation Prepare(BackupPlan plan, IBackupEnds ends)
    {
        if (plan is null || ends is null)
        {
            throw new ArgumentNullException(plan is null ? nameof(plan) : nameof(ends));
        }

        return BackupPreparation.Of(BackupFiles.All(CheckShape(plan, ends), ends));
    }

    /// <summary>Removes what a backup has saved, at both destinations, and nothing else. Not while it runs.</summary>
    /// <returns>What was left, for people.</returns>
    /// <exception cref="MailDataException">BackupRunning, BackupPlanInvalid; AccessDenied, BackupDestinationMissing: a file cannot be removed.</exception>
    public static IReadOnlyList<string> RemoveData(BackupPlans plans, BackupPlan plan, IBackupEnds ends)
    {
        if (plans is null || plan is null || ends is null)
        {
            throw new ArgumentNullException(plans is null ? nameof(plans) : plan is null ? nameof(plan) : nameof(ends));
        }

        using FileLock held = plans.Lock(plan.Name);
        return [.. BackupFiles.All(plan, ends).Select(f => f.RemoveAll()).OfType<string>()];
    }

    /// <summary>Writes down what was said to people while it runs.</summary>
    public void Note(LogLevel level, string text) => _log?.Say(level, text);

    /// <summary>Runs a backup. Everything that goes wrong is in the result.</summary>
    /// <exception cref="OperationCanceledException">It was stopped; the last good backup is as it was.</exception>
    public async Task<BackupResult> RunAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            BackupResult result = await RunPlanAsync(name, cancellationToken).ConfigureAwait(false);
            _log?.Finish(result);
            return result;
        }
        catch (OperationCanceledException e)
        {
            _log?.Fail(e);
            throw;
        }
    }

    private BackupLog Open(string? path, string name, string source) =>
        new(path, "Start-MailboxBackup " + name + (ValidateOnly ? " -ValidateOnly" : ""), source, Observer, Warn, time);

    private async Task<BackupResult> RunPlanAsync(string name, CancellationToken cancellationToken)
    {
        DateTimeOffset begun = time.GetUtcNow();
        BackupPlan plan;
        FileLock held;
        try
        {
            plan = plans.Read(name);
            held = plans.Lock(plan.Name);
        }
        catch (MailDataException e)
        {
            _log = Open(LogPath, name, name);
            _log.Fail(e);
            return new BackupResult(name, BackupOutcome.NotRun, [e.Message, .. _messages], null, null) { Error = e };
        }

        using (held)
        {
            _log = Open(LogPath ?? plan.LogPath, plan.Name, plan.Connection.Mailbox);
            BackupStatus before = plans.ReadStatus(plan.Name);
            BackupStatus after;
            MailDataException? error = null;
            try
            {
                after = await SaveAsync(plan, before, begun, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (!IsStop(e, cancellationToken))
            {
                error = Explain(plan, e);
                _log.Fail(error);
                after = (_restored ?? before) with { Failures = before.Failures + 1 };
                WarnOfFewer(before.Items, after.Items);
                _messages.Insert(0, error.Message);
            }

            if (!ValidateOnly && plan.LocalFiles.Count > 0)
            {
                await SaveLocalAsync(plan, begun, cancellationToken).ConfigureAwait(false);
            }

            BackupOutcome outcome = error is not null ? BackupOutcome.Failed : _isWarning ? BackupOutcome.Warning : BackupOutcome.Success;
            after = after with { LastRun = begun, Outcome = outcome, Error = error?.Id, Messages = [.. _messages], Duration = time.GetUtcNow() - begun };
            if (!ValidateOnly && BackupMail.IsDue(plan, before, outcome, error?.Id, begun))
            {
                after = await TellAsync(plan, after, cancellationToken).ConfigureAwait(false);
            }

            try
            {
                if (!ValidateOnly)
                {
                    plans.WriteStatus(plan, after);
                }
            }
            catch (MailDataException e)
            {
                _messages.Add(e.Message);
                outcome = outcome == BackupOutcome.Success ? BackupOutcome.Warning : outcome;
            }

            return new BackupResult(plan.Name, outcome, [.. _messages], after, _summary) { Error = error, Unchanged = _unchanged };
        }
    }

    /// <summary>Saves the data files of this computer, whatever became of the mailbox.</summary>
    private async Task SaveLocalAsync(BackupPlan plan, DateTimeOffset begun, CancellationToken cancellationToken)
    {
        try
        {
            await new LocalArchives(plan, ends, new BackupPruning(plan, ends, begun, time.LocalTimeZone), begun, Warn).SaveAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (MailDataException e) when (!_messages.Contains(e.Message))
        {
            Warn(e.Message);
        }
        catch (MailDataException)
        {
            // The mailbox could not be saved for the same reason, which is told.
        }
    }

    /// <summary>Puts a message into the mailbox. That it could not be done is one more thing to know.</summary>
    private async Task<BackupStatus> TellAsync(BackupPlan plan, BackupStatus status, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        try
        {
            await new BackupMail(ends).PutAsync(plan, status, now, cancellationToken).ConfigureAwait(false);
            return status with { LastMail = now };
        }
        catch (Exception e) when (!IsStop(e, cancellationToken))
        {
            _messages.Add(Text(Strings.BackupMailNotPut, Explain(plan, e).Message));
            return status with { Messages = [.. _messages] };
        }
    }

    /// <summary>Looks whether a backup can go on with what it has saved under the plan before. A file does not become a series, nor one format another.</summary>
    /// <exception cref="MailDataException">BackupPlanInvalid.</exception>
    public static void CheckChange(BackupPlan before, BackupPlan plan, IBackupEnds ends)
    {
        if (before is null || plan is null || ends is null)
        {
            throw new ArgumentNullException(before is null ? nameof(before) : plan is null ? nameof(plan) : nameof(ends));
        }

        string saved = new BackupFiles(before, ends).Current;
        if ((before.Format != plan.Format || before.SplitBy != plan.SplitBy) && before.DataFolders()[0] == plan.DataFolders()[0] && SavedState.Exists(saved))
        {
            throw BackupPlanRules.Invalid(plan.Name, Text(Strings.BackupShapeChanged, saved), null);
        }
    }

    /// <summary>Looks whether what is asked for can be had of the format: of a tree there is no second copy, and it is not split.</summary>
    private static BackupPlan CheckShape(BackupPlan plan, IBackupEnds ends)
    {
        string? problem = !BackupFiles.IsTree(plan, ends) ? null
            : plan.SecondDestination is not null ? Text(Strings.BackupTreeHasNoSecond, plan.Format)
            : plan.SplitBy is not null ? Text(Strings.BackupTreeNotSplit, plan.Format)
            : null;
        return problem is null ? plan : throw BackupPlanRules.Invalid(plan.Name, problem, null);
    }

    private async Task<BackupStatus> SaveAsync(BackupPlan plan, BackupStatus before, DateTimeOffset begun, CancellationToken cancellationToken)
    {
        bool isTree = BackupFiles.IsTree(CheckShape(plan, ends), ends);
        BackupFiles files = new(plan, ends);
        files.Probe();
        IBackupSource source = await ends.OpenSourceAsync(plan.Connection, cancellationToken).ConfigureAwait(false);
        await using (source.ConfigureAwait(false))
        {
            if (before.StoreKey is string known && known != source.Items.StoreKey)
            {
                throw new MailDataException(BackupErrorIds.BackupMailboxMoved, Text(Strings.BackupMailboxMoved, source.Address));
            }

            TransferOptions options = new()
            {
                Filter = new ItemFilter
                {
                    Folders = [.. plan.Folders.Select(FolderSelector.Parse), .. plan.LiteralFolders.Select(FolderSelector.Literal)],
                    Before = plan.OlderThanDays is int days ? begun.AddDays(-days) : null,
                },
                Journals = Journals,
                Time = time,
            };
            TransferRun run = await TransferRun.PlanAsync(source.Items, options, isTree ? _written.Watch(_log!.Watcher) : _log!.Watcher, cancellationToken).ConfigureAwait(false);
            long listed = run.Folders.Sum(f => (long)f.ItemCount);
            BackupStatus status = before with { SilentUntil = source.SilentUntil, StoreKey = source.Items.StoreKey };
            if (ValidateOnly)
            {
                return status;
            }

            bool hasShrunk = !AcceptChange && before.SourceItems >= LeastSuspicious && listed < before.SourceItems * (100 - plan.ShrinkPercent) / 100;
            if (hasShrunk)
            {
                Warn(Text(Strings.BackupShrunk, before.SourceItems, listed));
            }

            return isTree
                ? await SaveTreeAsync(plan, files, source, run, status, listed, hasShrunk, begun, cancellationToken).ConfigureAwait(false)
                : await SaveFileAsync(plan, files, source, run, status, listed, hasShrunk, begun, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A tree keeps all it ever got; where the mailbox looks suspicious nothing is written to it.</summary>
    private async Task<BackupStatus> SaveTreeAsync(
        BackupPlan plan, BackupFiles files, IBackupSource source, TransferRun run, BackupStatus status, long listed, bool hasShrunk, DateTimeOffset begun, CancellationToken cancellationToken)
    {
        if (hasShrunk)
        {
            return status;
        }

        BackupTree tree = new(plan, files, ends);
        tree.Prepare(status, begun, Warn, cancellationToken);
        TransferSummary summary = await CopyAsync(plan, files.Current, source, run, cancellationToken).ConfigureAwait(false);
        long before = ends.CanRestore(plan.Format) ? status.Items : 0;
        status = Succeeded(status, summary, begun) with { SourceItems = listed, Items = Math.Max(before, summary.Count(ItemFate.Copied) + summary.Count(ItemFate.AlreadyThere)) };
        status = await tree.CompleteAsync(status, _written.Paths, begun, Warn, cancellationToken).ConfigureAwait(false);
        WarnOfFewer(before, status.Items);
        return status;
    }

    private async Task<BackupStatus> SaveFileAsync(
        BackupPlan plan, BackupFiles files, IBackupSource source, TransferRun run, BackupStatus status, long listed, bool hasShrunk, DateTimeOffset begun, CancellationToken cancellationToken)
    {
        BackupStateFile file = new(plan, files, ends, begun, Warn);
        long? unchanged = hasShrunk || AcceptChange ? null : await file.CountUnchangedAsync(status, source, run, cancellationToken).ConfigureAwait(false);
        PresentState? present = file.PreparePresent(status, unchanged is not null, cancellationToken);
        BackupPruning pruning = new(plan, ends, begun, time.LocalTimeZone);
        BackupSecond second = new(plan, files, ends, pruning, begun, Warn);
        (long before, bool hadAny) = (status.Items, status.LastSuccess is not null);
        status = status with { StateTime = present?.Time };
        if (present is not null)
        {
            status = status with { Items = present.Items, Bytes = SavedState.Length(files.Current) };
            _restored = present.IsAsItWas ? null : status;
        }

        if (unchanged is long count && present is { IsAsItWas: true } && present.Items >= before)
        {
            _unchanged = count;
            pruning.PruneStates(files);
            pruning.PruneBesides(files, status, cancellationToken);
            status = status with { LastSuccess = begun, Failures = 0, Copied = 0, SourceItems = listed, LastFullCheck = present.IsChecked ? begun : status.LastFullCheck };
            return second.Update(status, isChanged: false, cancellationToken);
        }

        bool isGoneOn = file.PrepareWorking(present, status, hasShrunk, cancellationToken);
        if (present is null && hadAny)
        {
            Warn(isGoneOn ? Text(Strings.BackupStoppedTaken, files.Working) : Strings.BackupBegunAnew);
        }

        long replaced = isGoneOn && present is not null ? await file.CountReplacedAsync(source, cancellationToken).ConfigureAwait(false) : 0;
        TransferSummary summary = await CopyAsync(plan, files.Working, source, run, cancellationToken).ConfigureAwait(false);
        replaced += summary.Replaced;
        (long items, bool isFull) = file.CheckWorking(present, status, cancellationToken);
        bool isRewritten = !AcceptChange && summary.Read >= LeastSuspicious && replaced > summary.Read * plan.ShrinkPercent / 100;
        if (isRewritten)
        {
            Warn(Text(Strings.BackupRewritten, replaced, summary.Read));
        }

        if ((hasShrunk || isRewritten) && present is not null)
        {
            WarnOfFewer(before, present.Items);
            return second.Update(file.KeepBeside(status), isChanged: !present.IsAsItWas, cancellationToken);
        }

        string folders = BackupStateFile.FoldersOf(run);
        bool isChanged = present is null || isGoneOn || summary.Count(ItemFate.Copied) + summary.Moved > 0 || (status.Folders ?? folders) != folders;
        if (isChanged)
        {
            status = status with { StateTime = file.Rotate(present, cancellationToken) };
        }
        else
        {
            AtomicFile.Discard(files.Working);
        }

        if (AcceptChange && status.KeptBeside is string beside && SavedState.Exists(beside))
        {
            _messages.Add(Text(Strings.BackupBesideLeft, beside));
        }

        pruning.PruneStates(files);
        status = Succeeded(status, summary, begun) with
        {
            SourceItems = listed,
            Items = items,
            Bytes = SavedState.Length(files.Current),
            LastFullCheck = isFull ? begun : status.LastFullCheck,
            KeptBeside = AcceptChange ? null : status.KeptBeside,
            Folders = folders,
        };
        pruning.PruneBesides(files, status, cancellationToken);
        WarnOfFewer(before, items);
        return second.Update(status, isChanged || present is not { IsAsItWas: true }, cancellationToken);
    }

    private async Task<TransferSummary> CopyAsync(BackupPlan plan, string path, IBackupSource source, TransferRun run, CancellationToken cancellationToken)
    {
        IItemTarget target = ends.OpenTarget(plan, path, source);
        await using (target.ConfigureAwait(false))
        {
            _log!.Start(source.Items, target, run.Options);
            (TransferSummary summary, _) = await run.RunAsync(target, cancellationToken).ConfigureAwait(false);
            _log.End(summary);
            _summary = summary;
            long failed = summary.Count(ItemFate.Failed) + summary.Count(ItemFate.Unsure);
            if (failed + summary.UnreadableFolders > 0)
            {
                Warn(Text(Strings.BackupItemsFailed, failed, summary.UnreadableFolders));
            }

            return summary;
        }
    }

    private static BackupStatus Succeeded(BackupStatus status, TransferSummary summary, DateTimeOffset begun) => status with
    {
        LastSuccess = begun,
        Failures = 0,
        Copied = summary.Count(ItemFate.Copied),
        Failed = summary.Count(ItemFate.Failed) + summary.Count(ItemFate.Unsure),
        UnreadableFolders = summary.UnreadableFolders,
    };

    /// <summary>A backup that holds fewer items than it did has lost them: a mailbox cannot take them from it.</summary>
    private void WarnOfFewer(long before, long now)
    {
        if (now < before)
        {
            Warn(Text(Strings.BackupFewer, before, now));
        }
    }

    private static bool IsStop(Exception e, CancellationToken cancellationToken) => e is OperationCanceledException && cancellationToken.IsCancellationRequested;

    /// <summary>Whatever a run ends with is its error, also what nobody foresaw: nobody is there to see it otherwise.</summary>
    private static MailDataException Explain(BackupPlan plan, Exception e) =>
        e is IOException or UnauthorizedAccessException ? BackupFiles.Translate(plan.Destination, e) : Fault.Explain(e, BackupErrorIds.BackupFailed);

    private void Warn(string message)
    {
        _isWarning = true;
        _messages.Add(message);
        _log?.Say(LogLevel.Warning, message);
    }

    private static string Text(string format, params object[] values) => string.Format(Strings.Culture ?? CultureInfo.CurrentCulture, format, values);
}

/// <summary>What a run of a backup did.</summary>
/// <param name="Name">The backup.</param>
/// <param name="Outcome">How it ended; its number is the exit code.</param>
/// <param name="Messages">What people should know.</param>
/// <param name="Status">What was noted; null where it did not run.</param>
/// <param name="Summary">What was copied; null where nothing had to be.</param>
public sealed record BackupResult(string Name, BackupOutcome Outcome, IReadOnlyList<string> Messages, BackupStatus? Status, TransferSummary? Summary)
{
    /// <summary>Items of the mailbox, where all of them were there already and so nothing was copied.</summary>
    public long Unchanged { get; init; }

    /// <summary>What it ended with; null where it ended as it should.</summary>
    public MailDataException? Error { get; init; }
}
