using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Messaging;

/// <summary>
/// A folder with all folders and items below it, found by the parents the nodes name: tables that lost a row lose nothing here. Looks at
/// every node of the file.
/// </summary>
internal sealed class FolderSubtree
{
    private static readonly NodeIdType[] s_tables = [NodeIdType.HierarchyTable, NodeIdType.ContentsTable, NodeIdType.AssociatedContentsTable];
    private static readonly NodeIdType[] s_searchNodes = [NodeIdType.SearchUpdateQueue, NodeIdType.SearchCriteria, NodeIdType.SearchContentsTable];

    private readonly List<NodeId> _items = [];

    private FolderSubtree()
    {
    }

    /// <summary>The folders, search folders among them.</summary>
    public HashSet<NodeId> Folders { get; } = [];

    /// <summary>Finds what is below a folder.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public static FolderSubtree Find(INodeDatabase database, NodeId top)
    {
        Dictionary<NodeId, List<NodeId>> children = [];
        foreach (NodeEntry node in database.EnumerateNodes())
        {
            if (node.Id.Type is NodeIdType.NormalFolder or NodeIdType.SearchFolder && node.Parent != node.Id)
            {
                if (!children.TryGetValue(node.Parent, out List<NodeId>? list))
                {
                    children.Add(node.Parent, list = []);
                }

                list.Add(node.Id);
            }
        }

        FolderSubtree subtree = new();
        Stack<NodeId> open = new([top]);
        while (open.Count > 0)
        {
            NodeId folder = open.Pop();
            if (subtree.Folders.Add(folder) && children.TryGetValue(folder, out List<NodeId>? below))
            {
                below.ForEach(open.Push);
            }
        }

        foreach (NodeEntry node in database.EnumerateNodes())
        {
            if (node.Id.Type is NodeIdType.NormalMessage or NodeIdType.AssociatedMessage && subtree.Folders.Contains(node.Parent))
            {
                subtree._items.Add(node.Id);
            }
        }

        return subtree;
    }

    /// <summary>Takes all of it out of the file.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public void Remove(INodeStore store)
    {
        foreach (NodeId item in _items)
        {
            store.RemoveNode(item);
        }

        foreach (NodeId folder in Folders)
        {
            foreach (NodeIdType type in folder.Type == NodeIdType.SearchFolder ? s_searchNodes : s_tables)
            {
                if (store.TryFindNode(folder.WithType(type), out _))
                {
                    store.RemoveNode(folder.WithType(type));
                }
            }

            store.RemoveNode(folder);
        }
    }
}
