using PstMigration.Mapi;

namespace PstMigration;

/// <summary>An item as it is listed, and the item itself, read when first asked for.</summary>
/// <param name="Item">As it is listed.</param>
/// <param name="Listed">What its folder's table tells of the properties asked for; see <see cref="Pst.PstItemSummary.Properties"/>.</param>
/// <param name="Content">The item; throws <see cref="MailDataException"/> where it cannot be read.</param>
internal sealed record PstItemContent(PstItemInfo Item, PropertyBag Listed, Lazy<MapiItem> Content);
