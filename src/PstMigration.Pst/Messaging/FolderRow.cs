using PstMigration.Mapi;

namespace PstMigration.Pst.Messaging;

/// <summary>A folder as its parent's hierarchy table lists it.</summary>
internal readonly record struct FolderRow(NodeId Id, PropertyBag Properties);
