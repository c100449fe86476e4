using System.IO.Compression;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Tests.Synthetic;

/// <summary>
/// Builds small data files in memory, node by node, for shapes no sample has. Limits can be set far below the format's, so that deep
/// trees need few bytes. No allocation maps: a reader does not need them.
/// </summary>
internal sealed class TestPst(PstLayout layout, PstEncoding encoding = PstEncoding.None)
{
    private readonly List<(BlockId Id, byte[] Data)> _blocks = [];
    private readonly List<NodeEntry> _nodes = [];
    private ulong _nextBlock = BlockId.Step;

    public PstLayout Layout => layout;

    public PstKind Kind { get; init; } = PstKind.Pst;

    /// <summary>Whether blocks are stored compressed, for the 4K variant.</summary>
    public bool Compress { get; init; }

    /// <summary>Entries a B-tree page takes; 0 for as many as fit.</summary>
    public int EntriesPerPage { get; init; }

    /// <summary>Ids an XBLOCK or XXBLOCK takes; 0 for as many as fit.</summary>
    public int IdsPerDataTreeBlock { get; init; }

    /// <summary>Entries an SLBLOCK takes; 0 for as many as fit.</summary>
    public int EntriesPerSubnodeBlock { get; init; }

    public IReadOnlyList<NodeEntry> Nodes => _nodes;

    public BlockId AddBlock(byte[] data, bool isInternal = false)
    {
        BlockId id = isInternal ? new BlockId(_nextBlock).AsInternal : new BlockId(_nextBlock);
        _nextBlock += BlockId.Step;
        _blocks.Add((id, data));
        return id;
    }

    /// <summary>Changes the data of a block; afterwards the file is still consistent but for what the data says.</summary>
    public void ReplaceBlock(BlockId id, byte[] data) => _blocks[_blocks.FindIndex(b => b.Id == id)] = (id, data);

    public byte[] GetBlock(BlockId id) => _blocks.Single(b => b.Id == id).Data;

    /// <summary>A data tree: as few levels as the data needs.</summary>
    public BlockId AddData(byte[] data)
    {
        if (data.Length == 0)
        {
            return default;
        }

        List<(BlockId Id, uint Length)> level = [.. Chunk(data, layout.MaxBlockData).Select(c => (AddBlock(c), (uint)c.Length))];
        int perBlock = IdsPerDataTreeBlock > 0 ? IdsPerDataTreeBlock : layout.MaxDataTreeEntries;
        for (byte depth = 1; level.Count > 1; depth++)
        {
            level = [.. Chunk([.. level], perBlock).Select(c => AddDataTreeBlock(c, depth))];
        }

        return level[0].Id;
    }

    public BlockId AddSubnodes(params SubnodeEntry[] entries)
    {
        if (entries.Length == 0)
        {
            return default;
        }

        entries = [.. entries.OrderBy(e => e.Id.Value)];
        int perBlock = EntriesPerSubnodeBlock > 0 ? EntriesPerSubnodeBlock : layout.MaxSubnodeEntries;
        List<SubnodeIndexEntry> leaves = [];
        foreach (SubnodeEntry[] chunk in Chunk(entries, perBlock))
        {
            byte[] block = new byte[layout.SubnodeHeaderSize + (chunk.Length * layout.SubnodeEntrySize)];
            new SubnodeTreeHeader(SubnodeTreeHeader.ExpectedType, 0, (ushort)chunk.Length).Write(block, layout);
            for (int i = 0; i < chunk.Length; i++)
            {
                chunk[i].Write(block.AsSpan(layout.SubnodeHeaderSize + (i * layout.SubnodeEntrySize)), layout);
            }

            leaves.Add(new SubnodeIndexEntry(chunk[0].Id, AddBlock(block, isInternal: true)));
        }

        if (leaves.Count == 1)
        {
            return leaves[0].Child;
        }

        byte[] index = new byte[layout.SubnodeHeaderSize + (leaves.Count * layout.SubnodeIndexEntrySize)];
        new SubnodeTreeHeader(SubnodeTreeHeader.ExpectedType, 1, (ushort)leaves.Count).Write(index, layout);
        for (int i = 0; i < leaves.Count; i++)
        {
            leaves[i].Write(index.AsSpan(layout.SubnodeHeaderSize + (i * layout.SubnodeIndexEntrySize)), layout);
        }

        return AddBlock(index, isInternal: true);
    }

    public void AddNode(NodeId id, BlockId data, BlockId subnodes = default, NodeId parent = default) =>
        _nodes.Add(new NodeEntry(id, data, subnodes, parent));

    public void RemoveNode(NodeId id) => _nodes.RemoveAll(n => n.Id == id);

    /// <summary>The file.</summary>
    public byte[] ToArray()
    {
        using MemoryStream file = new();
        file.SetLength(layout.FirstAMapOffset + layout.PageSize);
        file.Position = file.Length;
        List<byte[]> blockEntries = [.. _blocks.Select(b => WriteBlock(file, b.Id, b.Data))];
        Pad(file, layout.PageSize);
        ulong nextPage = 0x100;
        BlockReference blockTree = WriteTree(file, blockEntries, PageType.Bbt, layout.BlockEntrySize, ref nextPage);
        List<byte[]> nodeEntries = [];
        foreach (NodeEntry node in _nodes.OrderBy(n => n.Id.Value))
        {
            byte[] entry = new byte[layout.NodeEntrySize];
            node.Write(entry, layout);
            nodeEntries.Add(entry);
        }

        BlockReference nodeTree = WriteTree(file, nodeEntries, PageType.Nbt, layout.NodeEntrySize, ref nextPage);
        byte[] bytes = file.ToArray();
        new PstHeader
        {
            Kind = Kind,
            Version = layout.Format switch { PstFormat.Ansi => 14, PstFormat.Unicode => 23, _ => 36 },
            NextBlock = new BlockId(_nextBlock),
            NextPage = new BlockId(nextPage),
            Unique = 7,
            Root = new PstRoot(bytes.Length, layout.FirstAMapOffset, 0, 0, nodeTree, blockTree, AMapValidity.Valid2),
            Encoding = encoding,
        }.Write(bytes, layout);
        return bytes;
    }

    private static IEnumerable<T[]> Chunk<T>(T[] items, int size)
    {
        for (int i = 0; i < items.Length; i += size)
        {
            yield return items.AsSpan(i, Math.Min(size, items.Length - i)).ToArray();
        }
    }

    private static byte[] Deflate(byte[] data)
    {
        using MemoryStream packed = new();
        packed.WriteByte(0x78);
        packed.WriteByte(0x9C);
        using (DeflateStream deflate = new(packed, CompressionMode.Compress, leaveOpen: true))
        {
            deflate.Write(data, 0, data.Length);
        }

        uint a = 1;
        uint b = 0;
        foreach (byte value in data)
        {
            a = (a + value) % 65521;
            b = (b + a) % 65521;
        }

        packed.Write([(byte)(b >> 8), (byte)b, (byte)(a >> 8), (byte)a], 0, 4);
        return packed.ToArray();
    }

    private static void Pad(MemoryStream file, int alignment)
    {
        file.SetLength((file.Length + alignment - 1) / alignment * alignment);
        file.Position = file.Length;
    }

    private (BlockId Id, uint Length) AddDataTreeBlock((BlockId Id, uint Length)[] children, byte depth)
    {
        byte[] block = new byte[DataTreeHeader.Size + (children.Length * layout.IdSize)];
        uint length = (uint)children.Sum(c => c.Length);
        new DataTreeHeader(DataTreeHeader.ExpectedType, depth, (ushort)children.Length, length).Write(block);
        for (int i = 0; i < children.Length; i++)
        {
            layout.WriteId(block.AsSpan(DataTreeHeader.Size + (i * layout.IdSize)), children[i].Id.Value);
        }

        return (AddBlock(block, isInternal: true), length);
    }

    private byte[] WriteBlock(MemoryStream file, BlockId id, byte[] data)
    {
        byte[] stored = [.. data];
        if (!id.IsInternal)
        {
            BlockCipher.Encode(encoding, id, stored);
        }

        byte[] packed = Compress ? Deflate(stored) : stored;
        stored = packed.Length < stored.Length ? packed : stored;
        byte[] extent = new byte[layout.BlockExtent(stored.Length)];
        stored.CopyTo(extent, 0);
        BlockTrailer.Seal(extent, stored.Length, data.Length, id, file.Position, layout);
        byte[] entry = new byte[layout.BlockEntrySize];
        new BlockEntry(new BlockReference(id, file.Position), (ushort)stored.Length, (ushort)data.Length, 2).Write(entry, layout);
        file.Write(extent, 0, extent.Length);
        return entry;
    }

    private BlockReference WriteTree(MemoryStream file, List<byte[]> entries, PageType type, int entrySize, ref ulong nextPage)
    {
        for (int level = 0; ; level++)
        {
            int size = level == 0 ? entrySize : layout.BTreeEntrySize;
            int perPage = EntriesPerPage > 0 ? EntriesPerPage : layout.BTreeMetaOffset / size;
            List<byte[]> parents = [];
            BlockReference last = default;
            foreach (byte[][] chunk in Chunk(entries.ToArray(), perPage))
            {
                byte[] page = new byte[layout.PageSize];
                for (int i = 0; i < chunk.Length; i++)
                {
                    chunk[i].CopyTo(page, i * size);
                }

                BTreePageMeta.For(chunk.Length, size, level, layout).Write(page, layout);
                last = new BlockReference(new BlockId(nextPage++), file.Position);
                PageTrailer.Seal(page, type, last.Id, last.Offset, layout);
                file.Write(page, 0, page.Length);
                byte[] parent = new byte[layout.BTreeEntrySize];
                new BTreeEntry(layout.ReadId(chunk[0]), last).Write(parent, layout);
                parents.Add(parent);
            }

            if (parents.Count == 1)
            {
                return last;
            }

            entries = parents;
        }
    }
}
