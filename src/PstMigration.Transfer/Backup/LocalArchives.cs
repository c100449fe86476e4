using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>
/// Copies of data files of this computer in the folder of a backup, below <c>local</c>: of each the last sound one. A file nobody has changed since is not copied again; one a program has open is read from a snapshot of its volume. What is
/// wrong with one file is told, and the others are still saved.
/// </summary>
/// <param name="plan">The backup.</param>
/// <param name="ends">Checks files.</param>
/// <param name="pruning">Deletes what is not kept any longer.</param>
/// <param name="begun">When the run began.</param>
/// <param name="warn">Is told what people should look at.</param>
internal sealed class LocalArchives(BackupPlan plan, IBackupEnds ends, BackupPruning pruning, DateTimeOffset begun, Action<string> warn)
{
    /// <summary>What data files of this computer are.</summary>
    public const string Format = "Pst";

    // FAT, which disks for backups often have, keeps times to two seconds.
    private static readonly TimeSpan s_timeStep = TimeSpan.FromSeconds(2);

    /// <summary>Saves all that changed, here and at the second destination.</summary>
    /// <exception cref="MailDataException">BackupDestinationMissing, AccessDenied, DiskFull: nothing can be written.</exception>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<string> files = LocalFiles.Find(plan, warn);
        IReadOnlyList<BackupFiles> places = BackupFiles.All(plan with { LocalFiles = files }, ends);
        places[0].Probe();
        foreach (string path in files)
        {
            try
            {
                string copy = places[0].Local(path);
                if (await SaveAsync(path, copy, cancellationToken).ConfigureAwait(false) && places.Count > 1)
                {
                    CopyToSecond(copy, places[1], path, cancellationToken);
                }

                pruning.PruneBesides(copy, cancellationToken);
            }
            catch (Exception e) when (e is (MailDataException or IOException or UnauthorizedAccessException) and not MailDataException { EndsRun: true })
            {
                warn(LocalText.Format(Strings.BackupLocalFailed, path, e.Message));
            }
        }
    }

    // Where a disk rounds times, content decides; what somebody has open was changed.
    private static bool IsOf(FileInfo copy, FileInfo file)
    {
        if (copy.Length != file.Length || copy.LastWriteTimeUtc == file.LastWriteTimeUtc)
        {
            return copy.Length == file.Length;
        }

        try
        {
            return (copy.LastWriteTimeUtc - file.LastWriteTimeUtc).Duration() < s_timeStep && BackupCopy.LooksSame(copy.FullName, file.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private async Task<bool> SaveAsync(string path, string copy, CancellationToken cancellationToken)
    {
        FileInfo file = new(path);
        if (!file.Exists)
        {
            warn(LocalText.Format(Strings.BackupLocalMissing, path));
            return false;
        }

        if (new FileInfo(copy) is { Exists: true } last && IsOf(last, file))
        {
            return false;
        }

        string next = BackupFiles.Next(copy);
        AtomicFile.CreateDirectory(Path.GetDirectoryName(copy)!);
        try
        {
            DateTime written = file.LastWriteTimeUtc;
            if (!IsInUse(path))
            {
                Copy(path, copy, next, cancellationToken);
            }
            else if (!await CopyFromSnapshotAsync(path, copy, next, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }

            File.SetLastWriteTimeUtc(next, written);
            return Keep(path, copy, next, cancellationToken);
        }
        finally
        {
            AtomicFile.Discard(next);
        }
    }

    /// <summary>Puts a copy into its place. One that is not sound, or has lost much, never takes that of one that is.</summary>
    private bool Keep(string path, string copy, string next, CancellationToken cancellationToken)
    {
        BackupCheck check = ends.Check(Format, next, isFull: true, cancellationToken);
        BackupCheck? before = File.Exists(copy) ? ends.Check(Format, copy, isFull: false, cancellationToken) : null;
        bool hasShrunk = check.IsSound && before is { IsSound: true } && check.Items < before.Items * (100 - plan.ShrinkPercent) / 100;
        string kept = before is { IsSound: true } && (!check.IsSound || hasShrunk) ? BackupFiles.Beside(copy, begun) : copy;
        AtomicFile.Finish(next, kept, replace: true);
        if (!check.IsSound)
        {
            warn(LocalText.Format(Strings.BackupLocalDamaged, path, check.Problem, kept));
        }
        else if (hasShrunk)
        {
            warn(LocalText.Format(Strings.BackupLocalShrunk, path, before!.Items, check.Items, kept));
        }

        return kept == copy;
    }

    private async Task<bool> CopyFromSnapshotAsync(string path, string copy, string next, CancellationToken cancellationToken)
    {
        IVolumeSnapshot snapshot;
        try
        {
            snapshot = await ends.Snapshots.CreateAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (MailDataException e)
        {
            warn(LocalText.Format(Strings.BackupLocalInUse, path, e.Message));
            return false;
        }

        await using (snapshot.ConfigureAwait(false))
        {
            Copy(snapshot.Path, copy, next, cancellationToken);
        }

        return true;
    }

    /// <summary>The older copy serves as a beginning, where the file system can clone it.</summary>
    private static void Copy(string from, string copy, string next, CancellationToken cancellationToken)
    {
        AtomicFile.Discard(next);
        if (File.Exists(copy))
        {
            BackupCopy.TryClone(copy, next);
        }

        BackupCopy.Update(from, next, cancellationToken);
    }

    private void CopyToSecond(string copy, BackupFiles second, string path, CancellationToken cancellationToken)
    {
        try
        {
            second.Probe();
            string there = second.Local(path);
            AtomicFile.CreateDirectory(Path.GetDirectoryName(there)!);
            BackupCopy.Update(copy, there, cancellationToken);
            File.SetLastWriteTimeUtc(there, File.GetLastWriteTimeUtc(copy));
        }
        catch (Exception e) when (e is MailDataException or IOException or UnauthorizedAccessException)
        {
            warn(LocalText.Format(Strings.BackupNoSecondCopy, second.Folder, e.Message));
        }
    }

    /// <summary>Whether a program writes to a file: Outlook, which shares it with nobody, or one of ours, which holds the lock beside it where files have no such thing.</summary>
    private static bool IsInUse(string path)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
            return File.Exists(path + BackupFiles.Locked) && IsLocked(path + BackupFiles.Locked);
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException))
        {
            return true;
        }
    }

    private static bool IsLocked(string path)
    {
        try
        {
            using FileStream held = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}
