using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ndb.Blocks;

/// <summary>Collects the subnodes of one node and writes its SLBLOCK, or several under an SIBLOCK ([MS-PST] 2.2.2.8.3.3).</summary>
internal sealed class SubnodeTreeWriter
{
    private readonly IBlockSink _blocks;
    private readonly List<SubnodeEntry> _entries = [];

    public SubnodeTreeWriter(IBlockSink blocks) => _blocks = blocks;

    /// <summary>Subnodes so far.</summary>
    public int Count => _entries.Count;

    /// <summary>The most subnodes one node can have.</summary>
    public static int MaxCount(PstLayout layout) => layout.MaxSubnodeEntries * layout.MaxSubnodeIndexEntries;

    /// <summary>Adds a subnode, whose blocks are written.</summary>
    /// <exception cref="PstException">PstTooManySubnodes.</exception>
    public void Add(SubnodeEntry entry)
    {
        if (_entries.Count == MaxCount(_blocks.Layout))
        {
            throw PstWriteError.TooManySubnodes(_entries.Count);
        }

        _entries.Add(entry);
    }

    /// <summary>Writes the tree; no block where there are no subnodes.</summary>
    public BlockId Complete()
    {
        if (_entries.Count == 0)
        {
            return default;
        }

        int perLeaf = _blocks.Layout.MaxSubnodeEntries;
        _entries.Sort((a, b) => a.Id.Value.CompareTo(b.Id.Value));
        List<SubnodeIndexEntry> leaves = [];
        for (int start = 0; start < _entries.Count; start += perLeaf)
        {
            List<SubnodeEntry> entries = _entries.GetRange(start, Math.Min(perLeaf, _entries.Count - start));
            leaves.Add(new SubnodeIndexEntry(entries[0].Id, WriteLeaf(_blocks, entries)));
        }

        return leaves.Count == 1 ? leaves[0].Child : WriteIndex(_blocks, leaves);
    }

    /// <summary>Writes an SLBLOCK.</summary>
    /// <param name="blocks">Where to.</param>
    /// <param name="entries">Its entries in NID order.</param>
    public static BlockId WriteLeaf(IBlockSink blocks, List<SubnodeEntry> entries)
    {
        PstLayout layout = blocks.Layout;
        byte[] block = NewBlock(layout, level: 0, entries.Count, layout.SubnodeEntrySize);
        for (int i = 0; i < entries.Count; i++)
        {
            entries[i].Write(block.AsSpan(layout.SubnodeHeaderSize + (i * layout.SubnodeEntrySize)), layout);
        }

        return blocks.WriteInternal(block);
    }

    /// <summary>Writes an SIBLOCK.</summary>
    /// <param name="blocks">Where to.</param>
    /// <param name="leaves">Its entries in NID order.</param>
    public static BlockId WriteIndex(IBlockSink blocks, List<SubnodeIndexEntry> leaves)
    {
        PstLayout layout = blocks.Layout;
        byte[] block = NewBlock(layout, level: 1, leaves.Count, layout.SubnodeIndexEntrySize);
        for (int i = 0; i < leaves.Count; i++)
        {
            leaves[i].Write(block.AsSpan(layout.SubnodeHeaderSize + (i * layout.SubnodeIndexEntrySize)), layout);
        }

        return blocks.WriteInternal(block);
    }

    private static byte[] NewBlock(PstLayout layout, byte level, int count, int entrySize)
    {
        byte[] block = new byte[layout.SubnodeHeaderSize + (count * entrySize)];
        new SubnodeTreeHeader(SubnodeTreeHeader.ExpectedType, level, (ushort)count).Write(block, layout);
        return block;
    }
}
