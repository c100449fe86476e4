using PstMigration.Mapi;

namespace PstMigration.Pst;

/// <summary>An item that no folder lists and that is to be copied with those that folders list.</summary>
/// <param name="Item">The item.</param>
/// <param name="Key">What its copies are known by: not its node alone, which a listed item may have by now.</param>
/// <param name="Folder">A folder of the file that it is listed with.</param>
/// <param name="Summary">What is known of it.</param>
public sealed record PstRecoveredChoice(PstRecoveredItem Item, ItemKey Key, FolderPath Folder, ItemSummary Summary);
