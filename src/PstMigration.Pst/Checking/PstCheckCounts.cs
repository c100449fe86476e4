namespace PstMigration.Pst;

/// <summary>How much was checked.</summary>
/// <param name="Pages">B-tree and map pages.</param>
/// <param name="Blocks">Blocks.</param>
/// <param name="Nodes">Nodes of the node B-tree.</param>
/// <param name="Items">Items and FAI items, embedded ones included.</param>
/// <param name="Bytes">Bytes read.</param>
public sealed record PstCheckCounts(long Pages, long Blocks, long Nodes, long Items, long Bytes);
