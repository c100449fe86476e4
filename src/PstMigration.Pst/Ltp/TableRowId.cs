namespace PstMigration.Pst.Ltp;

/// <summary>A row of a table: its id (dwRowID) and its number in the row matrix (dwRowIndex).</summary>
internal readonly record struct TableRowId(uint Id, int Number);
