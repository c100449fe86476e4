using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>Looks at what a backup has saved. Changes nothing.</summary>
/// <param name="ends">Formats.</param>
public sealed class BackupInspector(IBackupEnds ends)
{
    /// <summary>Inspects a backup.</summary>
    /// <param name="plan">Its plan.</param>
    /// <param name="status">What is noted of its runs.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="MailDataException">BackupPlanInvalid, BackupDestinationMissing, AccessDenied.</exception>
    public async Task<BackupInspection> InspectAsync(BackupPlan plan, BackupStatus status, CancellationToken cancellationToken)
    {
        if (plan is null || status is null)
        {
            throw new ArgumentNullException(plan is null ? nameof(plan) : nameof(status));
        }

        BackupFiles files = new(plan, ends);
        List<string> problems = LocalProblems(plan, status, cancellationToken);
        bool? areLocalsSaved = plan.LocalFiles.Count == 0 ? null : problems.Count == 0;
        if (status.UnreadableFolders > 0)
        {
            problems.Add(LocalText.Format(Strings.BackupFoldersUnread, status.UnreadableFolders));
        }

        if (!SavedState.Exists(files.Current))
        {
            return new BackupInspection(false, false, null, 0, [.. problems, LocalText.Format(Strings.BackupNothingThere, files.Current)]) { AreLocalFilesSaved = areLocalsSaved };
        }

        if (BackupFiles.IsTree(plan, ends))
        {
            (bool? isSound, long? items, IReadOnlyList<string> found) = await new BackupTree(plan, files, ends).InspectAsync(status.Items, cancellationToken).ConfigureAwait(false);
            problems.AddRange(found);
            return new BackupInspection(isSound, HasAll(items ?? status.Items) && status.UnreadableFolders == 0, null, items ?? status.Items, problems) { AreLocalFilesSaved = areLocalsSaved };
        }

        BackupCheck check = ends.Check(plan.Format, files.Current, isFull: true, cancellationToken);
        if (!check.IsSound)
        {
            problems.Add(check.Problem);
        }

        problems.AddRange(check.MissingFiles.Select(f => LocalText.Format(Strings.BackupFileMissing, f)));
        bool hasAll = HasAll(check.Items);
        bool? isSecondEqual = plan.SecondDestination is null ? null : IsEqual(files.Current, BackupFiles.All(plan, ends)[1].Current, cancellationToken);
        if (isSecondEqual == false)
        {
            problems.Add(LocalText.Format(Strings.BackupSecondDiffers, plan.SecondDestination));
        }

        return new BackupInspection(check.IsSound, hasAll && status.UnreadableFolders == 0, isSecondEqual, check.Items, problems) { AreLocalFilesSaved = areLocalsSaved };

        bool HasAll(long items)
        {
            bool hasAll = items >= status.Items && status.Failed == 0;
            if (!hasAll)
            {
                problems.Add(LocalText.Format(Strings.BackupIncomplete, status.Items + status.Failed, items));
            }

            return hasAll;
        }
    }

    /// <summary>What is wrong with the copies of data files of this computer, and with what they are made of.</summary>
    private List<string> LocalProblems(BackupPlan plan, BackupStatus status, CancellationToken cancellationToken)
    {
        List<string> problems = [];
        IReadOnlyList<string> found = LocalFiles.Find(plan, problems.Add);
        BackupFiles files = new(plan with { LocalFiles = found }, ends);
        foreach (string path in found)
        {
            string copy = files.Local(path);
            if (!File.Exists(path))
            {
                problems.Add(LocalText.Format(Strings.BackupLocalMissing, path));
            }
            else if (!File.Exists(copy))
            {
                problems.Add(LocalText.Format(Strings.BackupLocalNoCopy, path));
            }
            else if (ends.Check(LocalArchives.Format, copy, isFull: false, cancellationToken) is { IsSound: false } check)
            {
                problems.Add(LocalText.Format(Strings.BackupLocalDamaged, path, check.Problem, copy));
            }
            else if (status.LastRun is DateTimeOffset last && File.Exists(BackupFiles.Beside(copy, last)))
            {
                problems.Add(LocalText.Format(Strings.BackupLocalBeside, path, BackupFiles.Beside(copy, last)));
            }
        }

        return problems;
    }

    private static bool IsEqual(string one, string other, CancellationToken cancellationToken)
    {
        try
        {
            return SavedState.IsSame(one, other, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

/// <summary>What is in a backup.</summary>
/// <param name="IsSound">Whether the file keeps the rules of its format; of a tree, whether every file is as the last run left it, and null where that run left no list of them.</param>
/// <param name="IsComplete">Whether every item of the mailbox the last good run was made of is in it: none failed, and no folder could not be read.</param>
/// <param name="IsSecondEqual">Whether the second destination holds the same; null where there is none.</param>
/// <param name="Items">How many items are in it.</param>
/// <param name="Problems">What is wrong, for people.</param>
public sealed record BackupInspection(bool? IsSound, bool IsComplete, bool? IsSecondEqual, long Items, IReadOnlyList<string> Problems)
{
    /// <summary>Whether there is a sound copy of each data file of this computer that is saved too, as the file was at the last run; null where there are none.</summary>
    public bool? AreLocalFilesSaved { get; init; }
}
