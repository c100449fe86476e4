using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>
/// The data file of a backup, or its series of them, while it runs: the present state, which is never written to; the working file, which becomes the next one; the older states and what is put aside.
/// A run may be stopped at any instant: the next one finds a present state or makes one of an older state, and goes on with the working file.
/// </summary>
/// <param name="plan">The backup.</param>
/// <param name="files">Where its files are.</param>
/// <param name="ends">Opens and checks files.</param>
/// <param name="begun">When the run began.</param>
/// <param name="warn">Is told what people should look at.</param>
internal sealed class BackupStateFile(BackupPlan plan, BackupFiles files, IBackupEnds ends, DateTimeOffset begun, Action<string> warn)
{
    /// <summary>Counts the items of the mailbox, if the present state has all of them as they are now. Nothing is written.</summary>
    /// <param name="status">What is noted of the run before.</param>
    /// <param name="source">The mailbox.</param>
    /// <param name="run">The run that is planned.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Null where there is something to do, or that cannot be told.</returns>
    public async Task<long?> CountUnchangedAsync(BackupStatus status, IBackupSource source, TransferRun run, CancellationToken cancellationToken)
    {
        if (status.LastSuccess is null || status.KeptBeside is not null || status.Failed > 0 || status.UnreadableFolders > 0 || status.Folders != FoldersOf(run)
            || SavedState.Exists(files.Working) || !SavedState.Exists(files.Current) || SavedState.Length(files.Current) != status.Bytes)
        {
            return null;
        }

        try
        {
            IItemTarget target = ends.OpenTarget(plan, files.Current, source);
            await using (target.ConfigureAwait(false))
            {
                return await run.CountUnchangedAsync(target, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (MailDataException)
        {
            // Whatever that is, the run meets it again where it matters.
            return null;
        }
    }

    /// <summary>The folders of a run, hashed.</summary>
    public static string FoldersOf(TransferRun run) => Sha256.Hex(string.Join("\n", run.Folders.Select(ChangeListing.PlaceOf)));

    /// <summary>Checks the present state. A damaged one is put aside; where there is none, the best copy of it takes its place at once.</summary>
    /// <param name="status">What is noted of the run before.</param>
    /// <param name="isUnchanged">Whether nothing is going to be made of it: then also a small one is checked whole but once a week.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>What is there now; null for nothing.</returns>
    /// <exception cref="MailDataException">A file cannot be looked at, or not be moved: nothing is known of it then.</exception>
    public PresentState? PreparePresent(BackupStatus status, bool isUnchanged, CancellationToken cancellationToken)
    {
        BackupReserve reserve = new(plan, files, ends, warn);
        if (SavedState.Exists(files.Current))
        {
            bool isFull = status.IsFullCheckDue(isUnchanged ? long.MaxValue : SavedState.Length(files.Current), begun);
            BackupCheck check = ends.Check(plan.Format, files.Current, isFull, cancellationToken);

            // Of a series a file may be gone, and the others be sound.
            foreach (string missing in check.MissingFiles)
            {
                warn(LocalText.Format(Strings.BackupFileMissing, missing));
            }

            string? problem = !check.IsSound ? check.Problem
                : check.Items < status.Items && reserve.HasMore(check.Items, status, cancellationToken) ? LocalText.Format(Strings.BackupIncomplete, status.Items, check.Items)
                : null;
            if (problem is null)
            {
                return new PresentState(check.Items, TimeOfPresent(status, cancellationToken)) { IsAsItWas = true, IsChecked = isFull };
            }

            string damaged = files.Damaged(begun);
            BackupFiles.Guard(files.Current, () => SavedState.Move(files.Current, damaged, replace: true));
            warn(LocalText.Format(Strings.BackupDamaged, problem, damaged));
        }
        else
        {
            // Of a share that dropped just now every file seems to be missing.
            files.Probe();
            if (UndoRotation(status, cancellationToken) is PresentState undone)
            {
                return undone;
            }

            if (status.LastSuccess is not null)
            {
                warn(LocalText.Format(Strings.BackupMissing, files.Current));
            }
        }

        return reserve.Take(status, cancellationToken);
    }

    /// <summary>Puts back the present state of a run that was stopped between the two renames of a rotation: it is the newest older state, and the next one is in the working file.</summary>
    private PresentState? UndoRotation(BackupStatus status, CancellationToken cancellationToken)
    {
        if (status.StateTime is not DateTimeOffset noted || files.State(noted) is not string moved || !SavedState.Exists(files.Working) || !SavedState.Exists(moved)
            || ends.Check(plan.Format, moved, isFull: true, cancellationToken) is not { IsSound: true } check)
        {
            return null;
        }

        BackupFiles.Guard(moved, () => SavedState.Move(moved, files.Current, replace: false));
        return new PresentState(check.Items, noted);
    }

    /// <summary>
    /// Has a file that new items go into: that of a run that was stopped, where it is sound and has not less than the present state; the one kept beside, while the mailbox looks
    /// suspicious; else a copy of the present state.
    /// </summary>
    /// <returns>Whether it is that of a stopped run, which then holds more than this run will have copied.</returns>
    /// <exception cref="MailDataException">AccessDenied, DiskFull, BackupDestinationMissing; BackupNotSound where the copy reads otherwise.</exception>
    public bool PrepareWorking(PresentState? present, BackupStatus status, bool hasShrunk, CancellationToken cancellationToken)
    {
        if (SavedState.Exists(files.Working) && ends.Check(plan.Format, files.Working, isFull: true, cancellationToken) is { IsSound: true } left && left.Items >= (present?.Items ?? 0))
        {
            return true;
        }

        AtomicFile.Discard(files.Working);
        string from = hasShrunk && status.KeptBeside is string beside && SavedState.Exists(beside) ? beside : files.Current;
        if (SavedState.Exists(from))
        {
            files.CheckSpace(SavedState.Length(from));
            SavedState.Copy(from, files.Working, cancellationToken);
        }
        else if (plan.SplitBy is not null)
        {
            BackupFiles.Guard(files.Working, () => AtomicFile.CreateDirectory(files.Working));
        }

        return false;
    }

    /// <summary>How many items of the present state have another version in the working file: what a stopped run has replaced.</summary>
    /// <exception cref="MailDataException">A file cannot be opened.</exception>
    public async Task<long> CountReplacedAsync(IBackupSource source, CancellationToken cancellationToken)
    {
        Dictionary<Guid, long> versions = [];
        await ReadCopiesAsync(files.Current, (key, version) => versions[key] = version).ConfigureAwait(false);
        long replaced = 0;
        await ReadCopiesAsync(files.Working, (key, version) => replaced += versions.TryGetValue(key, out long before) && before != version ? 1 : 0).ConfigureAwait(false);
        return replaced;

        async Task ReadCopiesAsync(string path, Action<Guid, long> add)
        {
            IItemTarget target = ends.OpenTarget(plan, path, source);
            await using (target.ConfigureAwait(false))
            {
                if (target is ICopyLister lister)
                {
                    await foreach (ListedCopy copy in lister.ReadCopiesAsync(source.Items.StoreKey, cancellationToken).ConfigureAwait(false))
                    {
                        add(Fold.Of(copy.Key), Fold.Of(copy.Version?.Value ?? ""));
                    }
                }
            }
        }
    }

    /// <summary>Checks the working file once everything is copied; one that is not sound, or holds less than the present state, is dropped.</summary>
    /// <returns>How many items are in it, and whether every byte was looked at.</returns>
    /// <exception cref="MailDataException">BackupNotSound; it cannot be looked at.</exception>
    public (long Items, bool IsFull) CheckWorking(PresentState? present, BackupStatus status, CancellationToken cancellationToken)
    {
        bool isFull = status.IsFullCheckDue(SavedState.Length(files.Working), begun);
        BackupCheck check = ends.Check(plan.Format, files.Working, isFull, cancellationToken);
        long least = present?.Items ?? 0;
        if (!check.IsSound || check.Items < least)
        {
            AtomicFile.Discard(files.Working);
            throw new MailDataException(
                BackupErrorIds.BackupNotSound, LocalText.Format(Strings.BackupNotSound, files.Working, check.IsSound ? LocalText.Format(Strings.BackupIncomplete, least, check.Items) : check.Problem));
        }

        return (check.Items, isFull);
    }

    /// <summary>Keeps the working file beside the present state, which stays.</summary>
    /// <exception cref="MailDataException">AccessDenied, DiskFull, BackupDestinationMissing.</exception>
    public BackupStatus KeepBeside(BackupStatus status)
    {
        string beside = status.KeptBeside is string known && SavedState.Exists(known) ? known : files.Beside(begun);
        BackupFiles.Guard(beside, () => SavedState.Move(files.Working, beside, replace: true));
        warn(LocalText.Format(Strings.BackupKeptBeside, beside));
        return status with { KeptBeside = beside };
    }

    /// <summary>Makes the working file the present state, and that an older one.</summary>
    /// <returns>When the state that is now present was made.</returns>
    /// <exception cref="MailDataException">AccessDenied, DiskFull, BackupDestinationMissing.</exception>
    public DateTimeOffset Rotate(PresentState? present, CancellationToken cancellationToken)
    {
        files.Rotate(present?.Time ?? begun, cancellationToken);
        return begun;
    }

    /// <summary>Where a run was stopped before it noted its state, the time that is noted is that of the state before, which is an older one by now. An older state that took the place of a lost one has its time.</summary>
    private DateTimeOffset TimeOfPresent(BackupStatus status, CancellationToken cancellationToken) =>
        status.StateTime is DateTimeOffset noted && (!SavedState.Exists(files.State(noted)) || files.IsKept(noted, cancellationToken)) ? noted : SavedState.TimeOf(files.Current);
}

/// <summary>The present state of a backup.</summary>
/// <param name="Items">How many items are in it.</param>
/// <param name="Time">When it was made.</param>
internal sealed record PresentState(long Items, DateTimeOffset Time)
{
    /// <summary>Whether it is the file the run before left, and not an older state in its place.</summary>
    public bool IsAsItWas { get; init; }

    /// <summary>Whether every byte of it was looked at.</summary>
    public bool IsChecked { get; init; }
}
