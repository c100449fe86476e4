using PstMigration.Errors;
using PstMigration.Mapi;
using PstMigration.Pst;
using PstMigration.Transfer;

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
    /// <param name="storeKey">The <see cref="ItemKey.Store"/> of the file as it is now.</param>
    /// <param name="stampOf">The <see cref="PstFile.StampOf"/> of its items now.</param>
    /// <param name="onRefused">Takes an item that is left out, and what is wrong with it.</param>
    /// <param name="onGone">Takes an item that is no longer in the file; null where that is an error.</param>
    internal Dictionary<NodeId, PstItemInfo> Of(
        string path, string storeKey, Func<NodeId, string> stampOf, Action<PstItemInfo, MailDataException> onRefused, Action<NodeId>? onGone = null)
    {
        Dictionary<NodeId, PstItemInfo> items = [];
        foreach (PstItemInfo item in _byPath[path])
        {
            NodeId id = NodeId.Parse(item.NodeId);
            if (item.IsRecovered)
            {
                onRefused(item, FileErrors.NotListed(item));
            }
            else if ("pst:" + item.RecordKey == storeKey && stampOf(id).Length == 0 && onGone is not null)
            {
                onGone(id);
            }
            else if ("pst:" + item.RecordKey != storeKey || !IsAsListed(item, stampOf(id)))
            {
                onRefused(item, FileErrors.Changed(item));
            }
            else
            {
                items[id] = item;
            }
        }

        return items;
    }

    /// <summary>The same, and what was recovered, as one source; those that are left out are what a run begins with: each has failed, and is counted as any other that cannot be read.</summary>
    internal (PstItemSource Source, IReadOnlyList<ItemResult> Refused) Open(PstFile file, string path)
    {
        Dictionary<ItemKey, ItemResult> refused = [];
        void Refuse(PstItemInfo item, MailDataException error) =>
            refused[item.SourceKey] = new ItemResult(FolderPath.Parse(item.Folder), item.SourceKey, item.ListedSummary, WriteResult.Failed(error.Error, error.Message));

        Dictionary<NodeId, PstItemInfo> items = Of(path, file.StoreKey, file.StampOf, (item, error) =>
        {
            if (!item.IsRecovered)
            {
                Refuse(item, error);
            }
        });
        return (new PstItemSource(file, [.. items.Keys]) { Recovered = FindRecovered(file, path, Refuse) }, [.. refused.Values]);
    }

    /// <summary>Items that no folder lists, in the folders they were in; where such a folder is gone, in the deleted items.</summary>
    private List<PstRecoveredChoice> FindRecovered(PstFile file, string path, Action<PstItemInfo, MailDataException> onRefused)
    {
        Dictionary<(PstRecoveryKind Kind, ulong Block), PstItemInfo> wanted = [];
        foreach (PstItemInfo item in _byPath[path])
        {
            if (item.Reference.Recovered is not (PstRecoveryKind kind, ulong block, long generation))
            {
                continue;
            }

            if ("pst:" + item.RecordKey == file.StoreKey && generation == file.Generation)
            {
                wanted[(kind, block)] = item;
            }
            else
            {
                onRefused(item, FileErrors.Changed(item));
            }
        }

        List<PstRecoveredChoice> found = [];
        if (wanted.Count == 0)
        {
            return found;
        }

        List<PstFolder> folders = [.. file.EnumerateFolders(includeHidden: true)];
        HashSet<FolderPath> paths = [.. folders.Select(f => f.Path)];
        FolderPath lost = (folders.Find(f => f.Role == FolderRole.DeletedItems) ?? folders[0]).Path;
        foreach (PstRecoveredItem recovered in wanted.Keys.Select(k => k.Kind).Distinct().ToArray().SelectMany(file.RecoverItems))
        {
            if (wanted.TryGetValue((recovered.Kind, recovered.Block), out PstItemInfo? item) && wanted.Remove((recovered.Kind, recovered.Block)))
            {
                FolderPath folder = FolderPath.Parse(item.Folder);
                found.Add(new PstRecoveredChoice(recovered, item.SourceKey, item.Folder.Length > 0 && paths.Contains(folder) ? folder : lost, item.ListedSummary));
            }
        }

        foreach (PstItemInfo item in wanted.Values)
        {
            onRefused(item, FileErrors.Changed(item));
        }

        return found;
    }

    private static bool IsAsListed(PstItemInfo item, string stamp) => item.IsOfAnyVersion ? stamp.Length > 0 : stamp == item.Version;
}
