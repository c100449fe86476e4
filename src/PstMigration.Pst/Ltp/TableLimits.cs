using PstMigration.Pst.Ndb.Blocks;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ltp;

/// <summary>How much of a table's heap and subnode tree cells of variable size may take; the rest is for its row index and rows.</summary>
/// <param name="HeapBlocks">Blocks of the heap.</param>
/// <param name="Subnodes">Subnodes.</param>
internal readonly record struct TableLimits(int HeapBlocks, int Subnodes)
{
    /// <summary>The most rows a table can have: what the blocks kept for the row index can list.</summary>
    public const int MaxRows = 3_500_000;

    // Two leaves of 447 rows in each.
    private const int ReservedBlocks = 4096;
    private const int ReservedSubnodes = 1;

    /// <summary>What the format allows.</summary>
    public static readonly TableLimits Format = new(
        HeapBuilder.MaxBlocks - ReservedBlocks,
        SubnodeTreeWriter.MaxCount(PstLayout.Unicode) - ReservedSubnodes);
}
