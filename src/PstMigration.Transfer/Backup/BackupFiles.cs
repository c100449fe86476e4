using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>
/// Where a backup keeps its files: below the destination a folder of its name, with a mark that says whose it is, the present state, the one that is being made, and the older
/// ones in <c>states</c>.
/// </summary>
internal sealed class BackupFiles
{
    /// <summary>What stands behind the name of a data file in the name of the lock of whoever writes to it.</summary>
    public const string Locked = ".lock";

    private const string MarkName = ".pstmigration-backup";
    private const int LongestMark = 1024;
    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    private const string WorkingName = "working";
    private const string ManifestEnding = ".sha256";
    private const string BesideName = "beside-";
    private const string DamagedName = "damaged-";

    private static readonly string[] s_aside = [BesideName, DamagedName];

    private readonly string _name;
    private readonly string _ending;
    private readonly IReadOnlyList<string> _locals;

    private BackupFiles(string name, string ending, string folder, IReadOnlyList<string> locals)
    {
        _locals = locals;
        _name = name;
        _ending = ending;
        Folder = folder;
    }

    public BackupFiles(BackupPlan plan, string ending)
        : this(plan.Name, ending, plan.DataFolders()[0], plan.LocalFiles)
    {
    }

    public BackupFiles(BackupPlan plan, IBackupEnds ends)
        : this(plan, EndingOf(plan, ends))
    {
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The present state: a file, or the directory of a series or a tree.</summary>
    public string Current => Path.Combine(Folder, _name + _ending);

    /// <summary>The state that is being made.</summary>
    public string Working => Path.Combine(Folder, _name + "." + WorkingName + _ending);

    /// <summary>The list of the files of a tree.</summary>
    public string Manifest => Path.Combine(Folder, _name + ManifestEnding);

    private string Locals => Path.Combine(Folder, "local");

    private string States => Path.Combine(Folder, "states");

    private string Mark => Path.Combine(Folder, MarkName);

    /// <summary>The file of a state that looks suspicious.</summary>
    public string Beside(DateTimeOffset time) => Path.Combine(Folder, _name + "." + BesideName + Text(time) + _ending);

    /// <summary>The file of a state that turned out to be damaged.</summary>
    public string Damaged(DateTimeOffset time) => Path.Combine(Folder, _name + "." + DamagedName + Text(time) + _ending);

    /// <summary>The file of an older state.</summary>
    public string State(DateTimeOffset time) => Path.Combine(States, _name + "." + Text(time) + _ending);

    /// <summary>The copy of a data file of this computer. Of two of one name each has a name of its own, whatever others there are.</summary>
    public string Local(string path)
    {
        string name = Path.GetFileName(path);
        bool isAlone = _locals.Count(l => Path.GetFileName(l).Equals(name, StringComparison.OrdinalIgnoreCase)) < 2;
        return Path.Combine(Locals, isAlone ? name : Path.GetFileNameWithoutExtension(name) + "." + Sha256.Hex(path).Substring(0, 8) + Path.GetExtension(name));
    }

    /// <summary>The next copy of such a file, while it is being made.</summary>
    public static string Next(string copy) => Aside(copy, WorkingName);

    /// <summary>A copy of such a file that does not take the place of the last one.</summary>
    public static string Beside(string copy, DateTimeOffset time) => Aside(copy, BesideName + Text(time));

    private static string Aside(string copy, string what) => Path.Combine(Path.GetDirectoryName(copy)!, Path.GetFileNameWithoutExtension(copy) + "." + what + Path.GetExtension(copy));

    /// <summary>The older states and when each was made, the newest first.</summary>
    public IReadOnlyList<(DateTimeOffset Time, string Path)> OlderStates() => !Directory.Exists(States) ? [] :
    [
        .. Directory.EnumerateFileSystemEntries(States, _name + ".*" + _ending)
            .Select(p => (Time: Parse(Path.GetFileName(p)), Path: p)).Where(s => s.Time is not null).Select(s => (s.Time!.Value, s.Path)).OrderByDescending(s => s.Item1),
    ];

    /// <summary>The states that were kept beside and when, the newest first.</summary>
    public IReadOnlyList<(DateTimeOffset Time, string Path)> Besides() => !Directory.Exists(Folder) ? [] :
    [
        .. Directory.EnumerateFileSystemEntries(Folder, _name + "." + BesideName + "*" + _ending)
            .Select(p => (Time: Middle(Path.GetFileName(p)) is { Length: > 0 } middle ? Time(middle.Substring(BesideName.Length)) : null, Path: p))
            .Where(s => s.Time is not null).Select(s => (s.Time!.Value, s.Path)).OrderByDescending(s => s.Item1),
    ];

    /// <summary>When the present state was written last: of a tree when the run ended that did.</summary>
    public DateTimeOffset PresentTime => SavedState.TimeOf(File.Exists(Manifest) ? Manifest : Current);

    /// <summary>Whether the folder is there, with its mark.</summary>
    public bool IsThere => Directory.Exists(Folder) && IsMarked;

    /// <summary>Whether the folder is marked as this backup's.</summary>
    private bool IsMarked => new FileInfo(Mark) is { Exists: true, Length: <= LongestMark } && File.ReadAllText(Mark).Trim().Equals(_name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The files of a backup: at its destination, and at the second one where it has one.</summary>
    public static IReadOnlyList<BackupFiles> All(BackupPlan plan, IBackupEnds ends) => [.. plan.DataFolders().Select(f => new BackupFiles(plan.Name, EndingOf(plan, ends), f, plan.LocalFiles))];

    /// <summary>Whether what a backup has saved is a tree, which is written in place.</summary>
    /// <exception cref="MailDataException">BackupPlanInvalid: there is no such format.</exception>
    public static bool IsTree(BackupPlan plan, IBackupEnds ends) => ends.EndingOf(plan.Format) is null;

    /// <summary>The ending of a state: that of a file, none of a directory.</summary>
    private static string EndingOf(BackupPlan plan, IBackupEnds ends) => plan.SplitBy is null ? ends.EndingOf(plan.Format) ?? "" : "";

    /// <summary>The files of the backup whose present state a file is; null where it is none.</summary>
    public static BackupFiles? Of(string present)
    {
        string ending = Directory.Exists(present) ? "" : Path.GetExtension(present);
        string name = Path.GetFileName(present);
        return new BackupFiles(name.Substring(0, name.Length - ending.Length), ending, Path.GetDirectoryName(present)!, []) is { IsMarked: true } files ? files : null;
    }

    /// <summary>Makes the folder, and marks it as this backup's. One with files of somebody else is not taken.</summary>
    /// <returns>Whether it was not marked before.</returns>
    /// <exception cref="MailDataException">BackupFolderTaken, AccessDenied, DiskFull, BackupDestinationMissing.</exception>
    public bool Make()
    {
        bool isNew = false;
        Guard(Folder, () =>
        {
            AtomicFile.CreateDirectory(Folder);
            if (IsMarked)
            {
                return;
            }

            if (Directory.EnumerateFileSystemEntries(Folder).Any())
            {
                throw new MailDataException(BackupErrorIds.BackupFolderTaken, LocalText.Format(Strings.BackupFolderTaken, Folder));
            }

            File.WriteAllText(Mark, _name + "\n");
            isNew = true;
        });
        return isNew;
    }

    /// <summary>Takes the mark away again.</summary>
    /// <exception cref="IOException">It cannot be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be removed.</exception>
    public void Unmark() => File.Delete(Mark);

    /// <summary>The files the backup made, but for the mark; none where the folder is not marked as this backup's.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public IReadOnlyList<string> OwnFiles() => !IsMarked ? [] :
        [.. OwnEntries().SelectMany(p => Directory.Exists(p) ? Directory.EnumerateFiles(p, "*", SearchOption.AllDirectories) : [p])];

    /// <summary>Whose folder one is by its mark: the name of a backup; null where it has none.</summary>
    public static string? OwnerOf(string folder) =>
        new FileInfo(Path.Combine(folder, MarkName)) is { Exists: true, Length: <= LongestMark } mark && File.ReadAllText(mark.FullName).Trim() is { Length: > 0 } name ? name : null;

    /// <summary>Removes what the backup made, and the folder where nothing else is in it. A folder that is not marked as this backup's is left as it is.</summary>
    /// <returns>What was left, for people; null for nothing.</returns>
    /// <exception cref="MailDataException">AccessDenied, BackupDestinationMissing: a file cannot be removed. The mark goes last, so that it can be tried again.</exception>
    public string? RemoveAll()
    {
        string? left = null;
        Guard(Folder, () =>
        {
            if (!IsMarked)
            {
                left = LocalText.Format(Strings.BackupDataLeft, Folder, _name);
                return;
            }

            foreach (string path in OwnEntries())
            {
                Delete(path);
            }

            RemoveEmpty(Locals);
            RemoveEmpty(States);
            File.Delete(Mark);
            left = RemoveEmpty(Folder) ? null : LocalText.Format(Strings.BackupFolderLeft, Folder);
        });
        return left;
    }

    /// <summary>
    /// Looks whether the folder is there, with its mark, and can be written to. Where a disk or a share is not connected there is often an empty folder, and a backup into that would be
    /// on the wrong disk.
    /// </summary>
    /// <exception cref="MailDataException">BackupDestinationMissing, AccessDenied, DiskFull.</exception>
    public void Probe()
    {
        string probe = Path.Combine(Folder, MarkName + AtomicFile.Suffix);
        Guard(Folder, () =>
        {
            if (!IsMarked)
            {
                throw new MailDataException(BackupErrorIds.BackupDestinationMissing, LocalText.Format(Strings.BackupDestinationMissing, Folder));
            }

            File.WriteAllText(probe, "probe");
            File.Delete(probe);
        });
    }

    /// <summary>Whether the present state is among the older ones already: as one of them that took the place of a lost one.</summary>
    /// <param name="time">When it was made.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public bool IsKept(DateTimeOffset time, CancellationToken cancellationToken) =>
        SavedState.IsSame(Current, State(time), cancellationToken);

    /// <summary>Keeps the present state as an older one, and puts the new one in its place.</summary>
    /// <param name="time">When the present state was made. An older state is never written over.</param>
    /// <param name="cancellationToken">Stops, before anything was done.</param>
    public void Rotate(DateTimeOffset time, CancellationToken cancellationToken) => Guard(Current, () =>
    {
        if (IsKept(time, cancellationToken))
        {
            SavedState.Move(Working, Current, replace: true);
            return;
        }

        if (SavedState.Exists(Current))
        {
            AtomicFile.CreateDirectory(States);
            while (SavedState.Exists(State(time)))
            {
                time = time.AddSeconds(1);
            }

            SavedState.Move(Current, State(time), replace: false);
        }

        SavedState.Move(Working, Current, replace: false);
    });

    /// <summary>Looks whether there is room for so many bytes, where that can be told.</summary>
    /// <exception cref="MailDataException">DiskFull.</exception>
    public void CheckSpace(long needed)
    {
        try
        {
            if (new DriveInfo(Folder).AvailableFreeSpace < needed)
            {
                throw new MailDataException(FileErrorIds.DiskFull, LocalText.Format(Strings.BackupDiskFull, Folder));
            }
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
        {
            // A share is no drive. Writing to it tells.
        }
    }

    /// <summary>The error of a backup for one of the file system.</summary>
    public static MailDataException Translate(string path, Exception e) =>
        e is UnauthorizedAccessException ? new MailDataException(FileErrorIds.AccessDenied, LocalText.Format(Strings.BackupAccessDenied, path), e)
        : DiskSpace.IsExhausted(e) ? new MailDataException(FileErrorIds.DiskFull, LocalText.Format(Strings.BackupDiskFull, path), e)
        : new MailDataException(BackupErrorIds.BackupDestinationMissing, LocalText.Format(Strings.BackupFileFailed, path, e.Message), e);

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

    /// <summary>The copies of such a file that did not take the place of the last one and when, the newest first.</summary>
    public static IReadOnlyList<(DateTimeOffset Time, string Path)> Besides(string copy)
    {
        string start = Path.GetFileNameWithoutExtension(copy) + "." + BesideName;
        string ending = Path.GetExtension(copy);
        return !Directory.Exists(Path.GetDirectoryName(copy)) ? [] :
        [
            .. Directory.EnumerateFiles(Path.GetDirectoryName(copy)!)
                .Where(p => Path.GetFileName(p).StartsWith(start, StringComparison.Ordinal) && p.EndsWith(ending, StringComparison.Ordinal))
                .Select(p => (Time: Time(Path.GetFileNameWithoutExtension(p).Substring(Math.Min(start.Length, Path.GetFileNameWithoutExtension(p).Length))), Path: p))
                .Where(s => s.Time is not null).Select(s => (s.Time!.Value, s.Path)).OrderByDescending(s => s.Item1),
        ];
    }

    /// <summary>A copy and what was put beside it.</summary>
    private static IEnumerable<string> OfLocal(string copy) =>
        new[] { copy, Next(copy), copy + AtomicFile.Suffix, Next(copy) + AtomicFile.Suffix }.Where(File.Exists).Concat(Besides(copy).Select(b => b.Path));

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>What the backup made, but for the mark: files, and folders that are its own whatever is in them.</summary>
    private List<string> OwnEntries() =>
    [
        .. new[] { States, Folder }.Where(Directory.Exists).SelectMany(Directory.EnumerateFileSystemEntries).Where(p => IsOwn(Path.GetFileName(p))),
        .. _locals.Select(Local).SelectMany(OfLocal),
    ];

    private static void Delete(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(LongPath.Of(path), recursive: true);
        }
        else
        {
            File.Delete(path);
        }
    }

    private static bool RemoveEmpty(string folder)
    {
        if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
        }

        return !Directory.Exists(folder);
    }

    /// <summary>The time in the name of an older state; null where it is none.</summary>
    private DateTimeOffset? Parse(string name) => Time(Middle(name));

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;

    /// <summary>What stands between the name of the backup and the ending in the name of a file, without the dot before it; empty for the present state, null where it is no name of ours.</summary>
    private string? Middle(string name)
    {
        int length = name.Length - _name.Length - _ending.Length;
        return length < 0 || !name.StartsWith(_name, StringComparison.Ordinal) || !name.EndsWith(_ending, StringComparison.Ordinal) ? null
            : length == 0 ? ""
            : length > 1 && name[_name.Length] == '.' ? name.Substring(_name.Length + 1, length - 1)
            : null;
    }

    /// <summary>Whether a backup gives such a name to a file or a directory, also to one that is not finished or locked.</summary>
    private bool IsOwn(string name)
    {
        if (name == MarkName + AtomicFile.Suffix)
        {
            return true;
        }

        string plain = AtomicFile.IsUnfinished(name) ? name.Substring(0, name.Length - AtomicFile.Suffix.Length)
            : name.EndsWith(Locked, StringComparison.Ordinal) ? name.Substring(0, name.Length - Locked.Length)
            : name;
        return plain == _name + ManifestEnding || (Middle(plain) is string middle && (middle is "" or WorkingName || Time(middle) is not null
            || s_aside.Any(a => middle.StartsWith(a, StringComparison.Ordinal) && Time(middle.Substring(a.Length)) is not null)));
    }
}
