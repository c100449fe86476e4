namespace PstMigration.Pst.Checking;

/// <summary>Ends a check whose work has outgrown the file; never leaves the checker.</summary>
internal sealed class CheckStoppedException : Exception;
