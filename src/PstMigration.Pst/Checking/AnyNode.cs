using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Checking;

/// <summary>Nodes of which only the NID type and the first bytes say what they are.</summary>
internal static class AnyNode
{
    /// <summary>Checks a node by its type: a table, or a heap if it looks like one; anything else are bytes only Outlook knows.</summary>
    public static void Check(NodeContents contents, BlockId data, BlockId subnodes, Place place, NameMap? names)
    {
        if (data.IsNone)
        {
            return;
        }

        bool isTable = IsTable(place.Node.Type);
        if (!isTable && !LooksLikeHeap(contents, data, place))
        {
            return;
        }

        // Search contents that Outlook maintains itself are heaps of another kind.
        HeapSignature? expected = isTable && place.Node.Type != NodeIdType.SearchContentsTable ? HeapSignature.TableContext : null;
        if (NodeObject.Open(contents, data, subnodes, place, expected) is not NodeObject owner)
        {
            return;
        }

        if (owner.Heap.Client == HeapSignature.TableContext && Table.Read(owner, names) is Table table)
        {
            foreach (TableRow row in table.Rows())
            {
                _ = row;
            }
        }
        else if (owner.Heap.Client == HeapSignature.PropertyContext && PropertySet.Read(owner, names) is not null)
        {
            owner.Heap.CheckLeaks();
            owner.Subnodes.CheckUses(contents.Context, place);
        }
    }

    /// <summary>Whether nodes of the type are tables.</summary>
    public static bool IsTable(NodeIdType type) => type
        is NodeIdType.ReceiveFolderTable or NodeIdType.OutgoingQueueTable or NodeIdType.HierarchyTable or NodeIdType.ContentsTable
        or NodeIdType.AssociatedContentsTable or NodeIdType.SearchContentsTable or NodeIdType.AttachmentTable or NodeIdType.RecipientTable;

    private static bool LooksLikeHeap(NodeContents contents, BlockId data, Place place) =>
        contents.Open(data, place) is { Leaves.Length: > 0 } tree
        && contents.ReadLeaf(tree, 0) is byte[] first
        && CheckedHeap.IsHeap(first);
}
