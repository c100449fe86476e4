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
    private readonly Dictionary<long, List<int>> _byWhole = [];
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
        Note(_byWhole, item.Print!.Whole, index);
        Note(_byContent, item.Print.Content, index);
        if (item.Print.Identity != 0)
        {
            Note(_byIdentity, item.Print.Identity, index);
        }

        if (_origins.TryGetValue(Fold.Of(item.Key), out Guid origin))
        {
            Note(_byOrigin, origin, index);
        }
    }

    /// <summary>The copy of an item: of several the one that differs least, and of these the newest.</summary>
    public ReadItem? TakeCopy(ReadItem item, FolderPath folder) => _origins.Count > 0 && _byOrigin.TryGetValue(Fold.Of(item.Key), out List<int>? copies)
        ? Take(item, folder, int.MaxValue, copies)
        : null;

    /// <summary>An item that differs in nothing, in its folder.</summary>
    public ReadItem? TakeSame(ReadItem item, FolderPath folder) => Take(item, folder, 0, Find(_byWhole, item.Print!.Whole));

    /// <summary>An item of the same content that differs in so many parts, the folder among them, at most: the one that differs least.</summary>
    public ReadItem? TakeEqual(ReadItem item, FolderPath folder, int most) =>
        Take(item, folder, most, Find(_byContent, item.Print!.Content), Find(_byWhole, item.Print.Whole));

    /// <summary>The same of the same identity.</summary>
    public ReadItem? TakeSameIdentity(ReadItem item, FolderPath folder, int most) =>
        item.Print!.Identity == 0 ? null : Take(item, folder, most, Find(_byIdentity, item.Print.Identity));

    private static List<int>? Find<T>(Dictionary<T, List<int>> index, T key)
        where T : notnull => index.TryGetValue(key, out List<int>? found) ? found : null;

    private ReadItem? Take(ReadItem item, FolderPath folder, int most, params List<int>?[] lists)
    {
        ReadItem? best = null;
        (int Differences, int Ties) least = (most, int.MaxValue);
        int taken = -1;
        foreach (List<int> found in lists.OfType<List<int>>())
        {
            int left = MostLookedAt;
            for (int i = found.Count - 1; i >= 0 && left > 0 && least != (0, 0); i--)
            {
                if (_taken.Contains(found[i]))
                {
                    found.RemoveAt(i);
                    continue;
                }

                left--;
                (int, int) distance = Distance(item.Print!, folder, _items[found[i]]);
                if (distance.CompareTo(least) < 0)
                {
                    (best, least, taken) = (_items[found[i]], distance, found[i]);
                }
            }
        }

        return best is not null && _taken.Add(taken) ? best : null;
    }

    /// <summary>In how many parts two items differ; where that is equal, the one in the right folder and the one of the same identity come first.</summary>
    private static (int Differences, int Ties) Distance(ItemFingerprint print, FolderPath folder, ReadItem other)
    {
        int parts = 0;
        for (int left = (int)print.DifferencesTo(other.Print!); left != 0; left &= left - 1)
        {
            parts++;
        }

        int elsewhere = other.Folder.Equals(folder) ? 0 : 1;
        return (parts + elsewhere, (elsewhere * 2) + (print.Identity == other.Print!.Identity ? 0 : 1));
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
