using PstMigration.Mapi;
using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ltp;

/// <summary>
/// A node being built: its subnodes and the values that are too large for its heap. Subnode ids are private to the node
/// and count from the start in each ([MS-PST] 2.2.2.1).
/// </summary>
internal sealed class NodeBuilder : ISubnodeWriter
{
    private const uint FirstIndex = 0x401;

    private readonly INodeSink _ndb;
    private readonly SubnodeTreeWriter _subnodes;
    private uint _nextLtp = FirstIndex;
    private uint _nextAttachment = FirstIndex;

    public NodeBuilder(INodeSink ndb)
    {
        _ndb = ndb;
        _subnodes = new SubnodeTreeWriter(ndb.Blocks);
    }

    /// <summary>Where blocks go.</summary>
    public IBlockSink Blocks => _ndb.Blocks;

    /// <inheritdoc/>
    public int SubnodeCount => _subnodes.Count;

    /// <summary>Bytes in all leaves of all subnodes so far.</summary>
    public long SubnodeSize { get; private set; }

    /// <summary>The id of the node's next attachment.</summary>
    public NodeId NextAttachment() => Note(new NodeId(NodeIdType.Attachment, _nextAttachment++));

    /// <summary>The id of the next subnode for a value or a row matrix.</summary>
    public NodeId NextLtp() => Note(new NodeId(NodeIdType.Ltp, _nextLtp++));

    /// <summary>Enters a subnode, whose blocks are written.</summary>
    public void AddSubnode(NodeId id, WrittenNode node)
    {
        _subnodes.Add(new SubnodeEntry(id, node.Data, node.Subnodes));
        SubnodeSize += node.Size;
    }

    /// <inheritdoc/>
    public NodeId AddValue(ReadOnlySpan<byte> data) => AddLtp(DataTreeWriter.Write(Blocks, data));

    /// <inheritdoc/>
    public NodeId AddValue(BinarySource source, long? length, out long stored)
    {
        WrittenData written = DataTreeWriter.Write(Blocks, source, length);
        stored = written.Length;
        return AddLtp(written);
    }

    /// <summary>Adds a row matrix or the like, already written.</summary>
    public NodeId AddLtp(WrittenData tree)
    {
        NodeId id = NextLtp();
        AddSubnode(id, new WrittenNode(tree.Root, default, tree.Length));
        return id;
    }

    /// <summary>Writes the subnode tree.</summary>
    public WrittenNode Complete(WrittenData data) => new(data.Root, _subnodes.Complete(), data.Length + SubnodeSize);

    private NodeId Note(NodeId id)
    {
        _ndb.Counters.Note(id);
        return id;
    }
}
