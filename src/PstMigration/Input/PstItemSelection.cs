using PstMigration.Errors;
using PstMigration.Pst;

namespace PstMigration;

/// <summary>Items of data files that come through the pipeline one by one, by file, in the order of the files.</summary>
internal sealed class PstItemSelection
{
    private readonly Dictionary<string, List<PstItemInfo>> _byPath = new(StringComparer.Ordinal);
    private readonly List<string> _paths = [];

    /// <summary>The files.</summary>
    internal IReadOnlyList<string> Paths => _paths;

    /// <summary>Adds an item.</summary>
    internal void Add(PstItemInfo item)
    {
        if (!_byPath.TryGetValue(item.Path, out List<PstItemInfo>? items))
        {
            _byPath.Add(item.Path, items = []);
            _paths.Add(item.Path);
        }

        items.Add(item);
    }

    /// <summary>The items of a file that folders list, each once.</summary>
    /// <param name="path">The file.</param>
    /// <param name="notListed">Takes those that no folder lists.</param>
    internal Dictionary<NodeId, PstItemInfo> Of(string path, Action<PstItemInfo> notListed)
    {
        Dictionary<NodeId, PstItemInfo> items = [];
        foreach (PstItemInfo item in _byPath[path])
        {
            if (item.IsRecovered)
            {
                notListed(item);
            }
            else
            {
                items[NodeId.Parse(item.NodeId)] = item;
            }
        }

        return items;
    }

    /// <summary>Throws where a file is not the one its items were listed from.</summary>
    /// <exception cref="Mapi.MailDataException">PstChanged.</exception>
    internal static void CheckUnchanged(string path, long generation, string storeKey, IEnumerable<PstItemInfo> items)
    {
        if (items.Any(i => i.Generation != generation || "pst:" + i.RecordKey != storeKey))
        {
            throw FileErrors.Changed(path);
        }
    }
}
