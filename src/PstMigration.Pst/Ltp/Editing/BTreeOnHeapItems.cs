namespace PstMigration.Pst.Ltp.Editing;

/// <summary>The items of a B-tree on a heap as they are now ([MS-PST] 2.3.2): its header, the ways from the root to the leaves, and what no sound tree has.</summary>
/// <param name="heap">The heap.</param>
/// <param name="headerId">The item with the BTHHEADER.</param>
/// <param name="header">What it says.</param>
internal sealed class BTreeOnHeapItems(HeapEditor heap, HeapId headerId, BTreeOnHeapHeader header)
{
    // Items whose keys were seen to ascend, as they do after every change that is made here.
    private readonly HashSet<HeapId> _ordered = [];

    /// <summary>What the header says.</summary>
    public BTreeOnHeapHeader Header { get; private set; } = header;

    /// <summary>Bytes of a record in a leaf.</summary>
    public int LeafRecordSize => Header.KeySize + Header.EntrySize;

    /// <summary>Bytes of a record above the leaves.</summary>
    public int IndexRecordSize => Header.KeySize + BTreeRecords.HeapIdSize;

    /// <summary>Whether an item is the header or the root.</summary>
    public bool IsPart(HeapId id) => id == headerId || id == Header.Root;

    /// <summary>The leaf items in key order; they hold until the tree is changed.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public List<HeapId> ListLeaves()
    {
        List<HeapId> current = Header.Root.IsNone ? [] : [Header.Root];
        for (int level = Header.Levels; level > 0; level--)
        {
            current = ListBelow(current);
        }

        return current;
    }

    /// <summary>The items the records of some lead to.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public List<HeapId> ListBelow(List<HeapId> level)
    {
        List<HeapId> below = [];
        foreach (HeapId id in level)
        {
            BTreeRecords records = Records(id, isLeaf: false);
            for (int i = 0; i < records.Count; i++)
            {
                below.Add(records.Child(i));
            }
        }

        // No heap has more items than that: only a tree that names some of them twice does.
        return below.Count <= (long)heap.BlockCount << heap.Layout.HeapIndexBits ? below : throw Damaged(PstDamageReason.Cycle);
    }

    /// <summary>The records of an item.</summary>
    /// <exception cref="PstException">PstDamaged: in a damaged file the header itself may be called a part of the tree, or an item that does not end with a record.</exception>
    public BTreeRecords Records(HeapId id, bool isLeaf)
    {
        int size = isLeaf ? LeafRecordSize : IndexRecordSize;
        ReadOnlySpan<byte> item = id == headerId ? throw Damaged(PstDamageReason.Cycle) : heap.GetItem(id);
        return item.Length % size == 0 ? new BTreeRecords(item, Header.KeySize, size) : throw Damaged(PstDamageReason.LengthMismatch);
    }

    /// <summary>From the root to the leaf where the key is or would be, in each item the last record not above it, above the leaf at least the first.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public BTreeStep[] Descend(uint key)
    {
        BTreeStep[] path = new BTreeStep[Header.Levels + 1];
        HeapId id = Header.Root;
        for (int depth = 0; depth < path.Length; depth++)
        {
            bool isLeaf = depth == path.Length - 1;
            BTreeRecords records = Records(id, isLeaf);
            CheckOrder(id, records);
            int position = records.FindLast(key);
            if (!isLeaf)
            {
                position = Math.Max(position, 0);
                if (records.Count == 0)
                {
                    throw Damaged(PstDamageReason.LengthMismatch);
                }
            }

            if (Array.Exists(path, step => step.Item == id))
            {
                throw Damaged(PstDamageReason.Cycle);
            }

            path[depth] = new BTreeStep(id, position);
            id = isLeaf ? default : records.Child(position);
        }

        return path;
    }

    /// <summary>Writes the header anew.</summary>
    public void SetRoot(HeapId root, int levels)
    {
        Header = Header with { Root = root, Levels = (byte)levels };
        Header.Write(heap.EditItem(headerId));
    }

    /// <summary>What is wrong with the tree.</summary>
    public PstException Damaged(PstDamageReason reason) => PstException.Damaged(PstStructure.HeapTree, reason, heap.Offset);

    // Where keys do not ascend a key may be there and not be found.
    private void CheckOrder(HeapId id, BTreeRecords records)
    {
        if (!_ordered.Add(id))
        {
            return;
        }

        for (int i = 1; i < records.Count; i++)
        {
            if (records.Key(i) <= records.Key(i - 1))
            {
                throw Damaged(PstDamageReason.KeyOutOfRange);
            }
        }
    }
}

/// <summary>An item on the way to a leaf and the record that is followed.</summary>
internal readonly record struct BTreeStep(HeapId Item, int Position);
