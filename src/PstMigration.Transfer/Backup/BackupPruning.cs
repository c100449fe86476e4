using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>Deletes what is not kept any longer: older states, and at both destinations those that were kept beside.</summary>
/// <param name="plan">The backup.</param>
/// <param name="ends">Checks files.</param>
/// <param name="begun">When the run began.</param>
/// <param name="zone">The zone in which days begin.</param>
internal sealed class BackupPruning(BackupPlan plan, IBackupEnds ends, DateTimeOffset begun, TimeZoneInfo zone)
{
    /// <summary>Deletes the older states that are not to be kept.</summary>
    public void PruneStates(BackupFiles files)
    {
        foreach (string path in Expired(files.OlderStates()))
        {
            AtomicFile.Discard(path);
        }
    }

    /// <summary>
    /// Deletes those kept beside that <c>-Keep</c> would not keep as older states. The one people have still to look at stays, and so does one that holds more items than the present state, for it may be all there is of them.
    /// </summary>
    /// <param name="files">At one destination.</param>
    /// <param name="status">What is known of the present state.</param>
    /// <param name="cancellationToken">Stops.</param>
    public void PruneBesides(BackupFiles files, BackupStatus status, CancellationToken cancellationToken)
    {
        foreach (string path in Expired(files.Besides()).Where(p => p != status.KeptBeside && !HoldsMore(plan.Format, p, status.Items, cancellationToken)))
        {
            AtomicFile.Discard(path);
        }
    }

    /// <summary>Deletes by the same rule the copies of a data file of this computer that were kept beside the last good one.</summary>
    /// <param name="copy">The last good copy.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="MailDataException">The last good copy cannot be looked at.</exception>
    public void PruneBesides(string copy, CancellationToken cancellationToken)
    {
        List<string> expired = Expired(BackupFiles.Besides(copy));
        if (expired.Count == 0 || !File.Exists(copy) || ends.Check(LocalArchives.Format, copy, isFull: false, cancellationToken) is not { IsSound: true } check)
        {
            return;
        }

        foreach (string path in expired.Where(p => !HoldsMore(LocalArchives.Format, p, check.Items, cancellationToken)))
        {
            AtomicFile.Discard(path);
        }
    }

    private List<string> Expired(IReadOnlyList<(DateTimeOffset Time, string Path)> states)
    {
        HashSet<DateTimeOffset> expired = [.. BackupRetention.Parse(plan.Keep)!.Expired(states.Select(s => s.Time), begun, zone)];
        return [.. states.Where(s => expired.Contains(s.Time)).Select(s => s.Path)];
    }

    private bool HoldsMore(string format, string path, long items, CancellationToken cancellationToken)
    {
        try
        {
            return ends.Check(format, path, isFull: false, cancellationToken) is { IsSound: true } check && check.Items > items;
        }
        catch (MailDataException)
        {
            // What cannot be looked at now is looked at in the next run.
            return true;
        }
    }
}
