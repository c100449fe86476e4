using PstMigration.Mapi;

namespace PstMigration.Pst.Messaging;

/// <summary>The properties that say where a copy comes from. Asked once everything else of the item is written.</summary>
/// <param name="losses">What of the item has no form in a file.</param>
internal delegate PropertyBag ItemStamp(IReadOnlyList<ItemLoss> losses);
