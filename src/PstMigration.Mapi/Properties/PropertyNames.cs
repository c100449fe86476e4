namespace PstMigration.Mapi;

/// <summary>Named properties the code itself needs; every other name is in the embedded catalog.</summary>
public static class PropertyNames
{
    /// <summary>Categories (strings).</summary>
    public static readonly PropertyName Keywords = new(PropertySets.PublicStrings, "Keywords");

    /// <summary>The follow-up flag's text.</summary>
    public static readonly PropertyName FlagRequest = new(PropertySets.Common, 0x8530);

    /// <summary>The marker of a copied item (string): see <see cref="ItemMarker"/>.</summary>
    public static readonly PropertyName Marker = new(PropertySets.PublicStrings, "PstMigrationMarker");

    /// <summary>The <see cref="ItemKey"/> of the item this one was copied from (string).</summary>
    public static readonly PropertyName SourceKey = new(PropertySets.PstMigration, "SourceKey");

    /// <summary>The <see cref="ItemVersion"/> of the item this one was copied from (string).</summary>
    public static readonly PropertyName SourceVersion = new(PropertySets.PstMigration, "SourceVersion");

    /// <summary>The content digest of the item this one was copied from (string, hexadecimal).</summary>
    public static readonly PropertyName SourceDigest = new(PropertySets.PstMigration, "SourceDigest");

    /// <summary>On a message store: the store key of the mailbox this file is an export of (string).</summary>
    public static readonly PropertyName ExportOf = new(PropertySets.PstMigration, "ExportOf");
}
