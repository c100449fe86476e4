namespace PstMigration.Pst.Ndb.Files;

/// <summary>A piece of a file: bytes from an offset on.</summary>
internal readonly record struct Extent(long Offset, int Length);
