using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>
/// Removes the folders a transfer has made that hold nothing and for which no folder of the source stands any more, as after it was renamed there and its items have followed. Which ones it made is in the journal alone: without one
/// none is removed. In every doubt a folder stays.
/// </summary>
/// <param name="record">The journal.</param>
/// <param name="mapper">Opens the folders of the target.</param>
/// <param name="target">The target.</param>
internal sealed class LeftFolders(RunRecord record, FolderMapper mapper, IItemTarget target)
{
    /// <summary>Removes them. Nothing is on its way to the target any more.</summary>
    /// <param name="all">All folders of the source, those that people do not see too.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>How many were removed.</returns>
    /// <exception cref="MailDataException">A folder cannot be opened or removed.</exception>
    public async Task<int> RemoveAsync(IReadOnlyList<SourceFolder> all, CancellationToken cancellationToken)
    {
        if (target is not ICopyUndoer undoer || target is not IFolderClasses classes)
        {
            return 0;
        }

        HashSet<FolderPath> paths = [.. all.Select(f => f.Path)];
        List<JournalFolder> left = [.. record.ReadMadeFolders().Where(m => !paths.Contains(m.Path))];
        HashSet<string?> standing = left.Count == 0 ? [] : await ListStandingAsync(all, cancellationToken).ConfigureAwait(false);
        int removed = 0;
        foreach (JournalFolder folder in left.Where(m => !standing.Contains(m.Key) && !MayStand(m, all, classes)).OrderByDescending(m => m.Path.Names.Count))
        {
            UndoOutcome outcome = await undoer.RemoveFolderAsync(folder.Key, folder.Path, cancellationToken).ConfigureAwait(false);
            if (outcome == UndoOutcome.Gone)
            {
                record.ForgetFolder(folder.Key);
            }

            // Until it is found to be gone it is remembered: what is written here may still be thrown away, as by a backup that keeps the state of before.
            removed += outcome == UndoOutcome.Removed ? 1 : 0;
        }

        return removed;
    }

    /// <summary>The keys of the target's folders that people's folders of the source go to.</summary>
    private async Task<HashSet<string?>> ListStandingAsync(IReadOnlyList<SourceFolder> all, CancellationToken cancellationToken)
    {
        HashSet<string?> keys = new(StringComparer.Ordinal);
        foreach (SourceFolder folder in all.Where(f => !f.IsHidden))
        {
            keys.Add((await mapper.OpenAsync(target, folder, cancellationToken).ConfigureAwait(false)).Key);
        }

        return keys;
    }

    /// <summary>Whether a folder may stand for one that was not looked for: a hidden one, or one of a kind the source does not show at all, as where the sign-in may not use it.</summary>
    private static bool MayStand(JournalFolder made, IReadOnlyList<SourceFolder> all, IFolderClasses classes) =>
        all.Any(f => f.IsHidden && f.Path.Names.Count > 0 && string.Equals(f.Path.Name, made.Path.Name, StringComparison.OrdinalIgnoreCase))
        || (classes.FindClass(made.Path, FolderRole.None) is string held && !all.Any(f => FolderClasses.AreAlike(f.ContainerClass, held)));
}
