using PstMigration.Pst.Ltp;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Checking;

/// <summary>A node whose data is a heap: what its values are resolved against.</summary>
internal sealed class NodeObject(NodeContents contents, Place place, CheckedHeap heap, SubnodeList subnodes)
{
    private const int MaxValueInMemory = 16 << 20;

    public CheckContext Context => contents.Context;

    public NodeContents Contents => contents;

    public Place Place => place;

    public CheckedHeap Heap => heap;

    public SubnodeList Subnodes => subnodes;

    /// <summary>Opens a node's subnodes and its data as a heap; null, and findings, where either is damaged.</summary>
    public static NodeObject? Open(NodeContents contents, BlockId data, BlockId subnodes, Place place, HeapSignature? expected)
    {
        // Both are opened before either is given up, so that damage in one does not hide that in the other.
        SubnodeList? list = contents.OpenSubnodes(subnodes, place);
        CheckedHeap? heap = contents.Open(data, place) is NodeData tree ? CheckedHeap.Open(contents, tree, place, expected) : null;
        return heap is null || list is null ? null : new NodeObject(contents, place, heap, list);
    }

    /// <summary>The length of a value that is not inline, and its bytes where it is of moderate size; no finding where it is missing.</summary>
    public bool TryGetValue(HeapOrNodeId id, bool wantBytes, out long length, out ReadOnlyMemory<byte>? bytes)
    {
        length = 0;
        bytes = ReadOnlyMemory<byte>.Empty;
        if (id.IsNone)
        {
            return true;
        }

        if (id.IsHeapItem)
        {
            bool found = heap.TryGet(id.HeapItem, out ReadOnlyMemory<byte> item);
            bytes = item;
            length = item.Length;
            return found;
        }

        bytes = null;
        if (!subnodes.TryFind(id.Node, out SubnodeEntry entry))
        {
            return false;
        }

        length = contents.LengthOf(entry.Data);
        if (wantBytes && contents.Open(entry.Data, new Place(entry.Id, contents.OffsetOf(entry.Data), place)) is NodeData data)
        {
            bytes = contents.ReadAll(data, MaxValueInMemory);
        }

        return true;
    }

    /// <summary>Notes that a value is used; false, and a finding, where it does not exist or is used by another property.</summary>
    public bool TryUse(HeapOrNodeId id)
    {
        if (id.IsNone)
        {
            return true;
        }

        if (id.IsHeapItem)
        {
            return heap.TryTake(id.HeapItem, out _);
        }

        if (subnodes.TryUse(id.Node, out _))
        {
            return true;
        }

        Context.Report(PstCheckRules.SubnodeMissing, place, id.Value);
        return false;
    }
}
