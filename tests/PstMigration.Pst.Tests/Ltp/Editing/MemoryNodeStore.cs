using System.Buffers;
using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;
using Xunit;

namespace PstMigration.Pst.Tests.Ltp.Editing;

/// <summary>
/// Nodes and blocks in memory, counted as the format counts them. A block nobody refers to is gone at once, so that using it later fails.
/// </summary>
internal sealed class MemoryNodeStore : INodeStore, IBlockStore
{
    private readonly Dictionary<BlockId, Block> _blocks = [];
    private readonly SortedDictionary<uint, NodeEntry> _nodes = [];
    private ulong _next = BlockId.Step;
    private uint _unique;

    public PstLayout Layout => PstLayout.Unicode;

    public PstHeader Header => throw new NotSupportedException();

    public DamageLog Damage { get; } = new();

    public bool AcceptDamage => false;

    public long FileLength => long.MaxValue;

    public long MaxValueLength => long.MaxValue;

    public NodeCounters Counters { get; } = new();

    public IBlockStore Blocks => this;

    IBlockSink INodeSink.Blocks => this;

    /// <summary>Blocks written.</summary>
    public int Writes { get; private set; }

    /// <summary>Blocks read.</summary>
    public int Reads { get; private set; }

    /// <summary>Blocks there are.</summary>
    public int BlockCount => _blocks.Count;

    /// <summary>Whether a block that is not there is damage, as in a file, and no mistake of a test or of what is tested.</summary>
    public bool IsDamaged { get; set; }

    /// <summary>The count at which a block takes no further reference.</summary>
    public int MaxReferences { get; set; } = ushort.MaxValue;

    public uint NextUnique() => ++_unique;

    public bool TryFindNode(NodeId id, out NodeEntry node) => _nodes.TryGetValue(id.Value, out node);

    public IEnumerable<NodeEntry> EnumerateNodes() => _nodes.Values;

    public BlockEntry FindBlock(BlockId id)
    {
        Block block = Get(id);
        ushort length = (ushort)block.Data.Length;
        return new BlockEntry(new BlockReference(id, 0), length, length, (ushort)(block.References + 1));
    }

    public PooledBlock ReadBlock(BlockId id)
    {
        byte[] data = Get(id).Data;
        byte[] array = ArrayPool<byte>.Shared.Rent(data.Length);
        data.CopyTo(array, 0);
        Reads++;
        return new PooledBlock(array, data.Length, (long)id.Value);
    }

    public BlockId WriteData(ReadOnlySpan<byte> data) => Write(data, new BlockId(_next));

    public BlockId WriteInternal(ReadOnlySpan<byte> data) => Write(data, new BlockId(_next).AsInternal);

    public bool TryAddReference(BlockId id)
    {
        Block block = Get(id);
        if (block.References >= MaxReferences)
        {
            return false;
        }

        block.References++;
        return true;
    }

    public void Release(BlockId id)
    {
        if (id.IsNone || --Get(id).References > 0)
        {
            return;
        }

        byte[] data = Get(id).Data;
        _blocks.Remove(id);
        foreach (BlockId child in ChildrenOf(id, data))
        {
            Release(child);
        }
    }

    public void AddNode(NodeId id, WrittenNode node, NodeId parent = default) =>
        _nodes.Add(id.Value, new NodeEntry(id, node.Data, node.Subnodes, parent));

    public void SetNode(NodeId id, BlockId data, BlockId subnodes)
    {
        NodeEntry old = _nodes[id.Value];
        _nodes[id.Value] = old with { Data = data, Subnodes = subnodes };
        Release(old.Data == data ? default : old.Data);
        Release(old.Subnodes == subnodes ? default : old.Subnodes);
    }

    public void SetParent(NodeId id, NodeId parent) => _nodes[id.Value] = _nodes[id.Value] with { Parent = parent };

    public void RemoveNode(NodeId id)
    {
        SetNode(id, default, default);
        _nodes.Remove(id.Value);
    }

    /// <summary>Forgets what was counted.</summary>
    public void ResetCounts() => (Reads, Writes) = (0, 0);

    /// <summary>Copies a node of a file with all its blocks.</summary>
    public void CopyNode(INodeDatabase source, in NodeEntry node)
    {
        Dictionary<BlockId, BlockId> copies = [];
        AddNode(node.Id, new WrittenNode(Copy(source, node.Data, copies), Copy(source, node.Subnodes, copies), 0), node.Parent);
    }

    /// <summary>Writes all nodes to a new file.</summary>
    public void WriteTo(NdbWriter writer)
    {
        Dictionary<BlockId, BlockId> copies = [];
        foreach (NodeEntry node in _nodes.Values)
        {
            writer.AddNode(node.Id, new WrittenNode(CopyTo(writer.Blocks, node.Data, copies), CopyTo(writer.Blocks, node.Subnodes, copies), 0), node.Parent);
            writer.Counters.Note(node.Id);
        }
    }

    /// <summary>Every block is referred to as often as it is counted, and there is none that is not.</summary>
    public void Verify(params BlockId[] held)
    {
        Dictionary<BlockId, int> found = [];
        Stack<BlockId> pending = new(_nodes.Values.SelectMany(n => new[] { n.Data, n.Subnodes }).Concat(held));
        while (pending.Count > 0)
        {
            BlockId id = pending.Pop();
            if (id.IsNone)
            {
                continue;
            }

            found.TryGetValue(id, out int count);
            found[id] = count + 1;
            foreach (BlockId child in count == 0 ? ChildrenOf(id, Get(id).Data) : [])
            {
                pending.Push(child);
            }
        }

        Assert.Equal(_blocks.Count, found.Count);
        foreach (KeyValuePair<BlockId, int> pair in found)
        {
            Assert.True(_blocks[pair.Key].References == pair.Value, $"Block {pair.Key} counts {_blocks[pair.Key].References}, found {pair.Value}.");
        }
    }

    /// <summary>Changes a byte of a block.</summary>
    public void Spoil(Random random)
    {
        byte[] data = _blocks.Values.ElementAt(random.Next(_blocks.Count)).Data;
        data[random.Next(2) == 0 ? random.Next(data.Length) : random.Next(Math.Min(data.Length, 60))] = (byte)(random.Next(3) == 0 ? 0 : random.Next(256));
    }

    private BlockId Write(ReadOnlySpan<byte> data, BlockId id)
    {
        Assert.InRange(data.Length, 1, Layout.MaxBlockData);
        _next += BlockId.Step;
        _blocks.Add(id, new Block(data.ToArray()));
        Writes++;
        return id;
    }

    private Block Get(BlockId id) =>
        _blocks.TryGetValue(id, out Block? block) ? block
        : IsDamaged ? throw PstException.Damaged(PstStructure.Block, PstDamageReason.DanglingReference)
        : throw new InvalidOperationException($"There is no block {id}.");

    private List<BlockId> ChildrenOf(BlockId id, byte[] data) =>
        Offsets(id, data).FindAll(at => at + 8 <= data.Length).ConvertAll(at => Layout.ReadBlockId(data.AsSpan(at)));

    private static List<int> Offsets(BlockId id, byte[] data)
    {
        List<int> offsets = [];
        int count = id.IsInternal ? data[2] | (data[3] << 8) : 0;
        int size = count == 0 || data[0] == 1 ? 8 : data[1] == 0 ? 24 : 16;
        for (int i = 0; i < count; i++)
        {
            int at = 8 + (i * size);
            offsets.Add(size == 8 ? at : at + 8);
            if (size == 24)
            {
                offsets.Add(at + 16);
            }
        }

        return offsets;
    }

    private BlockId Copy(INodeDatabase source, BlockId id, Dictionary<BlockId, BlockId> copies)
    {
        if (id.IsNone)
        {
            return default;
        }

        using PooledBlock block = source.ReadBlock(id);
        return Copy(this, id, block.Data.ToArray(), copies, child => Copy(source, child, copies));
    }

    private BlockId CopyTo(IBlockSink target, BlockId id, Dictionary<BlockId, BlockId> copies) =>
        id.IsNone ? default : Copy(target, id, (byte[])Get(id).Data.Clone(), copies, child => CopyTo(target, child, copies));

    private BlockId Copy(IBlockSink target, BlockId id, byte[] data, Dictionary<BlockId, BlockId> copies, Func<BlockId, BlockId> copyChild)
    {
        if (copies.TryGetValue(id, out BlockId copy))
        {
            Assert.True(target.TryAddReference(copy));
            return copy;
        }

        foreach (int at in Offsets(id, data))
        {
            Layout.WriteId(data.AsSpan(at), copyChild(Layout.ReadBlockId(data.AsSpan(at))).Value);
        }

        copy = id.IsInternal ? target.WriteInternal(data) : target.WriteData(data);
        copies.Add(id, copy);
        return copy;
    }

    private sealed class Block(byte[] data)
    {
        public byte[] Data { get; } = data;

        public int References { get; set; } = 1;
    }
}
