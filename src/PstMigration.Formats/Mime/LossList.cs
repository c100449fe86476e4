using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Gathers losses, each once.</summary>
internal sealed class LossList
{
    private readonly List<ItemLoss> _losses = [];
    private readonly HashSet<ItemLoss> _seen = [];

    /// <summary>An empty one.</summary>
    public LossList()
    {
    }

    /// <summary>One that begins with what the source of an item could not give.</summary>
    public LossList(MapiItem item) => AddAll(item.Losses);

    public void Add(LossKind kind, string detail = "")
    {
        ItemLoss loss = new(kind, detail);
        if (_seen.Add(loss))
        {
            _losses.Add(loss);
        }
    }

    /// <summary>What showing a body costs.</summary>
    public void AddAll(ItemBody body) => AddAll(body.Losses());

    /// <summary>What of a body is too large for a format that has to have it whole.</summary>
    public void AddLarge(ItemBody body)
    {
        if (body.IsLarge)
        {
            Add(LossKind.TooLarge, "Body");
        }
    }

    /// <summary>What a format does not carry of an item's named properties: fields somebody has added each by its name, the others by their number.</summary>
    public void AddNamed(MapiItem item, Func<PropertyName, bool> isCarried)
    {
        HashSet<PropertyName> own = [.. UserFields.Of(item).Where(n => !isCarried(n))];
        foreach (PropertyName field in own)
        {
            Add(LossKind.Field, "UserField " + field.Name);
        }

        int named = 0;
        foreach (KeyValuePair<PropertyKey, PropertyValue> property in item.Properties)
        {
            if (property.Key.Name is PropertyName name && !own.Contains(name) && !isCarried(name))
            {
                named++;
            }
        }

        if (named > 0)
        {
            Add(LossKind.NamedProperties, named.ToString(CultureInfo.InvariantCulture));
        }
    }

    public void AddAll(IEnumerable<ItemLoss> losses)
    {
        foreach (ItemLoss loss in losses)
        {
            Add(loss.Kind, loss.Detail);
        }
    }

    /// <summary>Those gathered so far; what is added later does not come into it.</summary>
    public IReadOnlyList<ItemLoss> ToList() => _losses.Count == 0 ? [] : [.. _losses];

    /// <summary>Tells them with the item they were met in.</summary>
    public void AddTo(MapiItem item)
    {
        foreach (ItemLoss loss in _losses)
        {
            item.Losses.Add(loss);
        }
    }
}
