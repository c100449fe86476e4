using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>A state of a backup that was kept.</summary>
/// <param name="Path">The full path of its file.</param>
/// <param name="Time">When it was made: it holds what the mailbox had then, and what the backup had from before.</param>
/// <param name="Next">When the next newer one was made that is kept; null for the present state.</param>
public sealed record BackupState(string Path, DateTimeOffset Time, DateTimeOffset? Next)
{
    /// <summary>
    /// Finds the state of a time: the newest one kept that was made by then. A night on which nothing was new made none, and what retention has removed since then is gone; either way the one before is what
    /// there is. Needs nothing but the files, so that a backup can be restored on another computer.
    /// </summary>
    /// <param name="present">The path of the present state, in the folder of a backup. Its time is when the file was written last.</param>
    /// <param name="time">The time.</param>
    /// <exception cref="MailDataException">BackupNotFound: this is no backup. BackupStateNotKept: the oldest state is newer; the message tells its time. AccessDenied, BackupDestinationMissing.</exception>
    public static BackupState Find(string present, DateTimeOffset time)
    {
        string full = System.IO.Path.GetFullPath(present ?? throw new ArgumentNullException(nameof(present)));
        List<(DateTimeOffset Time, string Path)> states = [];
        BackupFiles.Guard(full, () =>
        {
            if (BackupFiles.Of(full) is not BackupFiles files)
            {
                throw new MailDataException(BackupErrorIds.BackupNotFound, LocalText.Format(Strings.BackupNoStates, full));
            }

            IReadOnlyList<(DateTimeOffset Time, string Path)> older = files.OlderStates();
            DateTimeOffset written = files.PresentTime;

            // A copy of the file may have lost its time, but the present state is always the newest.
            states = [(older.Count > 0 && older[0].Time > written ? older[0].Time : written, full), .. older];
        });
        int found = states.FindIndex(s => s.Time <= time);
        return found >= 0 ? new BackupState(states[found].Path, states[found].Time, found > 0 ? states[found - 1].Time : null)
            : throw new MailDataException(BackupErrorIds.BackupStateNotKept, LocalText.Format(Strings.BackupStateNotKept, full, Text(time), Text(states[^1].Time)));
    }

    private static string Text(DateTimeOffset time) => time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);
}
