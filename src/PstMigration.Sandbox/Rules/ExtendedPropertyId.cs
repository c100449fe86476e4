using System.Globalization;

namespace PstMigration.Sandbox;

/// <summary>
/// The id of an extended property: <c>{type} {proptag}</c>, <c>{type} {guid} Name {name}</c> or <c>{type} {guid} Id {id}</c>
/// (resources/extended-properties-overview). Written back as the service does: numbers in lower case without leading zeros, GUIDs
/// in lower case; names keep their case and are compared with it.
/// </summary>
internal sealed record ExtendedPropertyId(ExtendedType Type, bool IsMultiple, string Tag)
{
    private const ushort FirstNamed = 0x8000;

    // In the order of ExtendedType.
    private static readonly string[] s_types =
    [
        "String", "Integer", "Short", "Long", "Boolean", "SystemTime", "Binary", "Double", "Float", "Currency", "CLSID",
    ];

    /// <summary>The property set and number or name of a named property; null for a standard one.</summary>
    public (Guid Set, uint? Lid, string? Name)? Named { get; private init; }

    /// <summary>The number of a standard property; 0 for a named one.</summary>
    public ushort Id { get; private init; }

    /// <summary>What the tags begin with of what has no property of MAPI's: no client can ask for it by chance.</summary>
    public const string OwnSet = "{0b0d5a8e-6c1c-4f5d-8f3d-9a5b7a3c2f11}";

    /// <summary>An id of the sandbox's own.</summary>
    /// <param name="type">The type as ids spell it.</param>
    /// <param name="name">The name.</param>
    public static ExtendedPropertyId Own(string type, string name) => Known(type + " " + OwnSet + " Name " + name);

    /// <summary>Reads an id this assembly wrote down itself.</summary>
    public static ExtendedPropertyId Known(string text) =>
        TryParse(text, out ExtendedPropertyId? id) ? id! : throw new ArgumentException(text, nameof(text));

    /// <summary>Reads an id of a request.</summary>
    public static bool TryParse(string? text, out ExtendedPropertyId? id)
    {
        id = null;
        string[] parts = (text ?? "").Split([' '], 4);
        if (parts.Length < 2 || !TryParseType(parts[0], out ExtendedType type, out bool multiple))
        {
            return false;
        }

        if (parts.Length == 2)
        {
            // A number of 0x8000 and above is local to one mailbox: the service takes named properties by name only.
            if (!TryParseHex(parts[1], out uint number) || number is 0 or >= FirstNamed)
            {
                return false;
            }

            id = new ExtendedPropertyId(type, multiple, StandardTag((ushort)number)) { Id = (ushort)number };
            return true;
        }

        if (parts.Length != 4 || !Guid.TryParse(parts[1], out Guid set) || parts[3].Length == 0)
        {
            return false;
        }

        if (string.Equals(parts[2], "Name", StringComparison.OrdinalIgnoreCase))
        {
            id = new ExtendedPropertyId(type, multiple, NamedTag(set, parts[3])) { Named = (set, null, parts[3]) };
            return true;
        }

        if (string.Equals(parts[2], "Id", StringComparison.OrdinalIgnoreCase) && TryParseHex(parts[3], out uint lid))
        {
            id = new ExtendedPropertyId(type, multiple, NamedTag(set, lid)) { Named = (set, lid, null) };
            return true;
        }

        return false;
    }

    /// <summary>How a standard property is written.</summary>
    public static string StandardTag(ushort id) => "0x" + id.ToString("x", CultureInfo.InvariantCulture);

    /// <summary>How a property named by string is written.</summary>
    public static string NamedTag(Guid set, string name) => set.ToString("B") + " Name " + name;

    /// <summary>How a property named by number is written.</summary>
    public static string NamedTag(Guid set, uint lid) => set.ToString("B") + " Id 0x" + lid.ToString("x", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override string ToString() => s_types[(int)Type] + (IsMultiple ? "Array " : " ") + Tag;

    private static bool TryParseType(string text, out ExtendedType type, out bool multiple)
    {
        multiple = text.EndsWith("Array", StringComparison.OrdinalIgnoreCase);
        string single = multiple ? text.Substring(0, text.Length - 5) : text;
        int index = Array.FindIndex(s_types, t => string.Equals(t, single, StringComparison.OrdinalIgnoreCase));
        type = (ExtendedType)index;
        return index >= 0;
    }

    private static bool TryParseHex(string text, out uint value)
    {
        bool hex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return uint.TryParse(hex ? text.Substring(2) : text, hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }
}
