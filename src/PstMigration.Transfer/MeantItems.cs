using System.Runtime.CompilerServices;
using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>Which items of a source a run would take, as far as its lists tell.</summary>
public static class MeantItems
{
    /// <summary>Lists them; those of which only the opened item can tell are among them. What cannot be listed is left out: the run says why.</summary>
    /// <param name="source">The source; stays the caller's.</param>
    /// <param name="filter">Which folders and items.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="MailDataException">FolderNotFound; or the source cannot be used.</exception>
    public static async IAsyncEnumerable<ItemKey> ListAsync(IItemSource source, ItemFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (source is null || filter is null)
        {
            throw new ArgumentNullException(source is null ? nameof(source) : nameof(filter));
        }

        List<SourceFolder> folders = [];
        await foreach (SourceFolder folder in source.ReadFoldersAsync(cancellationToken).ConfigureAwait(false))
        {
            folders.Add(folder);
        }

        FolderReader reader = new(source, (_, _) => { });
        foreach (SourceFolder folder in FolderChoice.Choose(folders, filter.Folders, source.Name))
        {
            await foreach (SourceItem item in reader.ReadAsync(folder, cancellationToken).ConfigureAwait(false))
            {
                if (filter.Includes(item.Summary) != false)
                {
                    yield return item.Key;
                }
            }
        }
    }
}
