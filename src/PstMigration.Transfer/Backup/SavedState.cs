using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>
/// A state of a backup as the file system has it: one data file, or a directory with the files of a series. Either is made beside its place and gets its name in one step, so that a run may be killed at any instant.
/// </summary>
internal static class SavedState
{
    /// <summary>Whether there is one at a path.</summary>
    public static bool Exists(string path) => File.Exists(path) || Directory.Exists(path);

    /// <summary>Bytes of its files; 0 where there is none.</summary>
    public static long Length(string path) => Files(path).Sum(f => f.Length);

    /// <summary>When one of its files was written last, UTC. A directory has another time already when a file in it was locked.</summary>
    public static DateTimeOffset TimeOf(string path) => Files(path).Select(f => f.LastWriteTimeUtc).DefaultIfEmpty().Max() is var time && time == default ? default : new DateTimeOffset(time);

    /// <summary>Copies one.</summary>
    /// <exception cref="MailDataException">AccessDenied, DiskFull, BackupDestinationMissing; BackupNotSound where a copy reads otherwise than its file.</exception>
    public static void Copy(string source, string target, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(source))
        {
            BackupCopy.Copy(source, target, cancellationToken);
            return;
        }

        string unfinished = target + AtomicFile.Suffix;
        BackupFiles.Guard(target, () => AtomicFile.CreateUnfinishedDirectory(unfinished));
        foreach (FileInfo file in Files(source))
        {
            BackupCopy.Copy(file.FullName, Path.Combine(unfinished, file.Name), cancellationToken);
        }

        BackupFiles.Guard(target, () => Move(unfinished, target, replace: false));
    }

    /// <summary>
    /// Brings an older copy of one up to date. Of a series only the files that differ are copied, one after the other: each is sound by itself, and where that was stopped the next run goes on.
    /// </summary>
    /// <exception cref="MailDataException">AccessDenied, DiskFull, BackupDestinationMissing; BackupNotSound where a copy reads otherwise than its file.</exception>
    public static void Update(string source, string target, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(source))
        {
            BackupCopy.Update(source, target, cancellationToken);
            return;
        }

        BackupFiles.Guard(target, () => AtomicFile.CreateDirectory(target));
        IReadOnlyList<FileInfo> files = Files(source);
        foreach (FileInfo file in files.Where(f => !IsSame(f.FullName, Path.Combine(target, f.Name), cancellationToken)))
        {
            BackupCopy.Update(file.FullName, Path.Combine(target, file.Name), cancellationToken);
        }

        foreach (FileInfo left in Files(target).Where(t => files.All(f => f.Name != t.Name)))
        {
            AtomicFile.Discard(left.FullName);
        }
    }

    /// <summary>Gives one another name on the same volume. A directory takes the place of another in two steps, between which neither has the name.</summary>
    /// <exception cref="IOException">It cannot be moved, or something has the name and is not to be replaced.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be moved.</exception>
    public static void Move(string from, string to, bool replace)
    {
        if (!Directory.Exists(from))
        {
            AtomicFile.Finish(from, to, replace);
            return;
        }

        string? aside = replace && Directory.Exists(to) ? to + AtomicFile.Suffix : null;
        if (aside is not null)
        {
            AtomicFile.Discard(aside);
            Directory.Move(LongPath.Of(to), LongPath.Of(aside));
        }

        Directory.Move(LongPath.Of(from), LongPath.Of(to));
        if (aside is not null)
        {
            AtomicFile.Discard(aside);
        }
    }

    /// <summary>Whether two are there and have the same files, as <see cref="BackupCopy.LooksSame"/> tells: reads 1 MiB of each.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static bool LooksSame(string one, string other) => Pairs(one, other) is { Count: > 0 } pairs && pairs.All(p => BackupCopy.LooksSame(p.One, p.Other));

    /// <summary>Whether two are there and have the same files, byte by byte.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static bool IsSame(string one, string other, CancellationToken cancellationToken) => LooksSame(one, other)
        && Pairs(one, other)!.All(p => BackupCopy.Hash(p.One, cancellationToken).SequenceEqual(BackupCopy.Hash(p.Other, cancellationToken)));

    /// <summary>The files of both under one name; null where one has a file that the other has not.</summary>
    private static List<(string One, string Other)>? Pairs(string one, string other)
    {
        if (!Directory.Exists(one) || !Directory.Exists(other))
        {
            return [(one, other)];
        }

        IReadOnlyList<FileInfo> files = Files(one);
        return files.Select(f => f.Name).SequenceEqual(Files(other).Select(f => f.Name), StringComparer.Ordinal) ? [.. files.Select(f => (f.FullName, Path.Combine(other, f.Name)))] : null;
    }

    /// <summary>Its files by name, without locks and what is not finished.</summary>
    private static IReadOnlyList<FileInfo> Files(string path) => Directory.Exists(path)
        ? [.. new DirectoryInfo(path).EnumerateFiles().Where(f => !AtomicFile.IsUnfinished(f.Name) && !f.Name.EndsWith(BackupFiles.Locked, StringComparison.Ordinal)).OrderBy(f => f.Name, StringComparer.Ordinal)]
        : new FileInfo(path) is { Exists: true } file ? [file] : [];
}
