using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>The copy of the present state at the second destination. It is looked at in each run, and never gives way to a state that holds fewer items.</summary>
/// <param name="plan">The backup.</param>
/// <param name="files">Where its files are.</param>
/// <param name="ends">Checks files.</param>
/// <param name="pruning">Deletes what is not kept.</param>
/// <param name="begun">When the run began.</param>
/// <param name="warn">Is told what people should look at.</param>
internal sealed class BackupSecond(BackupPlan plan, BackupFiles files, IBackupEnds ends, BackupPruning pruning, DateTimeOffset begun, Action<string> warn)
{
    /// <summary>Brings it up to date. Where that fails it is warned of.</summary>
    /// <param name="status">What is known of the present state by now.</param>
    /// <param name="isChanged">Whether this run has made or taken another present state, so that the copy is expected to differ.</param>
    /// <param name="cancellationToken">Stops.</param>
    public BackupStatus Update(BackupStatus status, bool isChanged, CancellationToken cancellationToken)
    {
        if (plan.SecondDestination is not string second)
        {
            return status;
        }

        try
        {
            BackupFiles there = BackupFiles.All(plan, ends)[1];
            there.Probe();
            bool isKnown = !isChanged && status.LastSecondCopy >= status.StateTime;
            if (IsSame(there.Current, isWhole: !isKnown || status.LastFullCheck == begun, cancellationToken))
            {
                status = status.LastSecondCopy >= status.StateTime ? status : status with { LastSecondCopy = begun };
            }
            else
            {
                MakeRoom(there, status, isKnown, cancellationToken);
                SavedState.Update(files.Current, there.Current, cancellationToken);
                status = status with { LastSecondCopy = begun };
            }

            pruning.PruneBesides(there, status, cancellationToken);
            return status;
        }
        catch (Exception e) when (e is MailDataException or IOException or UnauthorizedAccessException)
        {
            warn(LocalText.Format(Strings.BackupNoSecondCopy, second, e.Message));
            return status;
        }
    }

    /// <summary>Tells what is wrong with the copy, and puts aside one that must not be written over.</summary>
    private void MakeRoom(BackupFiles there, BackupStatus status, bool isKnown, CancellationToken cancellationToken)
    {
        if (!SavedState.Exists(there.Current))
        {
            if (status.LastSecondCopy is not null)
            {
                warn(LocalText.Format(Strings.BackupSecondMissing, there.Current));
            }

            return;
        }

        BackupCheck check = ends.Check(plan.Format, there.Current, isFull: false, cancellationToken);
        if (!check.IsSound)
        {
            string damaged = there.Damaged(begun);
            SavedState.Move(there.Current, damaged, replace: true);
            warn(LocalText.Format(Strings.BackupSecondDamaged, there.Current, check.Problem, damaged));
        }
        else if (check.Items > status.Items)
        {
            string beside = there.Beside(begun);
            SavedState.Move(there.Current, beside, replace: true);
            warn(LocalText.Format(Strings.BackupSecondHasMore, there.Current, check.Items, status.Items, beside));
        }
        else if (isKnown)
        {
            warn(LocalText.Format(Strings.BackupSecondChanged, there.Current));
        }
    }

    private bool IsSame(string copy, bool isWhole, CancellationToken cancellationToken) =>
        isWhole ? SavedState.IsSame(files.Current, copy, cancellationToken) : SavedState.LooksSame(files.Current, copy);
}
