namespace PstMigration.Pst.Checking;

/// <summary>The data of a node: its blocks in order.</summary>
/// <param name="Leaves">Indexes into the block table.</param>
/// <param name="Length">Bytes altogether.</param>
internal sealed record NodeData(int[] Leaves, long Length);
