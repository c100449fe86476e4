using System.Runtime.CompilerServices;
using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>Some items of a source, as if it had no others: the folders they are in, and those above.</summary>
internal sealed class SampledSource : IItemSource
{
    private readonly IItemSource _source;
    private readonly HashSet<ItemKey> _items;
    private readonly HashSet<FolderPath> _folders;

    private SampledSource(IItemSource source, HashSet<ItemKey> items, HashSet<FolderPath> folders)
    {
        _source = source;
        _items = items;
        _folders = folders;
    }

    /// <summary>How many items were taken.</summary>
    public int Count => _items.Count;

    /// <summary>From how many folders.</summary>
    public int Folders => _folders.Count;

    public string Name => _source.Name;

    public string StoreKey => _source.StoreKey;

    public SourceTraits Traits => _source.Traits;

    public SourceReport Report => _source.Report;

    /// <summary>
    /// Takes a sample: of each folder people see one item, then a second one of each, and so on until there are enough. Which folders come first and which items of them is up to the
    /// generator; of equal sources equal generators take equal samples.
    /// </summary>
    /// <param name="source">The source; stays the caller's.</param>
    /// <param name="count">How many items.</param>
    /// <param name="random">The generator.</param>
    /// <param name="tellUnreadable">Is told of folders that cannot be listed.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<SampledSource> TakeAsync(
        IItemSource source, int count, Random random, Action<SourceFolder, MailDataException> tellUnreadable, CancellationToken cancellationToken)
    {
        List<(FolderPath Folder, List<ItemKey> Items)> candidates = [];
        FolderReader reader = new(source, tellUnreadable);
        List<SourceFolder> folders = [];
        await foreach (SourceFolder folder in source.ReadFoldersAsync(cancellationToken).ConfigureAwait(false))
        {
            folders.Add(folder);
        }

        foreach (SourceFolder folder in folders.Where(f => !f.IsHidden))
        {
            candidates.Add((folder.Path, await ChooseAsync(reader.ReadAsync(folder, cancellationToken), count, random).ConfigureAwait(false)));
        }

        Shuffle(candidates, random);
        HashSet<ItemKey> items = [];
        HashSet<FolderPath> sampled = [];
        for (int turn = 0; items.Count < count && candidates.Exists(c => turn < c.Items.Count); turn++)
        {
            foreach ((FolderPath folder, List<ItemKey> chosen) in candidates.Where(c => turn < c.Items.Count).Take(count - items.Count))
            {
                items.Add(chosen[turn]);
                sampled.Add(folder);
            }
        }

        return new SampledSource(source, items, sampled);
    }

    /// <summary>All folders: those above the ones items were taken from have names and roles that decide where these go.</summary>
    public IAsyncEnumerable<SourceFolder> ReadFoldersAsync(CancellationToken cancellationToken) => _source.ReadFoldersAsync(cancellationToken);

    public async IAsyncEnumerable<SourceItem> ReadItemsAsync(SourceFolder folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!_folders.Contains(folder.Path))
        {
            yield break;
        }

        await foreach (SourceItem item in _source.ReadItemsAsync(folder, cancellationToken).ConfigureAwait(false))
        {
            if (_items.Contains(item.Key))
            {
                yield return item;
            }
        }
    }

    public ValueTask DisposeAsync() => default;

    /// <summary>Some items of a list, each with the same chance, in random order, and no more kept than that: Vitter's algorithm R.</summary>
    private static async Task<List<ItemKey>> ChooseAsync(IAsyncEnumerable<SourceItem> items, int count, Random random)
    {
        List<ItemKey> chosen = [];
        int seen = 0;
        await foreach (SourceItem item in items.ConfigureAwait(false))
        {
            seen++;
            int place = chosen.Count < count ? chosen.Count : random.Next(seen);
            if (place == chosen.Count)
            {
                chosen.Add(item.Key);
            }
            else if (place < count)
            {
                chosen[place] = item.Key;
            }
        }

        Shuffle(chosen, random);
        return chosen;
    }

    private static void Shuffle<T>(List<T> list, Random random)
    {
        for (int last = list.Count - 1; last > 0; last--)
        {
            int other = random.Next(last + 1);
            (list[last], list[other]) = (list[other], list[last]);
        }
    }
}
