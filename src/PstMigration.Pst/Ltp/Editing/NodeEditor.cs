using PstMigration.Mapi;
using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;
using PstMigration.Pst.Ndb.Editing;

namespace PstMigration.Pst.Ltp.Editing;

/// <summary>
/// A node or subnode being changed: the root of its data, which the editor of its heap sets, and its subnodes. One editor at a time for a
/// node, and for its subnodes those it opens. For one thread.
/// </summary>
internal sealed class NodeEditor : ISubnodeReader, ISubnodeWriter
{
    // What NodeBuilder starts with.
    private const uint FirstIndex = 0x401;

    private readonly NodeEditor? _parent;
    private BlockId _savedData;
    private BlockId _savedSubnodes;
    private SubnodeTreeEditor? _subnodes;
    private uint _lastIndex;

    private NodeEditor(INodeStore store, NodeEditor? parent, NodeId id, BlockId data, BlockId subnodes)
    {
        Store = store;
        _parent = parent;
        Id = id;
        Data = data;
        _savedData = data;
        _savedSubnodes = subnodes;
    }

    /// <summary>The file.</summary>
    public INodeStore Store { get; }

    /// <inheritdoc/>
    public INodeDatabase Database => Store;

    /// <inheritdoc/>
    public NodeId Id { get; }

    /// <summary>Root of the node's data.</summary>
    public BlockId Data { get; private set; }

    /// <summary>Root of the subnode tree as it was opened or last saved.</summary>
    public BlockId SubnodeRoot => _savedSubnodes;

    /// <inheritdoc/>
    public int SubnodeCount => Subnodes.Count;

    private SubnodeTreeEditor Subnodes => _subnodes ??= SubnodeTreeEditor.Open(Store, _savedSubnodes);

    /// <summary>Opens a node of the file.</summary>
    /// <exception cref="PstException">PstDamaged, or PstNoSuchNode.</exception>
    public static NodeEditor Open(INodeStore store, NodeId id) => store.TryFindNode(id, out NodeEntry entry)
        ? new NodeEditor(store, null, id, entry.Data, entry.Subnodes)
        : throw PstException.NoSuchNode(id);

    /// <summary>Opens a subnode; what is saved of it becomes part of this node, which has to be saved after it.</summary>
    /// <exception cref="PstException">PstDamaged, or PstNoSuchNode.</exception>
    public NodeEditor OpenSubnode(NodeId id) => Subnodes.TryFind(id, out SubnodeEntry entry)
        ? new NodeEditor(Store, this, id, entry.Data, entry.Subnodes)
        : throw PstException.NoSuchNode(id);

    /// <inheritdoc/>
    public bool TryFindSubnode(NodeId id, out SubnodeEntry entry) => Subnodes.TryFind(id, out entry);

    /// <summary>The id of the next subnode for a value or a row matrix.</summary>
    /// <exception cref="PstException">PstNodeIdsExhausted, PstDamaged.</exception>
    public NodeId NextLtp() => Next(NodeIdType.Ltp);

    /// <summary>The id of the next attachment.</summary>
    /// <exception cref="PstException">PstNodeIdsExhausted, PstDamaged.</exception>
    public NodeId NextAttachment() => Next(NodeIdType.Attachment);

    /// <summary>Enters a subnode whose blocks are written, or gives one other blocks; those it had and has no more are released.</summary>
    /// <exception cref="PstException">PstTooManySubnodes, PstDamaged.</exception>
    public void SetSubnode(NodeId id, BlockId data, BlockId subnodes) => Subnodes.Set(new SubnodeEntry(id, data, subnodes));

    /// <summary>Takes a subnode out and releases its blocks. One that is not there, as in a damaged file, is no loss.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public void RemoveSubnode(NodeId id) => Subnodes.Remove(id);

    /// <inheritdoc/>
    public NodeId AddValue(ReadOnlySpan<byte> data) => AddLtp(DataTreeWriter.Write(Store.Blocks, data));

    /// <inheritdoc/>
    public NodeId AddValue(BinarySource source, long? length, out long stored)
    {
        WrittenData written = DataTreeWriter.Write(Store.Blocks, source, length);
        stored = written.Length;
        return AddLtp(written);
    }

    /// <summary>Gives the node other data, written and nobody else's. What was given before and not saved has to be released by the giver.</summary>
    public void SetData(BlockId data) => Data = data;

    /// <summary>
    /// Writes the subnode tree and gives the node its new roots; those it had are released. A subnode's roots are entered in its parent,
    /// which has to be saved after it.
    /// </summary>
    /// <exception cref="PstException">PstDamaged and what writing throws.</exception>
    public void Save()
    {
        BlockId subnodes = _subnodes?.Save() ?? _savedSubnodes;
        if (Data == _savedData && subnodes == _savedSubnodes)
        {
            return;
        }

        if (_parent is null)
        {
            Store.SetNode(Id, Data, subnodes);
        }
        else
        {
            // What did not change may have been copied by the parent meanwhile.
            _parent.TryFindSubnode(Id, out SubnodeEntry entry);
            _parent.SetSubnode(
                Id,
                Data == _savedData ? entry.Data : Data,
                subnodes == _savedSubnodes ? entry.Subnodes : subnodes);
        }

        _savedData = Data;
        _savedSubnodes = subnodes;
    }

    // Of all types the highest index counts: as the type is below it, that is the last one's.
    private NodeId Next(NodeIdType type)
    {
        _lastIndex = Math.Max(Math.Max(_lastIndex, FirstIndex - 1), Subnodes.Last()?.Id.Index ?? 0);
        if (_lastIndex == NodeId.MaxIndex)
        {
            throw PstWriteError.NodeIdsExhausted();
        }

        NodeId id = new(type, ++_lastIndex);
        Store.Counters.Note(id);
        return id;
    }

    private NodeId AddLtp(WrittenData tree)
    {
        try
        {
            NodeId id = NextLtp();
            SetSubnode(id, tree.Root, default);
            return id;
        }
        catch
        {
            Store.Blocks.Release(tree.Root);
            throw;
        }
    }
}
