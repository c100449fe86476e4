using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>How a run saves the mailbox: into its data file, whose states take turns, or into its tree, which is written in place.</summary>
/// <param name="plan">The backup.</param>
/// <param name="ends">Mailboxes and formats.</param>
/// <param name="notes">What people are told.</param>
/// <param name="log">What the copying is written down in.</param>
/// <param name="begun">When the run began.</param>
/// <param name="time">The clock, and the zone of the schedule.</param>
internal sealed class BackupSaving(BackupPlan plan, IBackupEnds ends, BackupNotes notes, BackupLog log, DateTimeOffset begun, TimeProvider time)
{
    /// <summary>A mailbox of fewer items changes by large parts from day to day.</summary>
    private const int LeastSuspicious = 10;

    private readonly WrittenPaths _written = new();

    /// <inheritdoc cref="BackupRun.ValidateOnly"/>
    public bool ValidateOnly { get; init; }

    /// <inheritdoc cref="BackupRun.AcceptChange"/>
    public bool AcceptChange { get; init; }

    /// <inheritdoc cref="BackupRun.Journals"/>
    public TransferJournals? Journals { get; init; }

    /// <summary>What was copied; null where nothing was.</summary>
    public TransferSummary? Summary { get; private set; }

    /// <summary>Items of the mailbox, where all of them were there already.</summary>
    public long Unchanged { get; private set; }

    /// <summary>What is to be noted also where the run fails: that another present state was taken; null where it is the one of before.</summary>
    public BackupStatus? Restored { get; private set; }

    /// <summary>Saves it.</summary>
    /// <param name="before">What is noted of the run before.</param>
    /// <param name="cancellationToken">Stops; the last good backup is as it was.</param>
    /// <returns>What is to be noted now.</returns>
    /// <exception cref="MailDataException">BackupPlanInvalid, BackupMailboxMoved, BackupDestinationMissing, BackupNotSound, and whatever the mailbox and the file system have.</exception>
    public async Task<BackupStatus> SaveAsync(BackupStatus before, CancellationToken cancellationToken)
    {
        bool isTree = BackupFiles.IsTree(BackupShape.Checked(plan, ends), ends);
        BackupFiles files = new(plan, ends);
        files.Probe();
        IBackupSource source = await ends.OpenSourceAsync(plan.Connection, cancellationToken).ConfigureAwait(false);
        await using (source.ConfigureAwait(false))
        {
            if (before.StoreKey is string known && known != source.Items.StoreKey)
            {
                throw new MailDataException(BackupErrorIds.BackupMailboxMoved, LocalText.Format(Strings.BackupMailboxMoved, source.Address));
            }

            TransferOptions options = new()
            {
                Filter = new ItemFilter
                {
                    Folders = [.. plan.Folders.Select(FolderSelector.Parse), .. plan.LiteralFolders.Select(FolderSelector.Literal)],
                    Before = plan.OlderThanDays is int days ? begun.AddDays(-days) : null,
                },
                RemoveLeftFolders = true,
                Journals = Journals,
                Time = time,
            };
            TransferRun run = await TransferRun.PlanAsync(source.Items, options, isTree ? _written.Watch(log.Watcher) : log.Watcher, cancellationToken).ConfigureAwait(false);
            long listed = run.Folders.Sum(f => (long)f.ItemCount);
            BackupStatus status = before with { SilentUntil = source.SilentUntil, StoreKey = source.Items.StoreKey };
            if (ValidateOnly)
            {
                return status;
            }

            bool hasShrunk = !AcceptChange && before.SourceItems >= LeastSuspicious && listed < before.SourceItems * (100 - plan.ShrinkPercent) / 100;
            if (hasShrunk)
            {
                notes.Warn(LocalText.Format(Strings.BackupShrunk, before.SourceItems, listed));
            }

            Listing listing = new(source, run, listed, hasShrunk);
            return isTree
                ? await SaveTreeAsync(files, listing, status, cancellationToken).ConfigureAwait(false)
                : await SaveFileAsync(files, listing, status, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A tree keeps all it ever got; where the mailbox looks suspicious nothing is written to it.</summary>
    private async Task<BackupStatus> SaveTreeAsync(BackupFiles files, Listing listing, BackupStatus status, CancellationToken cancellationToken)
    {
        if (listing.HasShrunk)
        {
            return status;
        }

        BackupTree tree = new(plan, files, ends);
        tree.Prepare(status, begun, notes.Warn, cancellationToken);
        TransferSummary summary = await CopyAsync(files.Current, listing.Source, listing.Run, cancellationToken).ConfigureAwait(false);
        long before = ends.CanRestore(plan.Format) ? status.Items : 0;
        status = Succeeded(status, summary) with { SourceItems = listing.Items, Items = Math.Max(before, summary.Count(ItemFate.Copied) + summary.Count(ItemFate.AlreadyThere)) };
        status = await tree.CompleteAsync(status, _written.Paths, begun, notes.Warn, cancellationToken).ConfigureAwait(false);
        notes.WarnOfFewer(before, status.Items);
        return status;
    }

    /// <summary>What is new goes into a copy of the present state, which takes its place; of a suspicious change it is kept beside.</summary>
    private async Task<BackupStatus> SaveFileAsync(BackupFiles files, Listing listing, BackupStatus status, CancellationToken cancellationToken)
    {
        (IBackupSource source, TransferRun run, long listed, bool hasShrunk) = listing;
        BackupStateFile file = new(plan, files, ends, begun, notes.Warn);
        long? unchanged = hasShrunk || AcceptChange ? null : await file.CountUnchangedAsync(status, source, run, cancellationToken).ConfigureAwait(false);
        PresentState? present = file.PreparePresent(status, unchanged is not null, cancellationToken);
        BackupPruning pruning = new(plan, ends, begun, time.LocalTimeZone);
        BackupSecond second = new(plan, files, ends, pruning, begun, notes.Warn);
        (long before, bool hadAny) = (status.Items, status.LastSuccess is not null);
        status = status with { StateTime = present?.Time };
        if (present is not null)
        {
            status = status with { Items = present.Items, Bytes = SavedState.Length(files.Current) };
            Restored = present.IsAsItWas ? null : status;
        }

        if (unchanged is long count && present is { IsAsItWas: true } && present.Items >= before)
        {
            Unchanged = count;
            pruning.PruneStates(files);
            pruning.PruneBesides(files, status, cancellationToken);
            status = status with { LastSuccess = begun, Failures = 0, Copied = 0, SourceItems = listed, LastFullCheck = present.IsChecked ? begun : status.LastFullCheck };
            return second.Update(status, isChanged: false, cancellationToken);
        }

        bool isGoneOn = file.PrepareWorking(present, status, hasShrunk, cancellationToken);
        if (present is null && hadAny)
        {
            notes.Warn(isGoneOn ? LocalText.Format(Strings.BackupStoppedTaken, files.Working) : Strings.BackupBegunAnew);
        }

        long replaced = isGoneOn && present is not null ? await file.CountReplacedAsync(source, cancellationToken).ConfigureAwait(false) : 0;
        TransferSummary summary = await CopyAsync(files.Working, source, run, cancellationToken).ConfigureAwait(false);
        replaced += summary.Replaced;
        (long items, bool isFull) = file.CheckWorking(present, status, cancellationToken);
        bool isRewritten = !AcceptChange && summary.Read >= LeastSuspicious && replaced > summary.Read * plan.ShrinkPercent / 100;
        if (isRewritten)
        {
            notes.Warn(LocalText.Format(Strings.BackupRewritten, replaced, summary.Read));
        }

        if ((hasShrunk || isRewritten) && present is not null)
        {
            notes.WarnOfFewer(before, present.Items);
            return second.Update(file.KeepBeside(status), isChanged: !present.IsAsItWas, cancellationToken);
        }

        string folders = BackupStateFile.FoldersOf(run);
        bool isChanged = present is null || isGoneOn || summary.Count(ItemFate.Copied) + summary.Moved + summary.RemovedFolders > 0 || (status.Folders ?? folders) != folders;
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
            notes.Add(LocalText.Format(Strings.BackupBesideLeft, beside));
        }

        pruning.PruneStates(files);
        status = Succeeded(status, summary) with
        {
            SourceItems = listed,
            Items = items,
            Bytes = SavedState.Length(files.Current),
            LastFullCheck = isFull ? begun : status.LastFullCheck,
            KeptBeside = AcceptChange ? null : status.KeptBeside,
            Folders = folders,
        };
        pruning.PruneBesides(files, status, cancellationToken);
        notes.WarnOfFewer(before, items);
        return second.Update(status, isChanged || present is not { IsAsItWas: true }, cancellationToken);
    }

    private async Task<TransferSummary> CopyAsync(string path, IBackupSource source, TransferRun run, CancellationToken cancellationToken)
    {
        IItemTarget target = ends.OpenTarget(plan, path, source);
        await using (target.ConfigureAwait(false))
        {
            log.Start(source.Items, target, run.Options);
            (TransferSummary summary, _) = await run.RunAsync(target, cancellationToken).ConfigureAwait(false);
            log.End(summary);
            Summary = summary;
            long failed = summary.Count(ItemFate.Failed) + summary.Count(ItemFate.Unsure);
            if (failed + summary.UnreadableFolders > 0)
            {
                notes.Warn(LocalText.Format(Strings.BackupItemsFailed, failed, summary.UnreadableFolders));
            }

            return summary;
        }
    }

    private BackupStatus Succeeded(BackupStatus status, TransferSummary summary) => status with
    {
        LastSuccess = begun,
        Failures = 0,
        Copied = summary.Count(ItemFate.Copied),
        Failed = summary.Count(ItemFate.Failed) + summary.Count(ItemFate.Unsure),
        UnreadableFolders = summary.UnreadableFolders,
    };

    /// <summary>The mailbox as this run found it.</summary>
    /// <param name="Source">The mailbox.</param>
    /// <param name="Run">The run that is planned.</param>
    /// <param name="Items">How many items its folders say they have.</param>
    /// <param name="HasShrunk">Whether that is suspiciously fewer than before.</param>
    private sealed record Listing(IBackupSource Source, TransferRun Run, long Items, bool HasShrunk);
}
