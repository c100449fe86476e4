using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>
/// The tree of files of a backup. It is written in place: new and changed items are added, and nothing that vanished from the mailbox is removed. What each file was when a run ended is in a <see cref="TreeManifest"/>, by which the
/// next run, and a test, know whether it still is. While a run writes an empty file says so: of what a run that was stopped had changed nobody can tell damage.
/// </summary>
/// <param name="plan">The backup.</param>
/// <param name="files">Where its files are.</param>
/// <param name="ends">Reads the format.</param>
internal sealed class BackupTree(BackupPlan plan, BackupFiles files, IBackupEnds ends)
{
    private TreeManifest? _before;
    private bool _isFull;

    /// <summary>Compares the tree with what the run before left. A file that was changed or emptied since is put aside, so that the item is written again where the mailbox still has it.</summary>
    /// <param name="status">What is noted of the run before.</param>
    /// <param name="begun">When this one began.</param>
    /// <param name="warn">Is told what people should look at.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="MailDataException">AccessDenied, DiskFull, BackupDestinationMissing.</exception>
    public void Prepare(BackupStatus status, DateTimeOffset begun, Action<string> warn, CancellationToken cancellationToken) => BackupFiles.Guard(files.Current, () =>
    {
        _before = TreeManifest.Read(files.Manifest);
        _isFull = _before is null || status.IsFullCheckDue(_before.Bytes, begun);
        if (!Directory.Exists(files.Current))
        {
            if (status.LastSuccess is not null)
            {
                warn(LocalText.Format(Strings.BackupMissing, files.Current));
                warn(Strings.BackupBegunAnew);
            }
        }
        else if (_before is not null)
        {
            PutAside(Compare(_before, _isFull, cancellationToken), begun, warn);
        }
        else if (status.LastFullCheck is not null)
        {
            warn(LocalText.Format(Strings.BackupTreeListMissing, files.Manifest));
        }

        File.WriteAllText(files.Working, "");
    });

    /// <summary>Notes what the tree is now.</summary>
    /// <param name="status">What is noted of the run so far; its items are those the run found or wrote, where they cannot be counted in the tree.</param>
    /// <param name="written">Full paths of the files that were written.</param>
    /// <param name="begun">When the run began.</param>
    /// <param name="warn">Is told what people should look at.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="MailDataException">AccessDenied, DiskFull, BackupDestinationMissing.</exception>
    public async Task<BackupStatus> CompleteAsync(BackupStatus status, ISet<string> written, DateTimeOffset begun, Action<string> warn, CancellationToken cancellationToken)
    {
        TreeManifest now = null!;
        BackupFiles.Guard(files.Current, () =>
        {
            now = TreeManifest.Take(files.Current, _before, written, name => warn(LocalText.Format(Strings.BackupTreeUnreadable, 1, name)), cancellationToken);
            now.Write(files.Manifest, Path.GetFileName(files.Current));
        });
        try
        {
            status = status with { Items = await CountAsync(status.Items, cancellationToken).ConfigureAwait(false) ?? status.Items };
        }
        catch (MailDataException e)
        {
            warn(e.Message);
        }

        AtomicFile.Discard(files.Working);
        return status with { Bytes = now.Bytes, LastFullCheck = _isFull ? begun : status.LastFullCheck };
    }

    /// <summary>Tests the tree, file by file. Changes nothing.</summary>
    /// <param name="expected">How many items should be in it.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Whether every file is as the last run left it, null where that run left no list; how many items are in it, null where the format is not read; and what is wrong, for people.</returns>
    /// <exception cref="MailDataException">AccessDenied, BackupDestinationMissing: a directory cannot be listed.</exception>
    public async Task<(bool? IsSound, long? Items, IReadOnlyList<string> Problems)> InspectAsync(long expected, CancellationToken cancellationToken)
    {
        List<string> problems = [];
        bool isListed = false;
        BackupFiles.Guard(files.Current, () =>
        {
            TreeManifest? list = TreeManifest.Read(files.Manifest);
            isListed = list is not null;
            TreeFindings found = list is null ? new TreeFindings([], [], [], []) : Compare(list, isFull: true, cancellationToken);
            Add(Strings.BackupTreeMissing, found.Missing);
            Add(Strings.BackupTreeChanged, [.. found.Emptied, .. found.Changed]);
            Add(Strings.BackupTreeUnreadable, found.Unreadable);
        });
        bool? isSound = isListed ? problems.Count == 0 : null;
        if (!isListed)
        {
            problems.Add(LocalText.Format(Strings.BackupTreeNotChecked, files.Current));
        }

        try
        {
            return (isSound, await CountAsync(expected, cancellationToken).ConfigureAwait(false), problems);
        }
        catch (MailDataException e)
        {
            return (false, 0, [.. problems, e.Message]);
        }

        void Add(string text, IReadOnlyList<string> names)
        {
            if (names.Count > 0)
            {
                problems.Add(LocalText.Format(text, names.Count, names[0]));
            }
        }
    }

    /// <summary>What a run that was stopped left may be changed or renamed; emptied is nothing by any run.</summary>
    private TreeFindings Compare(TreeManifest list, bool isFull, CancellationToken cancellationToken) =>
        list.Compare(files.Current, isFull, cancellationToken) is var found && File.Exists(files.Working) ? new TreeFindings([], [], found.Emptied, found.Unreadable) : found;

    private void PutAside(TreeFindings found, DateTimeOffset begun, Action<string> warn)
    {
        string aside = files.Damaged(begun);
        IReadOnlyList<string> changed = [.. found.Emptied, .. found.Changed];
        foreach (string name in changed)
        {
            string path = TreeManifest.PathOf(aside, name);
            AtomicFile.CreateDirectory(Path.GetDirectoryName(path)!);
            AtomicFile.Finish(TreeManifest.PathOf(files.Current, name), path, replace: true);
        }

        if (changed.Count > 0)
        {
            warn(LocalText.Format(Strings.BackupTreePutAside, changed.Count, changed[0], aside));
        }

        if (found.Missing.Count > 0)
        {
            warn(LocalText.Format(Strings.BackupTreeMissing, found.Missing.Count, found.Missing[0]));
        }

        if (found.Unreadable.Count > 0)
        {
            warn(LocalText.Format(Strings.BackupTreeUnreadable, found.Unreadable.Count, found.Unreadable[0]));
        }
    }

    /// <summary>Counts the items by reading the tree; null where the format is only written.</summary>
    /// <param name="expected">How many there should be: of a directory without items no format knows that it is one of its trees.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="MailDataException">It cannot be read.</exception>
    private async Task<long?> CountAsync(long expected, CancellationToken cancellationToken)
    {
        if (!ends.CanRestore(plan.Format))
        {
            return null;
        }

        if (expected == 0)
        {
            return 0;
        }

        IItemSource saved = (await ends.OpenSavedAsync(plan.Format, files.Current).ConfigureAwait(false))!;
        await using (saved.ConfigureAwait(false))
        {
            FolderReader reader = new(saved, (_, error) => throw error);
            List<SourceFolder> folders = [];
            await foreach (SourceFolder folder in saved.ReadFoldersAsync(cancellationToken).ConfigureAwait(false))
            {
                folders.Add(folder);
            }

            long items = 0;
            foreach (SourceFolder folder in folders)
            {
                await foreach (SourceItem _ in reader.ReadAsync(folder, cancellationToken).ConfigureAwait(false))
                {
                    items++;
                }
            }

            return items;
        }
    }
}
