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

        // Asked of every item, and hardly any has one.
        List<ItemLoss>? losses = null;
        Add(item.Properties);
        foreach (MapiRecipient recipient in item.Recipients)
        {
            Add(recipient.Properties);
        }

        return losses ?? (IEnumerable<ItemLoss>)[];

        void Add(PropertyBag properties)
        {
            foreach (KeyValuePair<PropertyKey, PropertyValue> property in properties)
            {
                if (property.Value.IsLarge && Array.IndexOf(carried, property.Key) < 0)
                {
                    (losses ??= []).Add(new ItemLoss(LossKind.TooLarge, property.Key.ToString()));
                }
            }
        }
    }
}
