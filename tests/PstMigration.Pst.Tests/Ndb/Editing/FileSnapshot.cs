using PstMigration.Mapi;
using PstMigration.Pst.Ndb.Files;

namespace PstMigration.Pst.Tests.Ndb.Editing;

/// <summary>All that can be read of a file: the items each folder lists, and a digest of everything in each item that can be read whole.</summary>
internal sealed class FileSnapshot
{
    private readonly Dictionary<NodeId, string> _items = [];
    private readonly HashSet<(NodeId Folder, NodeId Item)> _rows = [];

    /// <summary>Items that can be read.</summary>
    public IReadOnlyCollection<NodeId> Items => _items.Keys;

    /// <summary>The folders that list items, and what they list.</summary>
    public IReadOnlyCollection<(NodeId Folder, NodeId Item)> Rows => _rows;

    /// <summary>Reads a file; what cannot be read is not in the result.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="acceptDamage">Whether damaged items are read for what is left of them.</param>
    public static FileSnapshot Take(byte[] bytes, bool acceptDamage)
    {
        FileSnapshot snapshot = new();
        Try(() =>
        {
            using PstFile file = PstFile.Open(new MemoryFileBytes(bytes), "x.pst", new PstOpenOptions { AcceptDamage = acceptDamage });
            snapshot.Read(file);
        });
        return snapshot;
    }

    /// <summary>What of it is not in another snapshot, or differs there.</summary>
    /// <param name="after">The other.</param>
    /// <param name="gone">An item that is meant to be missing.</param>
    public string? FindLoss(FileSnapshot after, NodeId gone)
    {
        foreach (KeyValuePair<NodeId, string> item in _items.Where(i => i.Key != gone))
        {
            if (!after._items.TryGetValue(item.Key, out string? digest))
            {
                return $"item {item.Key} cannot be read";
            }

            if (digest != item.Value)
            {
                return $"item {item.Key} reads otherwise";
            }
        }

        return _rows.Where(r => r.Item != gone && !after._rows.Contains(r)).Select(r => $"folder {r.Folder} does not list {r.Item}").FirstOrDefault();
    }

    private void Read(PstFile file)
    {
        HashSet<NodeId> visited = [];
        Stack<PstFolder> open = new();
        Try(() => open.Push(file.Root));
        Try(() => open.Push(file.IpmSubtree));
        while (open.Count > 0)
        {
            PstFolder folder = open.Pop();
            if (visited.Add(folder.NodeId) && !folder.IsSearchFolder)
            {
                Try(() => ReadRows(file, folder, folder.EnumerateItems()));
                Try(() => ReadRows(file, folder, folder.EnumerateAssociated()));
                Try(() =>
                {
                    foreach (PstFolder child in folder.EnumerateFolders())
                    {
                        open.Push(child);
                    }
                });
            }
        }
    }

    private void ReadRows(PstFile file, PstFolder folder, IEnumerable<PstItemSummary> rows)
    {
        foreach (NodeId id in rows.Select(r => r.NodeId))
        {
            _rows.Add((folder.NodeId, id));
            if (!_items.ContainsKey(id))
            {
                Try(() => _items[id] = ItemDigester.Exact(file.OpenItem(id)).Hex);
            }
        }
    }

    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (MailDataException)
        {
            // Damage; what was read before it counts.
        }
    }
}
