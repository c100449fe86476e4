using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// Dates of items that have none. The service would give them the moment of the copy, at the top of every list; they get the
/// nearest date the item has instead, and a note that it was not its own.
/// </summary>
internal static class MessageDates
{
    private static readonly PropertyTag[] s_required = [PropertyTags.ClientSubmitTime, PropertyTags.MessageDeliveryTime];

    private static readonly PropertyTag[] s_standIns =
        [PropertyTags.MessageDeliveryTime, PropertyTags.ClientSubmitTime, PropertyTags.CreationTime, PropertyTags.LastModificationTime];

    /// <summary>Writes the dates an item lacks.</summary>
    public static void WriteMissing(PropertyBag item, ExtendedPropertyList extended)
    {
        DateTimeOffset? standIn = s_standIns.Select(t => item.GetTime(t)).FirstOrDefault(t => t is not null);
        PropertyTag[] missing = [.. s_required.Where(t => item.GetTime(t) is null)];
        if (standIn is not DateTimeOffset time || missing.Length == 0)
        {
            return;
        }

        foreach (PropertyTag tag in missing)
        {
            extended.AddOwn(tag, PropertyValue.FromTime(time));
        }

        extended.AddOwn(MailboxPropertyNames.Unstated, PropertyValue.FromString(string.Join("\n", missing.Select(t => t.ToString()))));
    }

    /// <summary>Takes dates away again that the item did not have.</summary>
    public static void RemoveUnstated(PropertyBag item)
    {
        IEnumerable<string> unstated = item.GetString(MailboxPropertyNames.Unstated)?.Split('\n') ?? [];
        foreach (PropertyTag tag in s_required.Where(t => unstated.Contains(t.ToString())))
        {
            item.Remove(tag);
        }

        item.Remove(MailboxPropertyNames.Unstated);
    }
}
