using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace PstMigration.Mapi;

/// <summary>The properties of one object, in the order they were added. A key holds one value; setting it again replaces it.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "A property bag is what the field calls it.")]
public sealed class PropertyBag : IReadOnlyCollection<KeyValuePair<PropertyKey, PropertyValue>>
{
    private readonly Dictionary<PropertyKey, PropertyValue> _values;

    /// <summary>An empty bag.</summary>
    public PropertyBag()
        : this(0)
    {
    }

    /// <summary>An empty bag with room for a number of properties.</summary>
    public PropertyBag(int capacity) => _values = new Dictionary<PropertyKey, PropertyValue>(capacity);

    /// <inheritdoc/>
    public int Count => _values.Count;

    /// <summary>Sets a value.</summary>
    public PropertyValue this[PropertyKey key]
    {
        get => _values[key];
        set => _values[key] = value;
    }

    /// <summary>Whether the property is present, even if empty.</summary>
    public bool Contains(PropertyKey key) => _values.ContainsKey(key);

    /// <summary>Finds a value.</summary>
    public bool TryGet(PropertyKey key, out PropertyValue value) => _values.TryGetValue(key, out value);

    /// <summary>Takes a property away.</summary>
    public bool Remove(PropertyKey key) => _values.Remove(key);

    /// <summary>Text, or null where absent or not text.</summary>
    public string? GetString(PropertyKey key) => TryGet(key, out PropertyValue value) ? value.AsString() : null;

    /// <summary>An integer, or null.</summary>
    public int? GetInt32(PropertyKey key) => TryGet(key, out PropertyValue value) ? value.AsInt32() : null;

    /// <summary>A Boolean, or null.</summary>
    public bool? GetBoolean(PropertyKey key) => TryGet(key, out PropertyValue value) ? value.AsBoolean() : null;

    /// <summary>A time in UTC, or null where absent or outside .NET's range.</summary>
    public DateTimeOffset? GetTime(PropertyKey key) => TryGet(key, out PropertyValue value) ? value.AsTime() : null;

    /// <summary>Bytes, or null. Not a copy.</summary>
    public byte[]? GetBinary(PropertyKey key) => TryGet(key, out PropertyValue value) ? value.AsBinary() : null;

    /// <summary>Several strings, or null.</summary>
    public IReadOnlyList<string>? GetStrings(PropertyKey key) => TryGet(key, out PropertyValue value) ? value.AsStrings() : null;

    /// <summary>Sets text; null takes the property away.</summary>
    public void Set(PropertyKey key, string? value)
    {
        if (value is null)
        {
            Remove(key);
        }
        else
        {
            this[key] = PropertyValue.FromString(value);
        }
    }

    /// <summary>Sets an integer.</summary>
    public void Set(PropertyKey key, int value) => this[key] = PropertyValue.FromInt32(value);

    /// <summary>Sets a Boolean.</summary>
    public void Set(PropertyKey key, bool value) => this[key] = PropertyValue.FromBoolean(value);

    /// <summary>Sets a time.</summary>
    public void Set(PropertyKey key, DateTimeOffset value) => this[key] = PropertyValue.FromTime(value);

    /// <summary>Sets bytes; null takes the property away.</summary>
    public void Set(PropertyKey key, byte[]? value)
    {
        if (value is null)
        {
            Remove(key);
        }
        else
        {
            this[key] = PropertyValue.FromBinary(value);
        }
    }

    /// <summary>Sets several strings.</summary>
    public void Set(PropertyKey key, string[] values) => this[key] = PropertyValue.FromMultiple(PropertyType.MultipleString, values);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<PropertyKey, PropertyValue>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
