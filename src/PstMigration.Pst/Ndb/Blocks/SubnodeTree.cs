using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ndb.Blocks;

/// <summary>
/// The subnodes of a node: an SLBLOCK, or an SIBLOCK over SLBLOCKs ([MS-PST] 2.2.2.8.3.3), in NID order. An SLBLOCK that cannot be
/// read costs its entries only.
/// </summary>
internal sealed class SubnodeTree
{
    /// <summary>No subnodes.</summary>
    public static readonly SubnodeTree Empty = new([], 0);

    private readonly List<SubnodeEntry> _entries;

    private SubnodeTree(List<SubnodeEntry> entries, long length)
    {
        _entries = entries;
        Length = length;
        if (!IsSorted(entries))
        {
            entries.Sort(static (a, b) => a.Id.Value.CompareTo(b.Id.Value));
        }
    }

    /// <summary>Bytes of its entries.</summary>
    public long Length { get; }

    /// <summary>All subnodes, ascending.</summary>
    public IReadOnlyList<SubnodeEntry> Entries => _entries;

    /// <summary>Reads the tree of a root id; BID 0 is a tree without subnodes.</summary>
    /// <exception cref="PstException">PstDamaged: the root cannot be read.</exception>
    public static SubnodeTree Open(INodeDatabase database, BlockId root)
    {
        if (root.IsNone)
        {
            return Empty;
        }

        List<SubnodeEntry> entries = [];
        SubnodeIndexEntry[] children = [];
        using (PooledBlock block = database.ReadBlock(root))
        {
            SubnodeTreeHeader header = ReadHeader(block, database.Layout);
            if (header.Level == 0)
            {
                ReadEntries(block, header, entries, database.Layout);
            }
            else
            {
                children = ReadIndex(block, header, database.Layout);
            }
        }

        // A child named twice would multiply a small file.
        HashSet<BlockId> visited = [];
        foreach (SubnodeIndexEntry child in children)
        {
            if (visited.Add(child.Child))
            {
                ReadChild(database, child.Child, entries);
            }
            else
            {
                database.Damage.Add(PstStructure.SubnodeTree, PstDamageReason.Cycle);
            }
        }

        return new SubnodeTree(entries, (long)entries.Count * database.Layout.SubnodeEntrySize);
    }

    /// <summary>Bytes of the blocks with the entries of a tree, of which only the root is read.</summary>
    /// <exception cref="PstException">PstDamaged: the root cannot be read, or a block is not in the file.</exception>
    public static long Measure(INodeDatabase database, BlockId root)
    {
        if (root.IsNone)
        {
            return 0;
        }

        using PooledBlock block = database.ReadBlock(root);
        SubnodeTreeHeader header = ReadHeader(block, database.Layout);
        return header.Level == 0 ? block.Length : ReadIndex(block, header, database.Layout).Select(c => c.Child).Distinct().Sum(c => (long)database.FindBlock(c).InflatedLength);
    }

    /// <summary>Finds a subnode.</summary>
    public bool TryFind(NodeId id, out SubnodeEntry entry)
    {
        int low = 0;
        int high = _entries.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >> 1;
            int order = _entries[middle].Id.Value.CompareTo(id.Value);
            if (order == 0)
            {
                entry = _entries[middle];
                return true;
            }

            if (order < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        entry = default;
        return false;
    }

    private static void ReadChild(INodeDatabase database, BlockId child, List<SubnodeEntry> entries)
    {
        try
        {
            using PooledBlock block = database.ReadBlock(child);
            SubnodeTreeHeader header = ReadHeader(block, database.Layout);
            if (header.Level != 0)
            {
                throw PstException.Damaged(PstStructure.SubnodeTree, PstDamageReason.WrongLevel, block.Offset);
            }

            ReadEntries(block, header, entries, database.Layout);
        }
        catch (PstException e) when (e.Damage is not null)
        {
            database.Damage.Add(e.Damage);
        }
    }

    /// <summary>Reads the head of an SLBLOCK or SIBLOCK and makes sure its entries are there.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public static SubnodeTreeHeader ReadHeader(in PooledBlock block, PstLayout layout)
    {
        if (block.Length < layout.SubnodeHeaderSize)
        {
            throw PstException.Damaged(PstStructure.SubnodeTree, PstDamageReason.LengthMismatch, block.Offset);
        }

        SubnodeTreeHeader header = SubnodeTreeHeader.Read(block.Data);
        if (header.BlockType != SubnodeTreeHeader.ExpectedType)
        {
            throw PstException.Damaged(PstStructure.SubnodeTree, PstDamageReason.WrongType, block.Offset);
        }

        if (header.Level > 1)
        {
            throw PstException.Damaged(PstStructure.SubnodeTree, PstDamageReason.WrongLevel, block.Offset);
        }

        int entrySize = header.Level == 0 ? layout.SubnodeEntrySize : layout.SubnodeIndexEntrySize;
        return layout.SubnodeHeaderSize + (header.Count * entrySize) <= block.Length
            ? header
            : throw PstException.Damaged(PstStructure.SubnodeTree, PstDamageReason.LimitExceeded, block.Offset);
    }

    /// <summary>Reads the entries of an SLBLOCK.</summary>
    public static void ReadEntries(in PooledBlock block, SubnodeTreeHeader header, List<SubnodeEntry> entries, PstLayout layout)
    {
        for (int i = 0; i < header.Count; i++)
        {
            entries.Add(SubnodeEntry.Read(block.Data[(layout.SubnodeHeaderSize + (i * layout.SubnodeEntrySize))..], layout));
        }
    }

    /// <summary>Reads the entries of an SIBLOCK.</summary>
    public static SubnodeIndexEntry[] ReadIndex(in PooledBlock block, SubnodeTreeHeader header, PstLayout layout)
    {
        SubnodeIndexEntry[] entries = new SubnodeIndexEntry[header.Count];
        for (int i = 0; i < entries.Length; i++)
        {
            entries[i] = SubnodeIndexEntry.Read(block.Data[(layout.SubnodeHeaderSize + (i * layout.SubnodeIndexEntrySize))..], layout);
        }

        return entries;
    }

    private static bool IsSorted(List<SubnodeEntry> entries)
    {
        for (int i = 1; i < entries.Count; i++)
        {
            if (entries[i - 1].Id.Value > entries[i].Id.Value)
            {
                return false;
            }
        }

        return true;
    }
}
