using System;
using System.Buffers;
using System.IO;
using PstMigration.Mapi;
using PstMigration.Pst.Ndb;

namespace PstMigration.Pst.Ltp;

/// <summary>
/// A node being built: its subnodes and the values that are too large for its heap. Subnode ids are private to the node
/// and count from the start in each (ms-pst A.5).
/// </summary>
internal sealed class NodeBuilder
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

    /// <summary>Subnodes so far.</summary>
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

    /// <summary>Stores bytes in a subnode of their own.</summary>
    public NodeId AddValue(ReadOnlySpan<byte> data)
    {
        DataTreeWriter tree = new(Blocks);
        DataTreeWriter.CheckLength(data.Length);
        int full = Blocks.Layout.MaxBlockData;
        for (; data.Length > full; data = data[full..])
        {
            tree.Append(data[..full]);
        }

        if (!data.IsEmpty)
        {
            tree.Append(data);
        }

        return AddLtp(tree.Complete());
    }

    /// <summary>Stores the bytes of a source in a subnode of their own, block by block.</summary>
    /// <param name="source">Where they come from.</param>
    /// <param name="length">How many; the source has at least as many.</param>
    /// <exception cref="PstException">PstValueTooLarge; PstValueTruncated: the source ended early.</exception>
    public NodeId AddValue(BinarySource source, long length)
    {
        DataTreeWriter.CheckLength(length);
        DataTreeWriter tree = new(Blocks);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Blocks.Layout.MaxBlockData);
        try
        {
            using Stream stream = source.OpenRead();
            while (tree.Length < length)
            {
                int wanted = (int)Math.Min(Blocks.Layout.MaxBlockData, length - tree.Length);
                int read = ReadFully(stream, buffer, wanted);
                if (read < wanted)
                {
                    throw PstWriteError.ValueTruncated(length, tree.Length + read);
                }

                tree.Append(buffer.AsSpan(0, wanted));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return AddLtp(tree.Complete());
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

    private static int ReadFully(Stream stream, byte[] buffer, int count)
    {
        int total = 0;
        while (total < count)
        {
            int read = stream.Read(buffer, total, count - total);
            if (read == 0)
            {
                break;
            }

            total += read;
        }

        return total;
    }

    private NodeId Note(NodeId id)
    {
        _ndb.Counters.Note(id);
        return id;
    }
}
