using PstMigration.Pst.Ndb;
using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ltp;

/// <summary>A node or subnode being read: its heap and its subnodes, each opened when first needed. For one thread.</summary>
internal sealed class NodeReader(INodeDatabase database, NodeId id, BlockId data, BlockId subnodes) : ISubnodeReader, IDisposable
{
    private Heap? _heap;
    private SubnodeTree? _subnodes;

    /// <inheritdoc/>
    public INodeDatabase Database => database;

    /// <inheritdoc/>
    public NodeId Id => id;

    /// <summary>Root of the data tree.</summary>
    public BlockId Data => data;

    /// <summary>Root of the subnode tree.</summary>
    public BlockId SubnodeRoot => subnodes;

    /// <summary>The heap in the node's data.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public Heap Heap => _heap ??= Heap.Open(database, data);

    /// <summary>The node's subnodes.</summary>
    /// <exception cref="PstException">PstDamaged.</exception>
    public SubnodeTree Subnodes => _subnodes ??= SubnodeTree.Open(database, subnodes);

    /// <summary>Bytes of the list of subnodes, if it was needed so far.</summary>
    public long SubnodesRead => _subnodes?.Length ?? 0;

    /// <summary>Opens a node of the file.</summary>
    /// <exception cref="PstException">PstDamaged, or PstNoSuchNode.</exception>
    public static NodeReader Open(INodeDatabase database, NodeId id) => database.TryFindNode(id, out NodeEntry entry)
        ? Open(database, entry)
        : throw PstException.NoSuchNode(id);

    /// <summary>Opens a node found before.</summary>
    public static NodeReader Open(INodeDatabase database, in NodeEntry entry) => new(database, entry.Id, entry.Data, entry.Subnodes);

    /// <inheritdoc/>
    public bool TryFindSubnode(NodeId id, out SubnodeEntry entry) => Subnodes.TryFind(id, out entry);

    /// <summary>Opens a subnode of this node.</summary>
    public NodeReader OpenSubnode(in SubnodeEntry entry) => new(database, entry.Id, entry.Data, entry.Subnodes);

    /// <inheritdoc/>
    public void Dispose() => _heap?.Dispose();
}
