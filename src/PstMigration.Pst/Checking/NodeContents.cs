using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Checking;

/// <summary>Finds what belongs to nodes: data, subnodes, sizes. Reports what cannot be had.</summary>
internal sealed class NodeContents(CheckContext context, BlockTable blocks, Dictionary<int, DataTreeSummary> trees, BlockSource source)
{
    /// <summary>The check.</summary>
    public CheckContext Context => context;

    /// <summary>Reads a data block; null where it is damaged.</summary>
    public byte[]? ReadLeaf(NodeData data, int leaf) => source.Read(data.Leaves[leaf]);

    /// <summary>Where a node's data, or its tree, starts in the file; null where it has none.</summary>
    public long? OffsetOf(BlockId data)
    {
        int index = data.IsNone ? -1 : blocks.Find(data);
        return index < 0 ? null : blocks[index].Offset;
    }

    /// <summary>Bytes of data under an id; 0 for none or a damaged one.</summary>
    public long LengthOf(BlockId data)
    {
        int index = data.IsNone ? -1 : blocks.Find(data);
        return index < 0 ? 0
            : !blocks[index].BlockId.IsInternal ? blocks[index].InflatedLength
            : trees.TryGetValue(index, out DataTreeSummary tree) ? tree.Length
            : 0;
    }

    /// <summary>Whether all blocks under an id exist and are sound.</summary>
    public bool IsReadable(BlockId data)
    {
        int index = data.IsNone ? -1 : blocks.Find(data);
        return data.IsNone
            || (index >= 0 && !blocks[index].BlockId.IsInternal && (blocks[index].State & BlockState.Damaged) == 0)
            || (index >= 0 && trees.TryGetValue(index, out DataTreeSummary tree) && tree.IsReadable);
    }

    /// <summary>The blocks of a node's data; null, and a finding, where not all of them can be read.</summary>
    public NodeData? Open(BlockId data, Place place)
    {
        if (data.IsNone)
        {
            return new NodeData([], 0);
        }

        int index = blocks.Find(data);
        if (index >= 0 && !blocks[index].BlockId.IsInternal)
        {
            if ((blocks[index].State & BlockState.Damaged) == 0)
            {
                return new NodeData([index], blocks[index].InflatedLength);
            }
        }
        else if (index >= 0 && trees.TryGetValue(index, out DataTreeSummary tree) && tree.IsReadable)
        {
            List<int> leaves = [];
            if (TryCollect(index, tree.Level, leaves))
            {
                return new NodeData([.. leaves], tree.Length);
            }
        }
        else if (index >= 0 && (blocks[index].State & BlockState.Subnodes) != 0)
        {
            context.Report(PstCheckRules.BlockKind, blocks[index].Offset, "block " + data, SubnodeTreeHeader.ExpectedType);
            return null;
        }

        context.Report(PstCheckRules.NodeUnreadable, place);
        return null;
    }

    /// <summary>A node's subnodes; null, and a finding, where they cannot be read.</summary>
    public SubnodeList? OpenSubnodes(BlockId root, Place place)
    {
        SubnodeList list = new();
        if (root.IsNone)
        {
            return list;
        }

        int index = blocks.Find(root);
        byte[]? data = index < 0 ? null : source.Read(index);
        if (data is null || (blocks[index].State & BlockState.Damaged) != 0)
        {
            context.Report(PstCheckRules.NodeUnreadable, place);
            return null;
        }

        if ((blocks[index].State & BlockState.Subnodes) == 0)
        {
            context.Report(PstCheckRules.BlockKind, blocks[index].Offset, "block " + root, data[0]);
            return null;
        }

        SubnodeTreeHeader header = SubnodeTreeHeader.Read(data);
        if (header.Level == 0)
        {
            AddSubnodes(list, data, header.Count);
            return list;
        }

        for (int i = 0; i < header.Count; i++)
        {
            SubnodeIndexEntry entry = SubnodeIndexEntry.Read(
                data.AsSpan(context.Layout.SubnodeHeaderSize + (i * context.Layout.SubnodeIndexEntrySize)), context.Layout);
            int child = blocks.Find(entry.Child);
            byte[]? below = child < 0 || (blocks[child].State & BlockState.Subnodes) == 0 ? null : source.Read(child);
            if (below is null || SubnodeTreeHeader.Read(below).Level != 0)
            {
                context.Report(PstCheckRules.NodeUnreadable, place);
                return null;
            }

            AddSubnodes(list, below, SubnodeTreeHeader.Read(below).Count);
        }

        return list;
    }

    /// <summary>Notes that the subnodes under an id are being looked at; false where they were before.</summary>
    public bool TryEnterSubnodes(BlockId root)
    {
        int index = root.IsNone ? -1 : blocks.Find(root);
        if (index < 0)
        {
            return true;
        }

        bool first = (blocks[index].State & BlockState.Walked) == 0;
        blocks[index].State |= BlockState.Walked;
        return first;
    }

    /// <summary>Reads a node's data whole if it has at most <paramref name="limit"/> bytes; null otherwise.</summary>
    public ReadOnlyMemory<byte>? ReadAll(NodeData data, int limit)
    {
        if (data.Length > limit)
        {
            return null;
        }

        if (data.Leaves.Length == 1)
        {
            return source.Read(data.Leaves[0]) is byte[] only ? only : null;
        }

        byte[] all = new byte[data.Length];
        int position = 0;
        foreach (int leaf in data.Leaves)
        {
            if (source.Read(leaf) is not byte[] part)
            {
                return null;
            }

            part.CopyTo(all, position);
            position += part.Length;
        }

        return all;
    }

    private void AddSubnodes(SubnodeList list, byte[] data, int count)
    {
        // An order that is not ascending was reported with the block; what follows cannot be found by readers either.
        for (int i = 0; i < count; i++)
        {
            int at = context.Layout.SubnodeHeaderSize + (i * context.Layout.SubnodeEntrySize);
            if (at + context.Layout.SubnodeEntrySize > data.Length
                || !list.TryAdd(SubnodeEntry.Read(data.AsSpan(at), context.Layout)))
            {
                break;
            }
        }
    }

    private bool TryCollect(int root, int level, List<int> leaves)
    {
        if (source.Read(root) is not byte[] data)
        {
            return false;
        }

        for (int at = DataTreeHeader.Size; at < data.Length; at += context.Layout.IdSize)
        {
            int child = blocks.Find(context.Layout.ReadBlockId(data.AsSpan(at)));
            if (level == 1)
            {
                context.Spend(sizeof(int));
                leaves.Add(child);
            }
            else if (!TryCollect(child, level - 1, leaves))
            {
                return false;
            }
        }

        return true;
    }
}
