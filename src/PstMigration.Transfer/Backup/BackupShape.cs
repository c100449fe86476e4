using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>What the format of a backup makes of its files: one file, a series of them, or a tree; and what does not go with that.</summary>
public static class BackupShape
{
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
            throw BackupPlanRules.Invalid(plan.Name, LocalText.Format(Strings.BackupShapeChanged, saved), null);
        }
    }

    /// <summary>Looks whether what is asked for can be had of the format: of a tree there is no second copy, and it is not split.</summary>
    /// <returns>The plan.</returns>
    /// <exception cref="MailDataException">BackupPlanInvalid.</exception>
    internal static BackupPlan Checked(BackupPlan plan, IBackupEnds ends)
    {
        string? problem = !BackupFiles.IsTree(plan, ends) ? null
            : plan.SecondDestination is not null ? LocalText.Format(Strings.BackupTreeHasNoSecond, plan.Format)
            : plan.SplitBy is not null ? LocalText.Format(Strings.BackupTreeNotSplit, plan.Format)
            : null;
        return problem is null ? plan : throw BackupPlanRules.Invalid(plan.Name, problem, null);
    }
}
