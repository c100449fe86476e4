using System.Globalization;

namespace PstMigration.Mapi;

/// <summary>
/// What identifies a property within one object: a standard id below 0x8000, or a <see cref="PropertyName"/>.
/// A store's local number of a named property never appears here.
/// </summary>
public readonly record struct PropertyKey
{
    /// <summary>A standard property.</summary>
    /// <exception cref="ArgumentException">The id is 0x8000 or above, a local number of a named property.</exception>
    public PropertyKey(ushort id)
    {
        if (id >= PropertyTag.FirstNamedId)
        {
            throw new ArgumentException("A local property number (0x8000 and above) means nothing outside its store.", nameof(id));
        }

        Id = id;
    }

    /// <summary>A named property.</summary>
    public PropertyKey(PropertyName name) => Name = name;

    /// <summary>The standard id; 0 for a named property.</summary>
    public ushort Id { get; }

    /// <summary>The name; null for a standard property.</summary>
    public PropertyName? Name { get; }

    /// <inheritdoc/>
    public bool Equals(PropertyKey other) => Id == other.Id && Nullable.Equals(Name, other.Name);

    // Every property that is read is put into a bag by this: ids are told apart without looking at what a name would be.
    /// <inheritdoc/>
    public override int GetHashCode() => Name is PropertyName name ? name.GetHashCode() : Id;

    /// <inheritdoc/>
    public override string ToString() => Name?.ToString() ?? "0x" + Id.ToString("X4", CultureInfo.InvariantCulture);
}
