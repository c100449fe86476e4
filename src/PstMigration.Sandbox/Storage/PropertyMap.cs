using System.Text;

namespace PstMigration.Sandbox;

/// <summary>One stored property: its type and its values, one unless <see cref="IsMultiple"/>.</summary>
internal sealed record StoredProperty(ExtendedType Type, bool IsMultiple, IReadOnlyList<object> Values);

/// <summary>The properties of one item, by tag, and which of them changed since they were read.</summary>
internal sealed class PropertyMap
{
    private readonly Dictionary<string, StoredProperty> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);

    /// <summary>Tags to write or, where they are not among <see cref="All"/>, to delete.</summary>
    public IReadOnlyCollection<string> Changed => _changed;

    /// <summary>Everything, by tag.</summary>
    public IReadOnlyDictionary<string, StoredProperty> All => _values;

    /// <summary>Bytes of all values, text in UTF-8.</summary>
    public long Size => _values.Values.Sum(p => p.Values.Sum(v => (long)(v switch { string text => Encoding.UTF8.GetByteCount(text), byte[] bytes => bytes.Length, _ => sizeof(long) })));

    /// <summary>Puts in what was read.</summary>
    public void Load(string tag, StoredProperty property) => _values[tag] = property;

    /// <summary>A property whose type is that of the id.</summary>
    public StoredProperty? Find(ExtendedPropertyId id) =>
        _values.TryGetValue(id.Tag, out StoredProperty? found) && found.Type == id.Type && found.IsMultiple == id.IsMultiple ? found : null;

    public bool Contains(ExtendedPropertyId id) => Find(id) is not null;

    public string? GetString(ExtendedPropertyId id) => Find(id)?.Values[0] as string;

    public long? GetNumber(ExtendedPropertyId id) => Find(id)?.Values[0] as long?;

    public byte[]? GetBinary(ExtendedPropertyId id) => Find(id)?.Values[0] as byte[];

    public IReadOnlyList<string> GetStrings(ExtendedPropertyId id) => Find(id)?.Values.Cast<string>().ToArray() ?? [];

    /// <summary>Sets one value; null takes the property away.</summary>
    public void Set(ExtendedPropertyId id, object? value)
    {
        if (value is null)
        {
            _values.Remove(id.Tag);
            _changed.Add(id.Tag);
        }
        else
        {
            SetAll(id, [value]);
        }
    }

    /// <summary>Sets all values; none takes the property away.</summary>
    public void SetAll(ExtendedPropertyId id, IReadOnlyList<object> values)
    {
        if (values.Count == 0)
        {
            Set(id, null);
            return;
        }

        _values[id.Tag] = new StoredProperty(id.Type, id.IsMultiple, values);
        _changed.Add(id.Tag);
    }

    /// <summary>Puts back what was stored, as if nothing had been set.</summary>
    public void Restore(ExtendedPropertyId id, StoredProperty? before)
    {
        Forget(id);
        if (before is not null)
        {
            Load(id.Tag, before);
        }
    }

    /// <summary>Takes a property away as if it had never been there.</summary>
    public void Forget(ExtendedPropertyId id)
    {
        _values.Remove(id.Tag);
        _changed.Remove(id.Tag);
    }
}
