using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>What a backup has saved below one of its destinations, and <see cref="BackupRun.RemoveData"/> would remove.</summary>
/// <param name="Folder">The full path of its folder.</param>
/// <param name="Files">How many files the backup made there; 0 also where the folder is missing, or not marked as this backup's.</param>
/// <param name="Bytes">Their bytes.</param>
public sealed record BackupSaved(string Folder, int Files, long Bytes)
{
    /// <summary>Looks at both destinations. Changes nothing.</summary>
    /// <exception cref="MailDataException">BackupPlanInvalid; AccessDenied, BackupDestinationMissing: a folder cannot be read.</exception>
    public static IReadOnlyList<BackupSaved> Of(BackupPlan plan, IBackupEnds ends)
    {
        if (plan is null || ends is null)
        {
            throw new ArgumentNullException(plan is null ? nameof(plan) : nameof(ends));
        }

        return [.. BackupFiles.All(plan, ends).Select(Of)];
    }

    private static BackupSaved Of(BackupFiles files)
    {
        (int count, long bytes) = (0, 0);
        BackupFiles.Guard(files.Folder, () =>
        {
            IReadOnlyList<string> own = files.OwnFiles();
            (count, bytes) = (own.Count, own.Sum(f => new FileInfo(f).Length));
        });
        return new BackupSaved(files.Folder, count, bytes);
    }
}
