using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>
/// Looks again, before a retired file is deleted, whether the mailbox has what is in it. People read, mark and file their mail meanwhile: that counts as there. What is gone, changed or in the deleted
/// items does not: it may have been taken back.
/// </summary>
public static class RetiredCheck
{
    private const ItemPart People = ItemPart.State | ItemPart.Marks | ItemPart.Folder;

    /// <summary>Compares; throws where something is not there.</summary>
    /// <param name="file">The retired file; stays the caller's.</param>
    /// <param name="written">The mailbox it arrived in; stays the caller's.</param>
    /// <param name="target">The same to write to: knows its copies.</param>
    /// <param name="targetFolder">Below which folder everything was put; null where Inbox went to Inbox.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="MailDataException">SourceStays, with the reason; or one of them cannot be read.</exception>
    public static async Task CheckAsync(IItemSource file, IItemSource written, IItemTarget target, FolderPath? targetFolder, CancellationToken cancellationToken)
    {
        if (file is null || written is null || target is null)
        {
            throw new ArgumentNullException(file is null ? nameof(file) : written is null ? nameof(written) : nameof(target));
        }

        List<FolderPath> trash = [];
        await foreach (SourceFolder folder in written.ReadFoldersAsync(cancellationToken).ConfigureAwait(false))
        {
            if (folder.Role == FolderRole.DeletedItems)
            {
                trash.Add(folder.Path);
            }
        }

        long notThere = 0;
        CompareOptions options = new()
        {
            TargetRoot = targetFolder,
            Copies = target as ICopyLister,
            Folders = target as IFolderFinder,
            OnItem = item => notThere += IsThere(item, trash) ? 0 : 1,
        };
        StoreComparison compared = await StoreComparer.CompareAsync(file, written, options, cancellationToken).ConfigureAwait(false);
        if (compared.UnreadableFolders > 0)
        {
            throw SourceRetirement.Stays(Strings.RetireNotVerified);
        }

        if (notThere > 0)
        {
            throw SourceRetirement.Stays(Strings.RetireGone, notThere);
        }
    }

    private static bool IsThere(ComparedItem item, List<FolderPath> trash) => item.Outcome switch
    {
        CompareOutcome.Same or CompareOutcome.Extra => true,
        CompareOutcome.Different => (item.Differences & ~People) == 0 && !(item.Differences.HasFlag(ItemPart.Folder) && trash.Exists(t => IsIn(item.TargetFolder!, t))),
        _ => false,
    };

    private static bool IsIn(FolderPath path, FolderPath folder) => path.Names.Take(folder.Names.Count).SequenceEqual(folder.Names);
}
