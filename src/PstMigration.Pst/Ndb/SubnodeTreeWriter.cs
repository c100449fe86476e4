using System;
using System.Collections.Generic;

namespace PstMigration.Pst.Ndb;

/// <summary>Collects the subnodes of one node and writes its SLBLOCK, or several under an SIBLOCK (MS-PST 2.2.2.8.3.3).</summary>
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

        PstLayout layout = _blocks.Layout;
        _entries.Sort((a, b) => a.Id.Value.CompareTo(b.Id.Value));
        List<SubnodeIndexEntry> leaves = [];
        for (int start = 0; start < _entries.Count; start += layout.MaxSubnodeEntries)
        {
            leaves.Add(WriteLeaf(start, Math.Min(layout.MaxSubnodeEntries, _entries.Count - start)));
        }

        return leaves.Count == 1 ? leaves[0].Child : WriteIndex(leaves);
    }

    private SubnodeIndexEntry WriteLeaf(int start, int count)
    {
        PstLayout layout = _blocks.Layout;
        byte[] block = NewBlock(level: 0, count, layout.SubnodeEntrySize);
        for (int i = 0; i < count; i++)
        {
            _entries[start + i].Write(block.AsSpan(layout.SubnodeHeaderSize + (i * layout.SubnodeEntrySize)), layout);
        }

        return new SubnodeIndexEntry(_entries[start].Id, _blocks.WriteInternal(block));
    }

    private BlockId WriteIndex(List<SubnodeIndexEntry> leaves)
    {
        PstLayout layout = _blocks.Layout;
        byte[] block = NewBlock(level: 1, leaves.Count, layout.SubnodeIndexEntrySize);
        for (int i = 0; i < leaves.Count; i++)
        {
            leaves[i].Write(block.AsSpan(layout.SubnodeHeaderSize + (i * layout.SubnodeIndexEntrySize)), layout);
        }

        return _blocks.WriteInternal(block);
    }

    private byte[] NewBlock(byte level, int count, int entrySize)
    {
        byte[] block = new byte[_blocks.Layout.SubnodeHeaderSize + (count * entrySize)];
        new SubnodeTreeHeader(SubnodeTreeHeader.ExpectedType, level, (ushort)count).Write(block, _blocks.Layout);
        return block;
    }
}
