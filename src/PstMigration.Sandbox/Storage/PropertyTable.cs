using PstMigration.Storage;

namespace PstMigration.Sandbox;

/// <summary>Stored properties. Their owner is an item by its number, or a folder by its number made negative.</summary>
internal sealed class PropertyTable(SqliteDatabase database)
{
    private const int MultipleFlag = 0x100;

    /// <summary>Longer text is not looked up by value.</summary>
    private const int LongestIndexed = 512;

    /// <summary>Whether <c>$filter</c> finds a value by the index.</summary>
    public static bool IsIndexed(object value) => value is long or double || value is string { Length: <= LongestIndexed };

    /// <summary>Reads all of an owner.</summary>
    public void Load(long owner, PropertyMap into)
    {
        var rows = database.Query(
            "SELECT tag, type, value FROM property WHERE item = @0 ORDER BY tag, ord",
            r => (Tag: r.GetString(0), Type: r.GetInt32(1), Value: r.GetValue(2)),
            owner);
        foreach (var group in rows.GroupBy(p => p.Tag, StringComparer.Ordinal))
        {
            int type = group.First().Type;
            StoredProperty property = new((ExtendedType)(type & ~MultipleFlag), (type & MultipleFlag) != 0, group.Select(p => p.Value).ToArray());
            if (!property.Values.All(v => ExtendedValue.IsStored(property.Type, v)))
            {
                throw StorageException.Damaged(database.Path, Strings.DamagedProperty);
            }

            into.Load(group.Key, property);
        }
    }

    /// <summary>Writes what changed.</summary>
    public void Write(long owner, PropertyMap properties)
    {
        foreach (string tag in properties.Changed)
        {
            database.Execute("DELETE FROM property WHERE item = @0 AND tag = @1", owner, tag);
            if (properties.All.TryGetValue(tag, out StoredProperty? property))
            {
                for (int i = 0; i < property.Values.Count; i++)
                {
                    database.Execute(
                        "INSERT INTO property(item, tag, ord, type, indexed, value) VALUES (@0, @1, @2, @3, @4, @5)",
                        owner,
                        tag,
                        i,
                        (int)property.Type | (property.IsMultiple ? MultipleFlag : 0),
                        IsIndexed(property.Values[i]),
                        property.Values[i]);
                }
            }
        }
    }

    /// <summary>Takes all of an owner away.</summary>
    public void Delete(long owner) => database.Execute("DELETE FROM property WHERE item = @0", owner);
}
