namespace PstMigration.Mapi;

/// <summary>Values that can only be read as streams, for formats that have to have a value whole: to them they are not there.</summary>
public static class LargeValues
{
    /// <summary>Whether the large values of an item and its attachments have no more than a number of bytes together, as far as the store knows.</summary>
    public static bool AreBelow(MapiItem item, long bytes)
    {
        if (item is null)
        {
            throw new ArgumentNullException(nameof(item));
        }

        long left = bytes;
        foreach (PropertyBag properties in item.Attachments.Select(a => a.Properties).Prepend(item.Properties))
        {
            foreach (KeyValuePair<PropertyKey, PropertyValue> property in properties)
            {
                if (property.Value.Source is not BinarySource source)
                {
                    continue;
                }

                if (source.IsLongerThan(left))
                {
                    return false;
                }

                left -= source.Measure();
            }
        }

        return item.Attachments.Sum(a => a.EmbeddedLength) <= left;
    }

    /// <summary>What leaving them out loses, of an item and its recipients; not its attachments' contents.</summary>
    /// <param name="item">The item.</param>
    /// <param name="carried">Properties that are read as streams, or whose loss is told in another way.</param>
    public static IEnumerable<ItemLoss> Losses(MapiItem item, params PropertyKey[] carried)
    {
        if (item is null)
        {
            throw new ArgumentNullException(nameof(item));
        }

        IEnumerable<KeyValuePair<PropertyKey, PropertyValue>> properties = item.Properties;
        return properties.Concat(item.Recipients.SelectMany(r => r.Properties))
            .Where(p => p.Value.IsLarge && Array.IndexOf(carried, p.Key) < 0)
            .Select(p => new ItemLoss(LossKind.TooLarge, p.Key.ToString()));
    }
}
