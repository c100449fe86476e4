using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>
/// Restores some items of a backup into a mailbox nobody uses, and compares what arrived with what was saved: the proof that it can be restored. Changes nothing of the backup, and leaves nothing.
/// </summary>
/// <param name="ends">Formats, and the mailbox.</param>
/// <param name="time">The clock.</param>
public sealed class BackupDrill(IBackupEnds ends, TimeProvider time)
{
    /// <summary>Restores and compares.</summary>
    /// <param name="plan">The backup, of which the present state is taken.</param>
    /// <param name="count">How many items, spread over the folders.</param>
    /// <param name="seed">Decides which; the same ones of the same file.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>What came of it; null where nothing can be restored from the format.</returns>
    /// <exception cref="MailDataException">The backup, or the folder for temporary files, cannot be used.</exception>
    public async Task<BackupDrillResult?> RunAsync(BackupPlan plan, int count, int seed, CancellationToken cancellationToken)
    {
        if (plan is null)
        {
            throw new ArgumentNullException(nameof(plan));
        }

        long started = time.GetTimestamp();
        string path = new BackupFiles(plan, ends).Current;
        IItemSource? saved = await ends.OpenSavedAsync(plan.Format, path).ConfigureAwait(false);
        if (saved is null)
        {
            return null;
        }

        await using (saved.ConfigureAwait(false))
        {
            RunFolder.ClearAway();
            using RunFolder folder = MakeFolder();
            int unreadable = 0;
            SampledSource sample = await SampledSource.TakeAsync(saved, count, new Random(seed), (_, _) => unreadable++, cancellationToken).ConfigureAwait(false);
            IBackupMailbox rehearsal = await ends.OpenRehearsalAsync(folder.NewFile(), cancellationToken).ConfigureAwait(false);
            await using (rehearsal.ConfigureAwait(false))
            {
                TransferOptions options = new() { MakeEmptyFolders = false, OpenWritten = rehearsal.OpenWrittenAsync, Time = time };
                TransferRun run = await TransferRun.PlanAsync(sample, options, new SilentObserver(), cancellationToken).ConfigureAwait(false);
                (TransferSummary summary, _) = await run.RunAsync(rehearsal.Target, cancellationToken).ConfigureAwait(false);
                StoreComparison compared = summary.Verification!;
                return new BackupDrillResult(count, seed, sample.Count, sample.Folders)
                {
                    Restored = summary.Count(ItemFate.Copied),
                    Same = compared.Count(CompareOutcome.Same),
                    Skipped = summary.Count(ItemFate.Skipped),
                    SkippedClasses = summary.SkippedClasses,
                    Losses = summary.Losses,
                    Lessened = compared.Lessened,
                    Issues = [.. compared.Issues.Where(i => i.Outcome != CompareOutcome.Skipped && !i.IsLessened)],
                    UnreadableFolders = unreadable,
                    Duration = time.GetElapsedTime(started),
                };
            }
        }
    }

    private static RunFolder MakeFolder()
    {
        try
        {
            return RunFolder.Create();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw BackupFiles.Translate(Path.GetTempPath(), e);
        }
    }
}

/// <summary>What came of a drill. Every item of the sample is the same, lessened, skipped, or an issue.</summary>
/// <param name="Asked">How many items were to be restored.</param>
/// <param name="Seed">What decided which.</param>
/// <param name="Sampled">How many were taken: fewer than asked for where the backup has no more.</param>
/// <param name="Folders">From how many folders.</param>
public sealed record BackupDrillResult(int Asked, int Seed, int Sampled, int Folders)
{
    /// <summary>Items that were written.</summary>
    public long Restored { get; init; }

    /// <summary>Items that are, read again, what was saved.</summary>
    public long Same { get; init; }

    /// <summary>Items that differ from what was saved because a mailbox does not keep all of it, as <see cref="Losses"/> tells.</summary>
    public long Lessened { get; init; }

    /// <summary>Items a mailbox takes from nobody, by their class: the backup has them, and they can be restored into a data file.</summary>
    public long Skipped { get; init; }

    /// <summary>How many of these are of each message class.</summary>
    public IReadOnlyDictionary<string, long> SkippedClasses { get; init; } = new Dictionary<string, long>();

    /// <summary>In how many items each kind of loss occurs: what a mailbox does not keep of what was saved.</summary>
    public IReadOnlyDictionary<LossKind, long> Losses { get; init; } = new Dictionary<LossKind, long>();

    /// <summary>The items that are missing, different or unreadable.</summary>
    public IReadOnlyList<ComparedItem> Issues { get; init; } = [];

    /// <summary>Folders of the backup that could not be listed to their end.</summary>
    public int UnreadableFolders { get; init; }

    /// <summary>Wall-clock time.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Whether all that a mailbox takes came back as it was saved.</summary>
    public bool Passed => Same + Lessened + Skipped == Sampled && UnreadableFolders == 0;
}
