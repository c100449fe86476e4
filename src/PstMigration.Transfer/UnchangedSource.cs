using System.Runtime.CompilerServices;
using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>
/// Finds out whether a run would write anything, and writes nothing: whether the target remembers every item of the source as it is now, where it is now. Folders are listed by what changed since the run before
/// where source, target and journal know, so that it costs little also where the answer is no and the run lists them again.
/// </summary>
internal static class UnchangedSource
{
    /// <summary>Counts the items, if none is new.</summary>
    /// <param name="source">From where.</param>
    /// <param name="folders">The folders that are meant.</param>
    /// <param name="options">What the run would be told.</param>
    /// <param name="target">To where. Nothing is written to it.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>How many items there are, as far as folders were not listed as they count themselves; null where a run would write something, or that cannot be told.</returns>
    /// <exception cref="MailDataException">Source, target or journal cannot be used.</exception>
    public static async Task<long?> CountAsync(
        IItemSource source, IReadOnlyList<SourceFolder> folders, TransferOptions options, IItemTarget target, CancellationToken cancellationToken)
    {
        Dictionary<string, FolderFeed> known = ReadFeeds(source, options, target);
        long count = 0;
        foreach (SourceFolder folder in folders)
        {
            FolderFeed? feed = known.TryGetValue(folder.Key.Id, out FolderFeed? left) && left.Options == options.Fingerprint && left.Place == ChangeListing.PlaceOf(folder) ? left : null;
            ItemChanges? changes = (source as IItemChangeFeed)?.ReadChanges(folder, feed?.State);
            long listed = 0;
            await foreach (SourceItem item in ReadAsync(source, folder, changes, cancellationToken).ConfigureAwait(false))
            {
                bool? isMeant = options.Filter.Includes(item.Summary);
                if (isMeant is null || (isMeant == true && !await IsThereAsync(folder, item).ConfigureAwait(false)))
                {
                    return null;
                }

                listed += isMeant == true ? 1 : 0;
            }

            count += changes is null || feed is null || changes.IsFull ? listed : folder.ItemCount;
        }

        return count;

        async Task<bool> IsThereAsync(SourceFolder folder, SourceItem item) => item.Version is ItemVersion version
            && (await target.FindAsync(item.Key, cancellationToken).ConfigureAwait(false)).Any(r => r.IsWhole && r.HasVersion(version) && r.WasIn(folder.Path));
    }

    private static async IAsyncEnumerable<SourceItem> ReadAsync(IItemSource source, SourceFolder folder, ItemChanges? changes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (changes is null)
        {
            await foreach (SourceItem item in source.ReadItemsAsync(folder, cancellationToken).ConfigureAwait(false))
            {
                yield return item;
            }

            yield break;
        }

        await foreach (ItemChange change in changes.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (change.Item is SourceItem item)
            {
                yield return item;
            }
        }
    }

    private static Dictionary<string, FolderFeed> ReadFeeds(IItemSource source, TransferOptions options, IItemTarget target)
    {
        if (source is not IItemChangeFeed || options.Journals is null || target is not ITargetState { State: string state })
        {
            return [];
        }

        using SqliteJournal? journal = options.Journals.TryOpen(new TransferPlan(source.StoreKey, target.StoreKey) { SourceName = source.Name, TargetName = target.Name });
        return journal?.ReadFeeds() is JournalFeeds left && left.TargetState == state ? left.Folders.ToDictionary(f => f.Folder, StringComparer.Ordinal) : [];
    }
}
