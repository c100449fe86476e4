namespace PstMigration.Pst.Checking;

/// <summary>Where in the tree of nodes something is: a node of the NBT, or a subnode of such a place.</summary>
internal sealed class Place(NodeId node, long? offset, Place? owner = null)
{
    /// <summary>The node or subnode itself.</summary>
    public NodeId Node { get; } = node;

    /// <summary>Where its data starts in the file; null where it has none.</summary>
    public long? Offset { get; } = offset;

    /// <summary>How many subnodes deep it is.</summary>
    public int Depth { get; } = owner is null ? 0 : owner.Depth + 1;

    /// <summary>The node of the NBT it belongs to.</summary>
    public NodeId Root => owner?.Root ?? Node;

    public override string ToString() => owner is null ? "node " + Node : owner + ", subnode " + Node;
}
