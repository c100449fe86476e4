namespace PstMigration.Mapi;

/// <summary>Facts about property types.</summary>
public static class PropertyTypes
{
    private const ushort MultipleFlag = 0x1000;

    /// <summary>Whether values of the type are lists.</summary>
    public static bool IsMultiple(PropertyType type) => ((ushort)type & MultipleFlag) != 0;

    /// <summary>The type of one element of a multi-valued type; the type itself otherwise.</summary>
    public static PropertyType Element(PropertyType type) => (PropertyType)((ushort)type & ~MultipleFlag);

    /// <summary>The type for a type of text: that of UTF-16 for that of 8 bits; any other itself.</summary>
    public static PropertyType Wide(PropertyType type) => type switch
    {
        PropertyType.String8 => PropertyType.String,
        PropertyType.MultipleString8 => PropertyType.MultipleString,
        _ => type,
    };

    /// <summary>
    /// Whether values of two types under one id are values of one property: the types are equal but for how text is encoded
    /// ([MS-OXCDATA] 2.11.1.3), or one is <see cref="PropertyType.Unspecified"/>.
    /// </summary>
    public static bool IsSameProperty(PropertyType one, PropertyType other) =>
        one == PropertyType.Unspecified || other == PropertyType.Unspecified || Wide(one) == Wide(other);

    /// <summary>Bytes of one value as MAPI stores it (Boolean 1), or 0 for a type of variable size, a list or an unknown type.</summary>
    public static int FixedSize(PropertyType type) => type switch
    {
        PropertyType.Boolean => 1,
        PropertyType.Integer16 => 2,
        PropertyType.Integer32 or PropertyType.Floating32 or PropertyType.ErrorCode => 4,
        PropertyType.Floating64 or PropertyType.Currency or PropertyType.FloatingTime
            or PropertyType.Integer64 or PropertyType.Time => 8,
        PropertyType.Guid => 16,
        _ => 0,
    };
}
