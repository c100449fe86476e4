using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>
/// What a run starts from where the present state is missing or damaged: the sound copy of it that holds most, wherever there is one. A run that began from what the mailbox has now would lose what had vanished from it.
/// </summary>
/// <param name="plan">The backup.</param>
/// <param name="files">Where its files are.</param>
/// <param name="ends">Checks files.</param>
/// <param name="warn">Is told what people should look at.</param>
internal sealed class BackupReserve(BackupPlan plan, BackupFiles files, IBackupEnds ends, Action<string> warn)
{
    /// <summary>
    /// Copies the best one to the place of the present state: the newest older state that is sound or the second copy, whichever holds more, of two that hold as much the newer one; a state kept beside where neither
    /// holds as much as the backup did. Each stays where it is.
    /// </summary>
    /// <param name="status">What is noted of the run before.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>What is there now; null where there is no sound copy.</returns>
    /// <exception cref="MailDataException">A file at the destination cannot be looked at, or not be copied.</exception>
    public PresentState? Take(BackupStatus status, CancellationToken cancellationToken)
    {
        if (Find(status, cancellationToken) is not Copy best)
        {
            return null;
        }

        files.CheckSpace(SavedState.Length(best.Path));
        SavedState.Copy(best.Path, files.Current, cancellationToken);
        warn(LocalText.Format(Strings.BackupStateRestored, best.Path, best.Items));
        return new PresentState(best.Items, best.Time);
    }

    /// <summary>Whether one of them holds more than so many items.</summary>
    /// <exception cref="MailDataException">A file at the destination cannot be looked at.</exception>
    public bool HasMore(long items, BackupStatus status, CancellationToken cancellationToken) => Find(status, cancellationToken)?.Items > items;

    private Copy? Find(BackupStatus status, CancellationToken cancellationToken)
    {
        Copy? best = Better(First(files.OlderStates()), LookAtSecond());
        return best is null || best.Items < status.Items ? Better(best, First(files.Besides())) : best;

        Copy? First(IEnumerable<(DateTimeOffset Time, string Path)> states) => states.Select(s => Look(s.Path, s.Time)).FirstOrDefault(c => c is not null);

        Copy? Look(string path, DateTimeOffset time) => ends.Check(plan.Format, path, isFull: true, cancellationToken) is { IsSound: true } check ? new Copy(path, time, check.Items) : null;

        Copy? LookAtSecond()
        {
            try
            {
                return plan.SecondDestination is not null && BackupFiles.All(plan, ends)[1] is { IsThere: true } second
                    ? Better(SavedState.Exists(second.Current) ? Look(second.Current, TimeOfSecond(second)) : null, First(second.Besides()))
                    : null;
            }
            catch (Exception e) when (e is MailDataException or IOException or UnauthorizedAccessException)
            {
                warn(LocalText.Format(Strings.BackupSecondUnread, plan.SecondDestination!, e.Message));
                return null;
            }
        }

        DateTimeOffset TimeOfSecond(BackupFiles second) =>
            status.StateTime is DateTimeOffset noted && status.LastSecondCopy >= noted ? noted : SavedState.TimeOf(second.Current);
    }

    private static Copy? Better(Copy? one, Copy? other) =>
        one is null || (other is not null && (other.Items > one.Items || (other.Items == one.Items && other.Time > one.Time))) ? other : one;

    /// <summary>A sound copy of a backup.</summary>
    /// <param name="Path">Its full path.</param>
    /// <param name="Time">When it was made.</param>
    /// <param name="Items">How many items are in it.</param>
    private sealed record Copy(string Path, DateTimeOffset Time, long Items);
}
