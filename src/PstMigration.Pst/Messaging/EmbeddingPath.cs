using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Messaging;

/// <summary>The items an embedded item is in, by the root of their subnodes. A file can make an item contain itself; this notices.</summary>
internal sealed class EmbeddingPath
{
    /// <summary>More than any mail program makes, and few enough for code that descends by calling itself.</summary>
    private const int MaxDepth = 200;

    /// <summary>An item that is in a folder.</summary>
    public static readonly EmbeddingPath Top = new(null, default, 0);

    private readonly EmbeddingPath? _parent;
    private readonly BlockId _subnodes;
    private readonly int _depth;

    private EmbeddingPath(EmbeddingPath? parent, BlockId subnodes, int depth)
    {
        _parent = parent;
        _subnodes = subnodes;
        _depth = depth;
    }

    /// <summary>The path of what is in an item with these subnodes.</summary>
    /// <exception cref="PstException">PstDamaged: the item is one of those it is in, or there are too many.</exception>
    public EmbeddingPath Append(BlockId subnodes, NodeId node)
    {
        if (_depth >= MaxDepth)
        {
            throw PstException.Damaged(PstStructure.Item, PstDamageReason.LimitExceeded, -1, node);
        }

        for (EmbeddingPath? path = this; path is not null; path = path._parent)
        {
            if (!subnodes.IsNone && path._subnodes == subnodes)
            {
                throw PstException.Damaged(PstStructure.Item, PstDamageReason.Cycle, -1, node);
            }
        }

        return new EmbeddingPath(this, subnodes, _depth + 1);
    }
}
