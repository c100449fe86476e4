using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ndb.Editing;

/// <summary>The changes of the NBT.</summary>
internal sealed class NodeChanges(Dictionary<NodeId, NodeEntry?> changes, PstLayout layout) : TreeChanges
{
    private readonly KeyValuePair<NodeId, NodeEntry?>[] _changes = [.. changes.OrderBy(c => c.Key.Value)];

    /// <inheritdoc/>
    public override int Count => _changes.Length;

    /// <summary>The node as it is to be; null where it is to go.</summary>
    public NodeEntry? Node(int index) => _changes[index].Value;

    /// <inheritdoc/>
    public override ulong Key(int index) => _changes[index].Key.Value;

    /// <inheritdoc/>
    public override bool IsRemoval(int index) => _changes[index].Value is null;

    /// <inheritdoc/>
    public override void Write(int index, Span<byte> entry) => _changes[index].Value!.Value.Write(entry, layout);
}
