using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ndb;

/// <summary>A node whose blocks are written, before it is entered in the NBT or in a subnode tree.</summary>
/// <param name="Data">Root of its data.</param>
/// <param name="Subnodes">Root of its subnode tree.</param>
/// <param name="Size">Bytes in all leaves, those of subnodes at any depth included: the rule of PR_MESSAGE_SIZE, as real files have it.</param>
internal readonly record struct WrittenNode(BlockId Data, BlockId Subnodes, long Size);
