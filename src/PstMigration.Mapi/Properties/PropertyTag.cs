using System.Globalization;

namespace PstMigration.Mapi;

/// <summary>A property id and the type of its value, for example <c>0x0037001F</c> (subject, UTF-16).</summary>
public readonly record struct PropertyTag(ushort Id, PropertyType Type)
{
    /// <summary>Ids from here to 0xFFFE are a store's local numbers for named properties.</summary>
    public const ushort FirstNamedId = 0x8000;

    /// <summary>Splits a 32-bit tag: id in the high word, type in the low word.</summary>
    public PropertyTag(uint value)
        : this((ushort)(value >> 16), (PropertyType)(ushort)value)
    {
    }

    /// <summary>The 32-bit form.</summary>
    public uint Value => ((uint)Id << 16) | (ushort)Type;

    /// <summary>The key under which a <see cref="PropertyBag"/> holds it.</summary>
    /// <exception cref="ArgumentException">The id is a local number of a named property.</exception>
    public static implicit operator PropertyKey(PropertyTag tag) => new(tag.Id);

    /// <summary>The same as the implicit conversion.</summary>
    public PropertyKey ToPropertyKey() => this;

    /// <inheritdoc/>
    public override string ToString() => "0x" + Value.ToString("X8", CultureInfo.InvariantCulture);
}
