using PstMigration.Mapi;
using PstMigration.Pst.Ltp;

namespace PstMigration.Pst.Messaging;

/// <summary>Brings the properties of an item, recipient or attachment under the ids they have in the file being built.</summary>
internal sealed class PropertyMapper
{
    private readonly NameToIdMapBuilder _names;
    private List<ItemLoss> _losses = [];

    public PropertyMapper(NameToIdMapBuilder names) => _names = names;

    /// <summary>What could not be written since they were taken last.</summary>
    public IReadOnlyList<ItemLoss> Losses => _losses;

    /// <summary>What could not be written since the last call; the caller's own, which nothing noted later comes into.</summary>
    public IReadOnlyList<ItemLoss> TakeLosses()
    {
        if (_losses.Count == 0)
        {
            return [];
        }

        List<ItemLoss> losses = _losses;
        _losses = [];
        return losses;
    }

    /// <summary>Notes a property that could not be written.</summary>
    public void AddLoss(string property) => _losses.Add(new ItemLoss(LossKind.Field, property));

    /// <summary>Forgets what was noted behind the first so many: it is told already.</summary>
    public void KeepLosses(int count) => _losses.RemoveRange(count, _losses.Count - count);

    /// <summary>Notes what the source of an item could not give.</summary>
    public void AddLosses(IEnumerable<ItemLoss> losses) => _losses.AddRange(losses);

    /// <summary>The properties of a bag but those of the table layer, which every row gets anew.</summary>
    public PropertyList Map(IEnumerable<KeyValuePair<PropertyKey, PropertyValue>> properties)
    {
        PropertyList list = new();
        AddTo(list, properties);
        return list;
    }

    /// <summary>Adds properties, replacing existing ones.</summary>
    public void AddTo(PropertyList list, IEnumerable<KeyValuePair<PropertyKey, PropertyValue>> properties)
    {
        foreach (KeyValuePair<PropertyKey, PropertyValue> property in properties)
        {
            ushort id = _names.IdOf(property.Key);
            if (id == 0 || id == TableLayout.RowId.Id || id == TableLayout.RowVersion.Id)
            {
                continue;
            }

            if (PropertyValueWriter.CanWrite(property.Value))
            {
                list.Set(id, property.Value);
            }
            else
            {
                AddLoss(property.Key.ToString());
            }
        }
    }
}
