using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Properties that have no place in MIME, as headers of this project: <c>X-PstMigration-Property: 3001 001F base64</c>. A named property has
/// its set and its LID or, in base64 of UTF-8, its name in place of the id. Text is UTF-8; numbers are 8 bytes, GUIDs 16; a list is its elements, each with an
/// u32 length before it.
/// </summary>
internal static class PropertyHeaders
{
    /// <summary>Bytes of one value and of all values of one object; larger ones are told as losses.</summary>
    private const int MaximumValue = 48 * 1024;
    private const int MaximumTotal = 512 * 1024;

    /// <summary>What MIME carries whole, and what only its own store understands.</summary>
    private static readonly HashSet<ushort> s_left =
    [
        PropertyTags.Body.Id, PropertyTags.BodyHtml.Id, PropertyTags.TransportMessageHeaders.Id, PropertyTags.AttachDataBinary.Id, PropertyTags.AttachMethod.Id,
        0x0E05, 0x0E08, 0x0E09, 0x0E12, 0x0E13, 0x0E17, 0x0E1B, 0x0E20, 0x0E21, 0x0E23, 0x0E27, 0x0E30, 0x0E33, 0x0E34, 0x0E38, 0x0E3C, 0x0E3D,
        0x0FF4, 0x0FF5, 0x0FF6, 0x0FF7, 0x0FF8, 0x0FF9, 0x0FFA, 0x0FFB,
    ];

    /// <summary>Writes the properties of an object.</summary>
    /// <returns>The keys of values too large for a header.</returns>
    public static List<PropertyKey> Write(PropertyBag properties, HeaderList headers)
    {
        List<PropertyKey> lost = [];
        int total = 0;
        foreach (KeyValuePair<PropertyKey, PropertyValue> property in properties)
        {
            if (IsLeft(property.Key))
            {
                continue;
            }

            bool isSmall = property.Value.Source?.IsLongerThan(MaximumValue) != true;
            byte[]? bytes = isSmall ? Bytes(property.Value) : null;
            if (bytes is null || bytes.Length > MaximumValue || total + bytes.Length > MaximumTotal)
            {
                lost.Add(property.Key);
                continue;
            }

            total += bytes.Length;
            string type = ((ushort)property.Value.Type).ToString("X4", CultureInfo.InvariantCulture);
            headers.Add(OwnHeaders.MakeRaw(OwnHeaders.Property, Key(property.Key) + " " + type + " " + Convert.ToBase64String(bytes)));
        }

        return lost;
    }

    /// <summary>Reads the properties of an object; what is no property is passed over.</summary>
    public static void Read(HeaderList headers, PropertyBag properties)
    {
        foreach (Header header in headers)
        {
            if (header.Field.Equals(OwnHeaders.Property, StringComparison.OrdinalIgnoreCase)
                && TryParse(Encoding.ASCII.GetString(header.RawValue), out PropertyKey key, out PropertyValue value) && !IsLeft(key))
            {
                properties[key] = value;
            }
        }
    }

    private static bool IsLeft(PropertyKey key) => key.Name is PropertyName name
        ? name.Set == PropertySets.PstMigration || name == PropertyNames.Marker
        : s_left.Contains(key.Id) || key.Id is >= 0x6600 and <= 0x67FF;

    private static string Key(PropertyKey key)
    {
        if (key.Name is not PropertyName name)
        {
            return key.Id.ToString("X4", CultureInfo.InvariantCulture);
        }

        string rest = name.Name is null ? name.Lid.ToString("X", CultureInfo.InvariantCulture) : "=" + Convert.ToBase64String(Encoding.UTF8.GetBytes(name.Name));
        return name.Set.ToString("D") + "/" + rest;
    }

    private static byte[]? Bytes(PropertyValue value)
    {
        if (value.AsArray() is Array array)
        {
            using MemoryStream list = new();
            foreach (object? element in array)
            {
                byte[] bytes = element switch
                {
                    string text => Encoding.UTF8.GetBytes(text),
                    byte[] binary => binary,
                    Guid guid => guid.ToByteArray(),
                    long number => Number(number),
                    _ => [],
                };
                list.Write(Number(bytes.Length), 0, 4);
                list.Write(bytes, 0, bytes.Length);
            }

            return list.ToArray();
        }

        return value.Type switch
        {
            PropertyType.String or PropertyType.String8 => Encoding.UTF8.GetBytes(value.AsString() ?? ""),
            PropertyType.Guid => value.AsGuid()?.ToByteArray(),
            PropertyType.Object => null,
            _ when PropertyTypes.FixedSize(value.Type) > 0 => Number(value.Bits),
            _ => value.AsBinary(),
        };
    }

    private static byte[] Number(long value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }

    private static bool TryParse(string raw, out PropertyKey key, out PropertyValue value)
    {
        key = default;
        value = default;
        StringBuilder joined = new(raw.Length);
        foreach (string line in raw.Replace("\r\n", "\n").Split('\n'))
        {
            joined.Append(line.Length > 0 && line[0] == ' ' ? line.Substring(1) : line);
        }

        string[] parts = joined.ToString().Trim().Split(' ');
        if (parts.Length is not (2 or 3) || !TryKey(parts[0], out key)
            || !ushort.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort type))
        {
            return false;
        }

        try
        {
            PropertyValue? read = Value((PropertyType)type, Convert.FromBase64String(parts.Length == 3 ? parts[2] : ""));
            value = read ?? default;
            return read is not null;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool TryKey(string text, out PropertyKey key)
    {
        key = default;
        int slash = text.IndexOf('/');
        if (slash < 0)
        {
            bool isId = ushort.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort id) && id is > 0 and < PropertyTag.FirstNamedId;
            key = isId ? new PropertyKey(id) : default;
            return isId;
        }

        string rest = text.Substring(slash + 1);
        if (!Guid.TryParseExact(text.Substring(0, slash), "D", out Guid set) || rest.Length == 0)
        {
            return false;
        }

        if (rest[0] != '=')
        {
            bool isLid = uint.TryParse(rest, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint lid);
            key = isLid ? new PropertyName(set, lid) : default(PropertyKey);
            return isLid;
        }

        try
        {
            key = new PropertyName(set, Encoding.UTF8.GetString(Convert.FromBase64String(rest.Substring(1))));
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static PropertyValue? Value(PropertyType type, byte[] bytes)
    {
        if (PropertyTypes.IsMultiple(type))
        {
            return List(type, bytes);
        }

        return type switch
        {
            PropertyType.String or PropertyType.String8 => PropertyValue.FromString(Encoding.UTF8.GetString(bytes), type),
            PropertyType.Guid when bytes.Length == 16 => PropertyValue.FromGuid(new Guid(bytes)),
            PropertyType.Binary or PropertyType.ServerId or PropertyType.Restriction or PropertyType.RuleAction => PropertyValue.FromBinary(bytes, type),
            _ when PropertyTypes.FixedSize(type) is > 0 and <= 8 && bytes.Length == 8 => PropertyValue.FromBits(type, BinaryPrimitives.ReadInt64LittleEndian(bytes)),
            _ => null,
        };
    }

    private static PropertyValue? List(PropertyType type, byte[] bytes)
    {
        List<byte[]> elements = [];
        for (int at = 0; at + 4 <= bytes.Length;)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
            at += 4;
            if (length < 0 || length > bytes.Length - at)
            {
                return null;
            }

            elements.Add(bytes.AsSpan(at, length).ToArray());
            at += length;
        }

        switch (PropertyTypes.Element(type))
        {
            case PropertyType.String or PropertyType.String8:
                return PropertyValue.FromMultiple(type, elements.ConvertAll(Encoding.UTF8.GetString).ToArray());
            case PropertyType.Binary:
                return PropertyValue.FromMultiple(type, elements.ToArray());
            case PropertyType.Guid when elements.TrueForAll(e => e.Length == 16):
                return PropertyValue.FromMultiple(type, elements.ConvertAll(e => new Guid(e)).ToArray());
            case var element when PropertyTypes.FixedSize(element) is > 0 and <= 8 && elements.TrueForAll(e => e.Length == 8):
                return PropertyValue.FromMultiple(type, elements.ConvertAll(e => BinaryPrimitives.ReadInt64LittleEndian(e)).ToArray());
            default:
                return null;
        }
    }
}
