namespace PstMigration.Pst.Checking;

/// <summary>Which nodes there are and how they hang together, as far as the NBT itself says it.</summary>
internal sealed class NodeSetCheck(CheckContext context, NodeTable nodes, NodePlaces places)
{
    // Store, name map, root folder ([MS-PST] 2.7.1). The tables of the root folder are those of a folder.
    private static readonly uint[] s_required = [0x21, 0x61, 0x122];

    // Outlook copies these when it makes a folder or an item ([MS-PST] 2.7.1); who only reads needs none.
    private static readonly uint[] s_templates = [0x60D, 0x60E, 0x60F, 0x610, 0x671, 0x692];

    private static readonly (NodeIdType Table, NodeState Lists)[] s_folderTables =
    [
        (NodeIdType.HierarchyTable, NodeState.HasFolders),
        (NodeIdType.ContentsTable, NodeState.HasItems),
        (NodeIdType.AssociatedContentsTable, NodeState.HasAssociated),
    ];

    private static readonly NodeIdType[] s_searchNodes =
        [NodeIdType.SearchUpdateQueue, NodeIdType.SearchCriteria, NodeIdType.SearchContentsTable];

    public IEnumerable<Pause> Run()
    {
        CheckExist(PstCheckRules.RequiredNode, s_required);
        CheckExist(PstCheckRules.TemplateNode, s_templates);
        for (int i = 0; i < nodes.Count; i++)
        {
            NoteChild(i);
        }

        for (int i = 0; i < nodes.Count; i++)
        {
            CheckNode(i);
            if (i % 256 == 0)
            {
                context.Advance();
                yield return default;
            }
        }
    }

    private void CheckExist(PstCheckRule rule, uint[] ids)
    {
        foreach (uint id in ids)
        {
            if (!nodes.Contains(new NodeId(id)))
            {
                context.Report(rule, null, "NBT", id);
            }
        }
    }

    // Tells a folder what is in it, where its tables are missing.
    private void NoteChild(int index)
    {
        NodeId id = nodes[index].NodeId;
        NodeState kind = id.Type switch
        {
            NodeIdType.NormalFolder or NodeIdType.SearchFolder when id != NodeId.RootFolder => NodeState.HasFolders,
            NodeIdType.NormalMessage => NodeState.HasItems,
            NodeIdType.AssociatedMessage => NodeState.HasAssociated,
            _ => NodeState.None,
        };
        int parent = kind == NodeState.None ? -1 : nodes.Find(new NodeId(nodes[index].Parent));
        if (parent >= 0)
        {
            nodes[parent].State |= kind;
        }
    }

    private void CheckNode(int index)
    {
        ref NodeTable.Row node = ref nodes[index];
        NodeId parent = new(node.Parent);
        switch (node.NodeId.Type)
        {
            case NodeIdType.NormalFolder:
                CheckParent(index);
                CheckTables(index);
                break;
            case NodeIdType.SearchFolder:
                CheckParent(index);
                CheckSearchNodes(index);
                break;
            case NodeIdType.NormalMessage or NodeIdType.AssociatedMessage:
                if (!nodes.IsFolder(parent))
                {
                    context.Report(PstCheckRules.ItemFolder, places.Of(index), parent.Value);
                }

                break;
            default:
                if (!parent.IsNone)
                {
                    context.Report(PstCheckRules.ParentZero, places.Of(index), parent.Value);
                }

                break;
        }
    }

    private void CheckParent(int index)
    {
        NodeId id = nodes[index].NodeId;
        NodeId parent = new(nodes[index].Parent);
        if (id == NodeId.RootFolder)
        {
            if (parent != id)
            {
                context.Report(PstCheckRules.RootParent, places.Of(index), parent.Value);
            }
        }
        else if (!nodes.IsFolder(parent))
        {
            context.Report(PstCheckRules.FolderParent, places.Of(index), parent.Value);
        }
        else
        {
            CheckWayUp(index);
        }
    }

    // A table without data is none.
    private void CheckTables(int index)
    {
        foreach ((NodeIdType table, NodeState lists) in s_folderTables)
        {
            NodeId id = nodes[index].NodeId.WithType(table);
            int found = nodes.Find(id);
            if (found < 0 || nodes[found].Data == 0)
            {
                bool isEmpty = (nodes[index].State & lists) == 0;
                context.Report(isEmpty ? PstCheckRules.EmptyTables : PstCheckRules.FolderTables, places.Of(index), id.Value);
            }
        }
    }

    private void CheckSearchNodes(int index)
    {
        foreach (NodeIdType type in s_searchNodes)
        {
            NodeId id = nodes[index].NodeId.WithType(type);
            if (!nodes.Contains(id))
            {
                context.Report(PstCheckRules.SearchTables, places.Of(index), id.Value);
            }
        }
    }

    // Follows the parents until a folder whose way is known, so that all folders together take one step each.
    private void CheckWayUp(int index)
    {
        int at = index;
        while (at >= 0 && (nodes[at].State & (NodeState.Placed | NodeState.OnPath)) == 0 && nodes[at].NodeId != NodeId.RootFolder)
        {
            nodes[at].State |= NodeState.OnPath;
            at = nodes.Find(new NodeId(nodes[at].Parent));
        }

        if (at >= 0 && (nodes[at].State & NodeState.OnPath) != 0)
        {
            context.Report(PstCheckRules.FolderCycle, places.Of(at));
        }

        for (at = index; at >= 0 && (nodes[at].State & NodeState.OnPath) != 0; at = nodes.Find(new NodeId(nodes[at].Parent)))
        {
            nodes[at].State = (nodes[at].State & ~NodeState.OnPath) | NodeState.Placed;
        }
    }
}
