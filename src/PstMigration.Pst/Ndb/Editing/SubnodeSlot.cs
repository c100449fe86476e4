using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ndb.Editing;

/// <summary>An entry of a subnode tree that is changed, and which of its blocks nothing refers to yet but this tree.</summary>
internal readonly record struct SubnodeSlot(SubnodeEntry Entry, bool OwnsData, bool OwnsSubnodes);
