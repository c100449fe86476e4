using System.Globalization;

namespace PstMigration.Mapi;

/// <summary>
/// What stays the same when an item is edited: two items with one key and different identities are two items, as in copies of a file that
/// went their own ways. The search key and the time it was made where the store keeps them ([MS-OXCPRPT] 2.2.1.9, 2.2.1.4); else Message-ID, time sent and sender.
/// </summary>
/// <param name="Value">32 lower-case hexadecimal digits.</param>
public readonly record struct ItemIdentity(string Value)
{
    private const int Digits = 32;

    /// <summary>The identity of an item.</summary>
    public static ItemIdentity Of(MapiItem item)
    {
        PropertyBag p = (item ?? throw new ArgumentNullException(nameof(item))).Properties;
        byte[]? searchKey = p.GetBinary(PropertyTags.SearchKey);
        string text = searchKey is { Length: > 0 }
            ? Hex.Lower(searchKey) + (p.GetTime(PropertyTags.CreationTime)?.UtcTicks ?? 0).ToString(CultureInfo.InvariantCulture)
            : ItemDigester.Identity(item).Hex;
        return new ItemIdentity(Sha256.Hex(text).Substring(0, Digits));
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
