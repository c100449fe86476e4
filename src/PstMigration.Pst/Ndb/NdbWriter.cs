using System.Buffers.Binary;
using PstMigration.Pst.Ndb.BTrees;
using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Files;

namespace PstMigration.Pst.Ndb;

/// <summary>
/// Builds the node database of a new Unicode file in one pass ([MS-PST] 2.2.2): blocks as they come, then both B-trees, the
/// maps, the density list, and the header last.
/// </summary>
internal sealed class NdbWriter : INodeSink
{
    private const int Version = 23;

    private readonly IFileOutput _output;
    private readonly RegionWriter _regions;
    private readonly PstEncoding _encoding;
    private readonly List<NodeEntry> _nodes = [];
    private uint _unique;

    public NdbWriter(IFileOutput output, PstEncoding encoding)
    {
        _output = output;
        _encoding = encoding;
        _regions = new RegionWriter(output, Layout);
        Blocks = new BlockWriter(_regions, encoding, Layout);
    }

    /// <summary>The variant that is written.</summary>
    public static PstLayout Layout => PstLayout.Unicode;

    /// <summary>Where blocks go.</summary>
    public BlockWriter Blocks { get; }

    /// <inheritdoc/>
    public NodeCounters Counters { get; } = new();

    IBlockSink INodeSink.Blocks => Blocks;

    /// <summary>Bytes the file has so far.</summary>
    public long Length => _regions.FileLength;

    /// <summary>What can be returned to with <see cref="Rollback"/>.</summary>
    public NdbMark Mark => new(_regions.Mark, Blocks.NextId);

    /// <inheritdoc/>
    public uint NextUnique() => ++_unique;

    /// <inheritdoc/>
    public void AddNode(NodeId id, WrittenNode node, NodeId parent = default) =>
        _nodes.Add(new NodeEntry(id, node.Data, node.Subnodes, parent));

    /// <summary>Takes back all blocks written since the mark. Nodes entered since then must not refer to them.</summary>
    public void Rollback(NdbMark mark)
    {
        Blocks.Rollback(mark.NextBlock);
        _regions.Rollback(mark.Region);
    }

    /// <summary>Writes everything that is not a block.</summary>
    public void Complete()
    {
        _nodes.Sort((a, b) => a.Id.Value.CompareTo(b.Id.Value));
        BTreeWriter trees = new(_regions, Layout);
        ChunkedList<BlockEntry> blocks = Blocks.Entries;
        BlockReference blockTree = trees.Write(PageType.Bbt, blocks.Count, Layout.BlockEntrySize, (index, target) =>
        {
            blocks[index].Write(target, Layout);
            return blocks[index].Block.Id.Value;
        });
        BlockReference nodeTree = trees.Write(PageType.Nbt, _nodes.Count, Layout.NodeEntrySize, (index, target) =>
        {
            _nodes[index].Write(target, Layout);
            return _nodes[index].Id.Value;
        });
        _regions.Complete();
        WriteHeader(nodeTree, blockTree, trees.NextPage);
    }

    private void WriteHeader(BlockReference nodeTree, BlockReference blockTree, BlockId nextPage)
    {
        byte[] start = new byte[Layout.FirstAMapOffset];
        start.AsSpan(Layout.HeaderFreeMaps, 256).Fill(0xFF);
        new PstHeader
        {
            Kind = PstKind.Pst,
            Version = Version,
            NextBlock = Blocks.NextId,
            NextPage = nextPage,
            Unique = NextUnique(),
            NodeCounters = Counters.ToArray(),
            Encoding = _encoding,
            Root = new PstRoot(
                _regions.FileLength,
                _regions.LastAMapOffset,
                _regions.FreeBytes,
                PMapFreeBytes: 0,
                nodeTree,
                blockTree,
                AMapValidity.Valid2),
        }.Write(start, Layout);
        WriteDensityList(start.AsSpan((int)Layout.DensityListOffset, Layout.PageSize), nextPage);
        _output.WriteAt(0, start, start.Length);
    }

    // No entries; allocation goes on in the last region ([MS-PST] 2.2.2.7.2). The page is named by bidNextP without using it up.
    private void WriteDensityList(Span<byte> page, BlockId nextPage)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(page[4..], (uint)_regions.LastRegion);
        PageTrailer.Seal(page, PageType.DensityList, nextPage, Layout.DensityListOffset, Layout);
    }
}

/// <summary>A state of an <see cref="NdbWriter"/>.</summary>
internal readonly record struct NdbMark(RegionMark Region, BlockId NextBlock);
