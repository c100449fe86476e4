namespace PstMigration.Pst.Checking;

/// <summary>What is known of an XBLOCK or XXBLOCK.</summary>
/// <param name="Level">1 or 2; 0 for a data block.</param>
/// <param name="Count">Ids in the block.</param>
/// <param name="Length">Bytes of data below, added up.</param>
/// <param name="EndsFull">Whether its last data block is full.</param>
/// <param name="IsReadable">Whether every block below exists and is sound.</param>
internal readonly record struct DataTreeSummary(int Level, int Count, long Length, bool EndsFull, bool IsReadable);
