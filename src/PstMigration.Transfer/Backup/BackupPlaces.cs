using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>
/// Where the folders of several backups lie. None is in another's: what one keeps there would be part of what the other removes, and a folder that is moved or emptied would take both.
/// Paths are compared by their texts; links are not followed.
/// </summary>
public static class BackupPlaces
{
    /// <summary>Looks whether the folders of a backup are its own.</summary>
    /// <param name="plan">The backup.</param>
    /// <param name="plans">Among which; one that cannot be read is passed over.</param>
    /// <exception cref="MailDataException">BackupFolderTaken: one is, lies in, or lies above a folder of another backup. AccessDenied, BackupDestinationMissing: it cannot be looked at.</exception>
    public static void Check(BackupPlan plan, BackupPlans plans)
    {
        if (plan is null || plans is null)
        {
            throw new ArgumentNullException(plan is null ? nameof(plan) : nameof(plans));
        }

        foreach (string other in plans.List().Where(n => !n.Equals(plan.Name, StringComparison.OrdinalIgnoreCase)))
        {
            foreach (string taken in FoldersOf(plans, other))
            {
                foreach (string folder in plan.DataFolders())
                {
                    string? problem = IsIn(taken, folder) && IsIn(folder, taken) ? LocalText.Format(Strings.BackupFolderSame, folder, other)
                        : IsIn(folder, taken) ? LocalText.Format(Strings.BackupFolderInside, folder, taken, other)
                        : IsIn(taken, folder) ? LocalText.Format(Strings.BackupFolderAbove, folder, taken, other)
                        : null;
                    if (problem is not null)
                    {
                        throw new MailDataException(BackupErrorIds.BackupFolderTaken, problem);
                    }
                }
            }
        }

        // Those of other users, other folders of plans, or backups that are not registered any more.
        foreach (string folder in plan.DataFolders())
        {
            BackupFiles.Guard(folder, () =>
            {
                for (string? above = Path.GetDirectoryName(folder); above is { Length: > 0 }; above = Path.GetDirectoryName(above))
                {
                    if (BackupFiles.OwnerOf(above) is string owner)
                    {
                        throw new MailDataException(BackupErrorIds.BackupFolderTaken, LocalText.Format(Strings.BackupFolderInside, folder, above, owner));
                    }
                }
            });
        }
    }

    /// <summary>Whether a path is a folder, or lies in it.</summary>
    /// <param name="path">A full path.</param>
    /// <param name="folder">Another one.</param>
    internal static bool IsIn(string path, string folder) => Ended(path).StartsWith(Ended(folder), Path.DirectorySeparatorChar == '\\' ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    private static string Ended(string path) => Path.GetFullPath(path).TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar) + Path.DirectorySeparatorChar;

    private static IReadOnlyList<string> FoldersOf(BackupPlans plans, string name)
    {
        try
        {
            return plans.Read(name).DataFolders();
        }
        catch (MailDataException)
        {
            return [];
        }
    }
}
