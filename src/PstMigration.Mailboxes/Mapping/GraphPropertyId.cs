using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// The way Graph writes the id of an extended property ([extended properties overview]): <c>{type} 0x{id}</c>,
/// <c>{type} {set} Id 0x{lid}</c> or <c>{type} {set} Name {name}</c>. The service gives ids back in its own spelling
/// (<c>Integer 0xe07</c>), so they are compared by what they mean.
/// </summary>
internal static class GraphPropertyId
{
    private static readonly (PropertyType Type, string Name)[] s_types =
    [
        (PropertyType.String, "String"),
        (PropertyType.Integer32, "Integer"),
        (PropertyType.Time, "SystemTime"),
        (PropertyType.Boolean, "Boolean"),
        (PropertyType.Binary, "Binary"),
        (PropertyType.Integer16, "Short"),
        (PropertyType.Integer64, "Long"),
        (PropertyType.Floating64, "Double"),
        (PropertyType.Floating32, "Float"),
        (PropertyType.Guid, "CLSID"),
        (PropertyType.MultipleString, "StringArray"),
        (PropertyType.MultipleInteger32, "IntegerArray"),
        (PropertyType.MultipleTime, "SystemTimeArray"),
        (PropertyType.MultipleBinary, "BinaryArray"),
        (PropertyType.MultipleInteger16, "ShortArray"),
        (PropertyType.MultipleInteger64, "LongArray"),
        (PropertyType.MultipleFloating64, "DoubleArray"),
        (PropertyType.MultipleFloating32, "FloatArray"),
        (PropertyType.MultipleGuid, "CLSIDArray"),
    ];

    /// <summary>The id of a property; null for a type Graph has no word for.</summary>
    public static string? TryWrite(PropertyKey key, PropertyType type)
    {
        // 8-bit text is held decoded; the mailbox stores it as UTF-16.
        PropertyType stored = type switch
        {
            PropertyType.String8 => PropertyType.String,
            PropertyType.MultipleString8 => PropertyType.MultipleString,
            _ => type,
        };
        string? word = Array.Find(s_types, t => t.Type == stored).Name;
        return word is null ? null : word + " " + Property(key);
    }

    /// <summary>The id of a property whose type Graph knows.</summary>
    public static string Write(PropertyKey key, PropertyType type) =>
        TryWrite(key, type) ?? throw new ArgumentException("Graph has no word for " + type, nameof(type));

    /// <summary>Reads an id in any spelling.</summary>
    public static bool TryRead(string? id, out PropertyKey key, out PropertyType type)
    {
        key = default;
        type = PropertyType.Unspecified;
        string[] parts = (id ?? "").Trim().Split([' '], 4, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is not (2 or 4))
        {
            return false;
        }

        type = Array.Find(s_types, t => string.Equals(t.Name, parts[0], StringComparison.OrdinalIgnoreCase)).Type;
        if (type == PropertyType.Unspecified)
        {
            return false;
        }

        if (parts.Length == 2)
        {
            if (!TryReadNumber(parts[1], out uint standard) || standard >= PropertyTag.FirstNamedId)
            {
                return false;
            }

            key = new PropertyKey((ushort)standard);
            return true;
        }

        return Guid.TryParse(parts[1], out Guid set) && TryReadName(set, parts[2], parts[3], out key);
    }

    /// <summary>Whether two ids name one property in one type.</summary>
    public static bool Same(string? a, string? b) => TryRead(a, out PropertyKey ka, out PropertyType ta)
        && TryRead(b, out PropertyKey kb, out PropertyType tb) && ka == kb && ta == tb;

    /// <summary>The <c>$expand</c> that asks for these properties with an item.</summary>
    /// <param name="collection"><c>singleValueExtendedProperties</c> or <c>multiValueExtendedProperties</c>.</param>
    /// <param name="ids">Their ids.</param>
    public static string Expand(string collection, params string[] ids) => collection + "($filter="
        + string.Join(" or ", Array.ConvertAll(ids, id => "id eq " + Quote(id))) + ")";

    /// <summary>A string within an OData expression.</summary>
    public static string Quote(string text) => "'" + text.Replace("'", "''") + "'";

    private static string Property(PropertyKey key) => key.Name is PropertyName name
        ? name.Set.ToString("B").ToUpperInvariant() + (name.Name is null
            ? " Id 0x" + name.Lid.ToString("X4", CultureInfo.InvariantCulture)
            : " Name " + name.Name)
        : "0x" + key.Id.ToString("X4", CultureInfo.InvariantCulture);

    private static bool TryReadName(Guid set, string kind, string value, out PropertyKey key)
    {
        key = default;
        if (string.Equals(kind, "Name", StringComparison.OrdinalIgnoreCase))
        {
            key = new PropertyName(set, value);
            return true;
        }

        bool known = string.Equals(kind, "Id", StringComparison.OrdinalIgnoreCase) && TryReadNumber(value, out uint lid);
        key = known ? new PropertyName(set, TryReadNumber(value, out lid) ? lid : 0) : default;
        return known;
    }

    private static bool TryReadNumber(string text, out uint number) => text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        ? uint.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number)
        : uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
