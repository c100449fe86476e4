using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>
/// Where a backup keeps its files: below the destination a folder of its name, with a mark that says whose it is, the present state, the one that is being made, and the older
/// ones in <c>states</c>.
/// </summary>
internal sealed class BackupFiles
{
    private const string MarkName = ".pstmigration-backup";
    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    private readonly string _name;
    private readonly string _ending;

    public BackupFiles(BackupPlan plan, string ending)
        : this(plan.Name, plan.Destination, ending)
    {
    }

    private BackupFiles(string name, string destination, string ending)
    {
        _name = name;
        _ending = ending;
        Folder = Path.Combine(destination, name);
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The present state: a file, or a directory of a tree.</summary>
    public string Current => Path.Combine(Folder, _name + _ending);

    /// <summary>The state that is being made.</summary>
    public string Working => Path.Combine(Folder, _name + ".working" + _ending);

    private string States => Path.Combine(Folder, "states");

    private string Mark => Path.Combine(Folder, MarkName);

    /// <summary>The file of a state that looks suspicious.</summary>
    public string Beside(DateTimeOffset time) => Path.Combine(Folder, _name + ".beside-" + Text(time) + _ending);

    /// <summary>The file of a state that turned out to be damaged.</summary>
    public string Damaged(DateTimeOffset time) => Path.Combine(Folder, _name + ".damaged-" + Text(time) + _ending);

    /// <summary>The file of an older state.</summary>
    public string State(DateTimeOffset time) => Path.Combine(States, _name + "." + Text(time) + _ending);

    /// <summary>The older states and when each was made, the newest first.</summary>
    public IReadOnlyList<(DateTimeOffset Time, string Path)> OlderStates() => !Directory.Exists(States) ? [] :
    [
        .. Directory.EnumerateFiles(States, _name + ".*" + _ending)
            .Select(p => (Time: Parse(Path.GetFileName(p)), Path: p)).Where(s => s.Time is not null).Select(s => (s.Time!.Value, s.Path)).OrderByDescending(s => s.Item1),
    ];

    /// <summary>Makes the folder, and marks it as this backup's.</summary>
    /// <exception cref="MailDataException">AccessDenied, DiskFull, BackupDestinationMissing.</exception>
    public void Make() => Guard(Folder, () =>
    {
        AtomicFile.CreateDirectory(Folder);
        if (!File.Exists(Mark))
        {
            File.WriteAllText(Mark, _name + "\n");
        }
    });

    /// <summary>
    /// Looks whether the folder is there, with its mark, and can be written to. Where a disk or a share is not connected there is often an empty folder, and a backup into that would be
    /// on the wrong disk.
    /// </summary>
    /// <exception cref="MailDataException">BackupDestinationMissing, AccessDenied, DiskFull.</exception>
    public void Probe()
    {
        if (!File.Exists(Mark))
        {
            throw new MailDataException(BackupErrorIds.BackupDestinationMissing, string.Format(Strings.Culture, Strings.BackupDestinationMissing, Folder));
        }

        string probe = Path.Combine(Folder, MarkName + AtomicFile.Suffix);
        Guard(Folder, () =>
        {
            File.WriteAllText(probe, "probe");
            File.Delete(probe);
        });
    }

    /// <summary>Keeps the present state as an older one, and puts the new one in its place.</summary>
    /// <param name="time">When the present state was made. An older state is never written over.</param>
    public void Rotate(DateTimeOffset time) => Guard(Current, () =>
    {
        if (File.Exists(Current))
        {
            AtomicFile.CreateDirectory(States);
            while (File.Exists(State(time)))
            {
                time = time.AddSeconds(1);
            }

            AtomicFile.Finish(Current, State(time), replace: false);
        }

        AtomicFile.Finish(Working, Current, replace: false);
    });

    /// <summary>The error of a backup for one of the file system.</summary>
    public static MailDataException Translate(string path, Exception e) =>
        e is UnauthorizedAccessException ? new MailDataException(FileErrorIds.AccessDenied, string.Format(Strings.Culture, Strings.BackupAccessDenied, path), e)
        : DiskSpace.IsExhausted(e) ? new MailDataException(FileErrorIds.DiskFull, string.Format(Strings.Culture, Strings.BackupDiskFull, path), e)
        : new MailDataException(BackupErrorIds.BackupDestinationMissing, string.Format(Strings.Culture, Strings.BackupFileFailed, path, e.Message), e);

    /// <summary>Does something to the file system.</summary>
    /// <exception cref="MailDataException">AccessDenied, DiskFull, BackupDestinationMissing.</exception>
    public static void Guard(string path, Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Translate(path, e);
        }
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    private DateTimeOffset? Parse(string name)
    {
        int start = _name.Length + 1;
        int length = name.Length - start - _ending.Length;
        return length > 0 && DateTimeOffset.TryParseExact(
            name.Substring(start, length), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;
    }
}
