namespace PstMigration.Mapi;

/// <summary>Properties in one order and one form, whatever store they come from.</summary>
internal static class PropertyDigest
{
    /// <summary>
    /// What a store keeps about an object for itself: sizes and states it computes, its own ids and keys, the time it wrote.
    /// Two stores never agree on these.
    /// </summary>
    private static readonly HashSet<ushort> s_local =
    [
        0x0E05, 0x0E08, 0x0E09, 0x0E17, 0x0E1B, 0x0E20, 0x0E21, 0x0E30, 0x0E33, 0x0E34, 0x0E38, 0x0E3C, 0x0E3D,
        0x0FF4, 0x0FF5, 0x0FF6, 0x0FF7, 0x0FF8, 0x0FF9, 0x0FFA, 0x0FFB, 0x3000, 0x3008,
    ];

    /// <summary>Writes all properties but those local to a store and those in <paramref name="except"/>.</summary>
    public static void Write(DigestWriter writer, PropertyBag properties, params ushort[] except)
    {
        List<KeyValuePair<PropertyKey, PropertyValue>> sorted = properties.Where(p => !IsLocal(p.Key) && !except.Contains(p.Key.Id)).ToList();
        sorted.Sort((a, b) => Compare(a.Key, b.Key));
        writer.Write(sorted.Count);
        foreach (KeyValuePair<PropertyKey, PropertyValue> property in sorted)
        {
            WriteKey(writer, property.Key);
            WriteValue(writer, property.Value);
        }
    }

    /// <summary>Writes a value; 8-bit and wide strings are the same once decoded.</summary>
    public static void WriteValue(DigestWriter writer, PropertyValue value)
    {
        PropertyType type = value.Type switch
        {
            PropertyType.String8 => PropertyType.String,
            PropertyType.MultipleString8 => PropertyType.MultipleString,
            _ => value.Type,
        };
        writer.Write((long)type);
        if (value.AsArray() is Array array)
        {
            WriteArray(writer, array);
        }
        else if (value.AsGuid() is Guid guid)
        {
            writer.Write(guid.ToByteArray());
        }
        else if (value.AsSource() is BinarySource source)
        {
            writer.Write(source);
        }
        else
        {
            writer.Write(value.Bits);
        }
    }

    private static bool IsLocal(PropertyKey key) => key.Name is PropertyName name
        ? name.Set == PropertySets.PstMigration || name == PropertyNames.Marker
        : key.Id is >= 0x6600 and <= 0x67FF || s_local.Contains(key.Id);

    private static void WriteKey(DigestWriter writer, PropertyKey key)
    {
        if (key.Name is PropertyName name)
        {
            writer.Write(name.Set.ToByteArray());
            writer.Write(name.Name is null ? name.Lid : -1);
            writer.Write(name.Name ?? "");
        }
        else
        {
            writer.Write(key.Id);
        }
    }

    private static void WriteArray(DigestWriter writer, Array array)
    {
        writer.Write(array.LongLength);
        foreach (object? element in array)
        {
            switch (element)
            {
                case string text:
                    writer.Write(text);
                    break;
                case byte[] bytes:
                    writer.Write(bytes);
                    break;
                case Guid guid:
                    writer.Write(guid.ToByteArray());
                    break;
                case long bits:
                    writer.Write(bits);
                    break;
                default:
                    writer.Write("");
                    break;
            }
        }
    }

    private static int Compare(PropertyKey a, PropertyKey b)
    {
        int byKind = (a.Name is null ? 0 : 1).CompareTo(b.Name is null ? 0 : 1);
        if (byKind != 0 || a.Name is not PropertyName x || b.Name is not PropertyName y)
        {
            return byKind != 0 ? byKind : a.Id.CompareTo(b.Id);
        }

        int bySet = x.Set.CompareTo(y.Set);
        int byLid = (x.Name is null ? x.Lid : -1L).CompareTo(y.Name is null ? y.Lid : -1L);
        return bySet != 0 ? bySet : byLid != 0 ? byLid : string.CompareOrdinal(x.Name, y.Name);
    }
}
