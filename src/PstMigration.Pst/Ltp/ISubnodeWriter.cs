using PstMigration.Mapi;

namespace PstMigration.Pst.Ltp;

/// <summary>Takes the values of a node that are too large for its heap, each in a subnode of its own.</summary>
internal interface ISubnodeWriter
{
    /// <summary>Subnodes so far.</summary>
    int SubnodeCount { get; }

    /// <summary>Stores bytes.</summary>
    /// <exception cref="PstException">PstValueTooLarge, PstTooManySubnodes.</exception>
    NodeId AddValue(ReadOnlySpan<byte> data);

    /// <summary>Stores the bytes of a source, block by block.</summary>
    /// <param name="source">Where they come from.</param>
    /// <param name="length">How many, the source has at least as many; null for all of a source that does not tell.</param>
    /// <param name="stored">How many were stored.</param>
    /// <exception cref="PstException">PstValueTooLarge, PstTooManySubnodes; PstValueTruncated: the source ended early.</exception>
    NodeId AddValue(BinarySource source, long? length, out long stored);
}
