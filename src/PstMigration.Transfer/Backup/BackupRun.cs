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
    private readonly BackupNotes _notes = new();

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

        return BackupPreparation.Of(BackupFiles.All(BackupShape.Checked(plan, ends), ends));
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
    public void Note(LogLevel level, string text) => _notes.Log?.Say(level, text);

    /// <summary>Runs a backup. Everything that goes wrong is in the result.</summary>
    /// <exception cref="OperationCanceledException">It was stopped; the last good backup is as it was.</exception>
    public async Task<BackupResult> RunAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            BackupResult result = await RunPlanAsync(name, cancellationToken).ConfigureAwait(false);
            _notes.Log?.Finish(result);
            return result;
        }
        catch (OperationCanceledException e)
        {
            _notes.Log?.Fail(e);
            throw;
        }
    }

    private BackupLog Open(string? path, string name, string source) =>
        _notes.Log = new BackupLog(path, "Start-MailboxBackup " + name + (ValidateOnly ? " -ValidateOnly" : ""), source, Observer, _notes.Warn, time);

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
            Open(LogPath, name, name).Fail(e);
            return new BackupResult(name, BackupOutcome.NotRun, [e.Message, .. _notes.ToList()], null, null) { Error = e };
        }

        using (held)
        {
            BackupLog log = Open(LogPath ?? plan.LogPath, plan.Name, plan.Connection.Mailbox);
            BackupStatus before = plans.ReadStatus(plan.Name);
            BackupSaving saving = new(plan, ends, _notes, log, begun, time) { ValidateOnly = ValidateOnly, AcceptChange = AcceptChange, Journals = Journals };
            BackupStatus after;
            MailDataException? error = null;
            try
            {
                after = await saving.SaveAsync(before, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (!IsStop(e, cancellationToken))
            {
                error = Explain(plan, e);
                log.Fail(error);
                after = (saving.Restored ?? before) with { Failures = before.Failures + 1 };
                _notes.WarnOfFewer(before.Items, after.Items);
                _notes.AddFirst(error.Message);
            }

            if (!ValidateOnly && plan.LocalFiles.Count > 0)
            {
                await SaveLocalAsync(plan, begun, cancellationToken).ConfigureAwait(false);
            }

            BackupOutcome outcome = error is not null ? BackupOutcome.Failed : _notes.HasWarnings ? BackupOutcome.Warning : BackupOutcome.Success;
            after = after with { LastRun = begun, Outcome = outcome, Error = error?.Id, Messages = _notes.ToList(), Duration = time.GetUtcNow() - begun };
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
                _notes.Add(e.Message);
                outcome = outcome == BackupOutcome.Success ? BackupOutcome.Warning : outcome;
            }

            return new BackupResult(plan.Name, outcome, _notes.ToList(), after, saving.Summary) { Error = error, Unchanged = saving.Unchanged };
        }
    }

    /// <summary>Saves the data files of this computer, whatever became of the mailbox.</summary>
    private async Task SaveLocalAsync(BackupPlan plan, DateTimeOffset begun, CancellationToken cancellationToken)
    {
        try
        {
            await new LocalArchives(plan, ends, new BackupPruning(plan, ends, begun, time.LocalTimeZone), begun, _notes.Warn).SaveAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (MailDataException e) when (!_notes.Contains(e.Message))
        {
            _notes.Warn(e.Message);
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
            _notes.Add(LocalText.Format(Strings.BackupMailNotPut, Explain(plan, e).Message));
            return status with { Messages = _notes.ToList() };
        }
    }

    private static bool IsStop(Exception e, CancellationToken cancellationToken) => e is OperationCanceledException && cancellationToken.IsCancellationRequested;

    /// <summary>Whatever a run ends with is its error, also what nobody foresaw: nobody is there to see it otherwise.</summary>
    private static MailDataException Explain(BackupPlan plan, Exception e) =>
        e is IOException or UnauthorizedAccessException ? BackupFiles.Translate(plan.Destination, e) : Fault.Explain(e, BackupErrorIds.BackupFailed);
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
