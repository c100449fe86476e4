using PstMigration.Mapi;

namespace PstMigration.Pst.Ltp;

/// <summary>Properties of one object under the ids they have in this file, named ones under their local numbers.</summary>
internal sealed class PropertyList
{
    private readonly Dictionary<ushort, PropertyValue> _values = [];

    /// <summary>How many there are.</summary>
    public int Count => _values.Count;

    /// <summary>Sets a value, which has to be of a type that has a form in a file.</summary>
    public void Set(ushort id, PropertyValue value) => _values[id] = value;

    /// <summary>Sets a value under a standard tag.</summary>
    public void Set(PropertyTag tag, PropertyValue value) => Set(tag.Id, value);

    /// <summary>Finds a value.</summary>
    public bool TryGet(ushort id, out PropertyValue value) => _values.TryGetValue(id, out value);

    /// <summary>Finds a value of exactly this stored type.</summary>
    public bool TryGet(PropertyTag tag, out PropertyValue value) =>
        _values.TryGetValue(tag.Id, out value) && PropertyValueWriter.StoredType(value) == tag.Type;

    /// <summary>Whether there is a value under the tag's id.</summary>
    public bool Contains(PropertyTag tag) => _values.ContainsKey(tag.Id);

    /// <summary>Takes a property away.</summary>
    public void Remove(PropertyTag tag) => _values.Remove(tag.Id);

    /// <summary>Text under the tag's id, or null.</summary>
    public string? GetString(PropertyTag tag) => TryGet(tag.Id, out PropertyValue value) ? value.AsString() : null;

    /// <summary>An integer under the tag's id, or null.</summary>
    public int? GetInt32(PropertyTag tag) => TryGet(tag.Id, out PropertyValue value) ? value.AsInt32() : null;

    /// <summary>The tags as stored, by ascending id.</summary>
    public PropertyTag[] ToTags()
    {
        PropertyTag[] tags = new PropertyTag[_values.Count];
        int i = 0;
        foreach (KeyValuePair<ushort, PropertyValue> pair in _values)
        {
            tags[i++] = new PropertyTag(pair.Key, PropertyValueWriter.StoredType(pair.Value));
        }

        Array.Sort(tags, static (a, b) => a.Id.CompareTo(b.Id));
        return tags;
    }
}
