using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ndb.Blocks;

/// <summary>The data of a node as written: its root block (none for no data) and the bytes in its leaves.</summary>
internal readonly record struct WrittenData(BlockId Root, long Length);
