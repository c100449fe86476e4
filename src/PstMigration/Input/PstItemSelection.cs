using System.Management.Automation;
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

    /// <summary>How many different items of a file were given.</summary>
    internal int Count(string path) => _byPath[path].Select(i => i.NodeId).Distinct().Count();

    /// <summary>Adds an item.</summary>
    internal void Add(PstItemInfo item)
    {
        if (!_byPath.TryGetValue(item.PstPath, out List<PstItemInfo>? items))
        {
            _byPath.Add(item.PstPath, items = []);
            _paths.Add(item.PstPath);
        }

        items.Add(item);
    }

    /// <summary>
    /// The items of a file that folders list and that are as they were when they were listed, each once. Whatever else was done to the file since is of no matter.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="storeKey">The <see cref="Mapi.ItemKey.Store"/> of the file as it is now.</param>
    /// <param name="stampOf">The <see cref="PstFile.StampOf"/> of its items now.</param>
    /// <param name="onError">Takes what is wrong with an item that is left out.</param>
    /// <param name="onGone">Takes an item that is no longer in the file; null where that is an error.</param>
    internal Dictionary<NodeId, PstItemInfo> Of(
        string path, string storeKey, Func<NodeId, string> stampOf, Action<ErrorRecord> onError, Action<NodeId>? onGone = null)
    {
        Dictionary<NodeId, PstItemInfo> items = [];
        foreach (PstItemInfo item in _byPath[path])
        {
            NodeId id = NodeId.Parse(item.NodeId);
            if (item.IsRecovered)
            {
                onError(ErrorRecords.From(FileErrors.NotListed(item), item));
            }
            else if ("pst:" + item.RecordKey == storeKey && stampOf(id).Length == 0 && onGone is not null)
            {
                onGone(id);
            }
            else if ("pst:" + item.RecordKey != storeKey || stampOf(id) != item.Version)
            {
                onError(ErrorRecords.From(FileErrors.Changed(item), item));
            }
            else
            {
                items[id] = item;
            }
        }

        return items;
    }
}
