namespace PstMigration.Mapi;

/// <summary>
/// The fields somebody has added to an item: named by strings in the public set, and defined in a value of the item itself ([MS-OXPROPS] PidLidPropertyDefinitionStream).
/// Without that value such names are a program's own notes, which nobody sees.
/// </summary>
public static class UserFields
{
    private static readonly PropertyName s_definitions = new(PropertySets.Common, 0x8540);

    /// <summary>Their names; none for most items.</summary>
    public static IReadOnlyList<PropertyName> Of(MapiItem item) => item is null ? throw new ArgumentNullException(nameof(item))
        : !item.Properties.Contains(s_definitions) ? []
        : [.. item.Properties.Select(p => p.Key.Name).OfType<PropertyName>().Where(n => n.Set == PropertySets.PublicStrings && n.Name is not null && n != PropertyNames.Keywords && n != PropertyNames.Marker)];
}
