namespace PstMigration.Pst.Checking;

/// <summary>A row of a table: its id and its bytes.</summary>
internal readonly record struct TableRow(uint Id, ReadOnlyMemory<byte> Bytes);
