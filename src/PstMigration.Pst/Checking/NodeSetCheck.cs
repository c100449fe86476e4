using System.Collections.Generic;
using PstMigration.Pst.Ndb;

namespace PstMigration.Pst.Checking;

/// <summary>Which nodes there are and how they hang together, as far as the NBT itself says it.</summary>
internal sealed class NodeSetCheck(CheckContext context, NodeTable nodes, NodePlaces places)
{
    // Store, name map, root folder and its tables, table templates (ms-pst A.6).
    private static readonly uint[] s_required = [0x21, 0x61, 0x122, 0x12D, 0x12E, 0x12F, 0x60D, 0x60E, 0x60F, 0x610, 0x671, 0x692];

    private static readonly NodeIdType[] s_folderTables =
        [NodeIdType.HierarchyTable, NodeIdType.ContentsTable, NodeIdType.AssociatedContentsTable];

    private static readonly NodeIdType[] s_searchNodes =
        [NodeIdType.SearchUpdateQueue, NodeIdType.SearchCriteria, NodeIdType.SearchContentsTable];

    public IEnumerable<Pause> Run()
    {
        foreach (uint id in s_required)
        {
            if (!nodes.Contains(new NodeId(id)))
            {
                context.Report(PstCheckRules.RequiredNode, null, "NBT", id);
            }
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

    private void CheckNode(int index)
    {
        ref NodeTable.Row node = ref nodes[index];
        NodeId parent = new(node.Parent);
        switch (node.NodeId.Type)
        {
            case NodeIdType.NormalFolder:
                CheckFolder(index, PstCheckRules.FolderTables, s_folderTables);
                break;
            case NodeIdType.SearchFolder:
                CheckFolder(index, PstCheckRules.SearchTables, s_searchNodes);
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

    private void CheckFolder(int index, PstCheckRule rule, NodeIdType[] companions)
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

        foreach (NodeIdType type in companions)
        {
            if (!nodes.Contains(id.WithType(type)))
            {
                context.Report(rule, places.Of(index), id.WithType(type).Value);
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
