using System.Runtime.CompilerServices;
using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>What a target remembers of a transfer, as its journal would have it.</summary>
internal static class RememberedCopies
{
    /// <summary>All copies. Which of them are not whole the next run tells.</summary>
    public static async IAsyncEnumerable<JournalItem> ReadAsync(ICopyLister target, string sourceStore, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (ListedCopy copy in target.ReadCopiesAsync(sourceStore, cancellationToken).ConfigureAwait(false))
        {
            yield return new JournalItem(copy.Key, copy.Folder ?? FolderPath.Root, ItemFate.AlreadyThere)
            {
                Version = copy.Version,
                Marker = copy.Marker,
                TargetKey = copy.TargetKey,
                Losses = copy.Losses,
            };
        }
    }
}
