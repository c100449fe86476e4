using PstMigration.Mapi;

namespace PstMigration.Sandbox;

/// <summary>Values of MAPI properties as they are stored, and back. A floating time, for which Graph has no type, is kept as the number it is.</summary>
internal static class StoredValue
{
    /// <summary>Where and as what a property is stored; null where there is nothing to store.</summary>
    /// <exception cref="GraphException">413: the value is too large for the sandbox.</exception>
    public static (ExtendedPropertyId Id, IReadOnlyList<object> Values)? From(PropertyKey key, PropertyValue value)
    {
        if (Type(PropertyTypes.Element(value.Type)) is not ExtendedType type)
        {
            return null;
        }

        object[] values = value.AsArray() is Array list
            ? [.. list.Cast<object>().Select(e => Element(type, e))]
            : [Single(type, value) ?? throw new GraphException(System.Net.HttpStatusCode.RequestEntityTooLarge, "ErrorMessageSizeExceeded", "A property of the item is too large.")];
        string tag = key.Name is not PropertyName name ? ExtendedPropertyId.StandardTag(key.Id)
            : name.Name is string text ? ExtendedPropertyId.NamedTag(name.Set, text)
            : ExtendedPropertyId.NamedTag(name.Set, name.Lid);
        return values.All(v => ExtendedValue.IsStored(type, v)) ? (new ExtendedPropertyId(type, value.AsArray() is not null, tag), values) : null;
    }

    /// <summary>A stored value, or several, as a property has them.</summary>
    public static PropertyValue? To(StoredProperty stored)
    {
        if (!stored.IsMultiple)
        {
            return One(stored.Type, stored.Values[0]);
        }

        PropertyType type = (PropertyType)((ushort)Type(stored.Type) | 0x1000);
        return stored.Type switch
        {
            ExtendedType.Boolean => null,
            ExtendedType.String => PropertyValue.FromMultiple(type, stored.Values.Cast<string>().ToArray()),
            ExtendedType.Binary => PropertyValue.FromMultiple(type, stored.Values.Cast<byte[]>().ToArray()),
            ExtendedType.Clsid => PropertyValue.FromMultiple(type, stored.Values.Select(v => Guid.Parse((string)v)).ToArray()),
            _ => PropertyValue.FromMultiple(type, stored.Values.Select(v => One(stored.Type, v).Bits).ToArray()),
        };
    }

    private static PropertyValue One(ExtendedType type, object value) => type switch
    {
        ExtendedType.Short => PropertyValue.FromInt16((short)(long)value),
        ExtendedType.Integer => PropertyValue.FromInt32((int)(long)value),
        ExtendedType.Long => PropertyValue.FromInt64((long)value),
        ExtendedType.Boolean => PropertyValue.FromBoolean((long)value != 0),
        ExtendedType.SystemTime => PropertyValue.FromBits(PropertyType.Time, (long)value),
        ExtendedType.Currency => PropertyValue.FromBits(PropertyType.Currency, (long)value),
        ExtendedType.Double => PropertyValue.FromDouble((double)value),
        ExtendedType.Float => PropertyValue.FromBits(PropertyType.Floating32, BitConverter.ToInt32(BitConverter.GetBytes((float)(double)value), 0)),
        ExtendedType.Clsid => PropertyValue.FromGuid(Guid.Parse((string)value)),
        ExtendedType.Binary => PropertyValue.FromBinary((byte[])value),
        _ => PropertyValue.FromString((string)value),
    };

    private static object? Single(ExtendedType type, PropertyValue value) => type switch
    {
        ExtendedType.String => value.AsString(),
        ExtendedType.Binary => value.AsBinary(),
        ExtendedType.Clsid => value.AsGuid()?.ToString(),
        ExtendedType.Double or ExtendedType.Float => value.AsDouble(),
        _ => value.Bits,
    };

    private static object Element(ExtendedType type, object element) => (type, element) switch
    {
        (ExtendedType.Double, long bits) => BitConverter.Int64BitsToDouble(bits),
        (ExtendedType.Float, long bits) => (double)BitConverter.ToSingle(BitConverter.GetBytes((int)bits), 0),
        (_, Guid guid) => guid.ToString(),
        _ => element,
    };

    private static ExtendedType? Type(PropertyType type) => type switch
    {
        PropertyType.String or PropertyType.String8 => ExtendedType.String,
        PropertyType.Integer32 => ExtendedType.Integer,
        PropertyType.Integer16 => ExtendedType.Short,
        PropertyType.Integer64 => ExtendedType.Long,
        PropertyType.Boolean => ExtendedType.Boolean,
        PropertyType.Time => ExtendedType.SystemTime,
        PropertyType.Binary or PropertyType.ServerId or PropertyType.Object => ExtendedType.Binary,
        PropertyType.Floating64 or PropertyType.FloatingTime => ExtendedType.Double,
        PropertyType.Floating32 => ExtendedType.Float,
        PropertyType.Currency => ExtendedType.Currency,
        PropertyType.Guid => ExtendedType.Clsid,
        _ => null,
    };

    private static PropertyType Type(ExtendedType type) => type switch
    {
        ExtendedType.String => PropertyType.String,
        ExtendedType.Integer => PropertyType.Integer32,
        ExtendedType.Short => PropertyType.Integer16,
        ExtendedType.Long => PropertyType.Integer64,
        ExtendedType.Boolean => PropertyType.Boolean,
        ExtendedType.SystemTime => PropertyType.Time,
        ExtendedType.Binary => PropertyType.Binary,
        ExtendedType.Double => PropertyType.Floating64,
        ExtendedType.Float => PropertyType.Floating32,
        ExtendedType.Currency => PropertyType.Currency,
        _ => PropertyType.Guid,
    };
}
