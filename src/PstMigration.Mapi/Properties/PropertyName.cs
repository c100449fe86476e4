using System.Globalization;

namespace PstMigration.Mapi;

/// <summary>The name of a named property: a property set and either a number (LID) or a string. Strings compare ordinally.</summary>
public readonly record struct PropertyName
{
    /// <summary>A property named by number.</summary>
    public PropertyName(Guid set, uint lid)
    {
        Set = set;
        Lid = lid;
    }

    /// <summary>A property named by string.</summary>
    public PropertyName(Guid set, string name)
    {
        Set = set;
        Name = name ?? throw new ArgumentNullException(nameof(name));
    }

    /// <summary>The property set.</summary>
    public Guid Set { get; }

    /// <summary>The number; meaningless where <see cref="Name"/> is set.</summary>
    public uint Lid { get; }

    /// <summary>The string, or null for a property named by number.</summary>
    public string? Name { get; }

    /// <summary>The key under which a <see cref="PropertyBag"/> holds it.</summary>
    public static implicit operator PropertyKey(PropertyName name) => new(name);

    /// <summary>The same as the implicit conversion.</summary>
    public PropertyKey ToPropertyKey() => this;

    /// <inheritdoc/>
    public override string ToString() =>
        Set.ToString("B") + " " + (Name is null ? "Id 0x" + Lid.ToString("X4", CultureInfo.InvariantCulture) : "Name " + Name);
}
