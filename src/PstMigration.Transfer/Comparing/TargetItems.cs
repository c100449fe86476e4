using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>The items of the target that have no partner yet, by what they can be found by.</summary>
internal sealed class TargetItems
{
    /// <summary>Of thousands of equal items one is as good as another.</summary>
    private const int MostLookedAt = 100;

    private readonly List<ReadItem> _items = [];
    private readonly HashSet<int> _taken = [];
    private readonly Dictionary<Guid, Guid> _origins = [];
    private readonly Dictionary<Guid, List<int>> _byOrigin = [];
    private readonly Dictionary<Guid, List<int>> _byContent = [];
    private readonly Dictionary<long, List<int>> _byIdentity = [];

    /// <summary>Those that were taken, by their numbers in the order they were added.</summary>
    public IReadOnlyCollection<int> Taken => _taken;

    /// <summary>Notes of which item a copy is one, by their folded keys. Before the items.</summary>
    public void AddOrigin(Guid copy, Guid item) => _origins[copy] = item;

    /// <summary>Notes an item that could be read.</summary>
    public void Add(ReadItem item)
    {
        int index = _items.Count;
        _items.Add(item);
        Note(_byContent, item.Print!.Content, index);
        if (item.Print.Identity != 0)
        {
            Note(_byIdentity, item.Print.Identity, index);
        }

        if (_origins.TryGetValue(Fold.Of(item.Key), out Guid origin))
        {
            Note(_byOrigin, origin, index);
        }
    }

    /// <summary>The copy of an item: of several, one that has its content, else the newest.</summary>
    public ReadItem? TakeCopy(ItemKey key, ItemFingerprint print) => _origins.Count > 0 && _byOrigin.TryGetValue(Fold.Of(key), out List<int>? copies)
        ? Take(copies, i => _items[i].Print!.Content == print.Content)
        : null;

    /// <summary>An item of the same content, in a folder before all others.</summary>
    public ReadItem? TakeEqual(ItemFingerprint print, FolderPath folder) => Take(_byContent, print.Content, folder);

    /// <summary>An item of the same identity, in a folder before all others.</summary>
    public ReadItem? TakeSameIdentity(ItemFingerprint print, FolderPath folder) => print.Identity == 0 ? null : Take(_byIdentity, print.Identity, folder);

    private ReadItem? Take<T>(Dictionary<T, List<int>> index, T key, FolderPath folder)
        where T : notnull => index.TryGetValue(key, out List<int>? found) ? Take(found, i => _items[i].Folder.Equals(folder)) : null;

    private ReadItem? Take(List<int> found, Func<int, bool> isBest)
    {
        int best = -1;
        int left = MostLookedAt;
        for (int i = found.Count - 1; i >= 0 && left > 0; i--)
        {
            if (_taken.Contains(found[i]))
            {
                found.RemoveAt(i);
                best--;
                continue;
            }

            left--;
            if (isBest(found[i]))
            {
                best = i;
                break;
            }

            best = best < 0 ? i : best;
        }

        if (best < 0)
        {
            return null;
        }

        int taken = found[best];
        found.RemoveAt(best);
        _taken.Add(taken);
        return _items[taken];
    }

    private static void Note<T>(Dictionary<T, List<int>> index, T key, int item)
        where T : notnull
    {
        if (!index.TryGetValue(key, out List<int>? items))
        {
            index.Add(key, items = []);
        }

        items.Add(item);
    }
}
