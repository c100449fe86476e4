using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// What the service gives a message that has none: dates and a Message-ID. The dates would be the moment of the copy, at the top of every list; such items get the nearest date they have
/// instead. A Message-ID of the service's is another one in each mailbox, and says nothing of the item. A note tells what was not the item's own.
/// </summary>
internal static class UnstatedFields
{
    private static readonly PropertyTag[] s_dates = [PropertyTags.ClientSubmitTime, PropertyTags.MessageDeliveryTime];

    private static readonly PropertyTag[] s_standIns =
        [PropertyTags.MessageDeliveryTime, PropertyTags.ClientSubmitTime, PropertyTags.CreationTime, PropertyTags.LastModificationTime];

    /// <summary>The id of the note as Graph writes it.</summary>
    public static readonly string NoteId = GraphPropertyId.Write(MailboxPropertyNames.Unstated, PropertyType.String);

    /// <summary>Writes the dates an item lacks, and the note.</summary>
    public static void Write(PropertyBag item, ExtendedPropertyList extended)
    {
        List<PropertyTag> unstated = [];
        if (s_standIns.Select(t => item.GetTime(t)).FirstOrDefault(t => t is not null) is DateTimeOffset time)
        {
            unstated.AddRange(s_dates.Where(t => item.GetTime(t) is null));
            unstated.ForEach(tag => extended.AddOwn(tag, PropertyValue.FromTime(time)));
        }

        if (MessageWriter.MessageId(item) is null)
        {
            unstated.Add(PropertyTags.InternetMessageId);
        }

        if (unstated.Count > 0)
        {
            extended.AddOwn(MailboxPropertyNames.Unstated, PropertyValue.FromString(string.Join("\n", unstated.Select(t => t.ToString()))));
        }
    }

    /// <summary>Takes away again what the item did not have.</summary>
    public static void Remove(PropertyBag item)
    {
        string? note = item.GetString(MailboxPropertyNames.Unstated);
        foreach (PropertyTag tag in s_dates.Append(PropertyTags.InternetMessageId).Where(t => IsIn(note, t)))
        {
            item.Remove(tag);
        }

        item.Remove(MailboxPropertyNames.Unstated);
    }

    /// <summary>Whether a note says that a message has not been given the time it was sent.</summary>
    public static bool HasNoSentTime(string? note) => IsIn(note, PropertyTags.ClientSubmitTime);

    /// <summary>Whether a note says that the Message-ID of a message is the service's.</summary>
    public static bool HasNoMessageId(string? note) => IsIn(note, PropertyTags.InternetMessageId);

    private static bool IsIn(string? note, PropertyTag tag) => note?.Split('\n').Contains(tag.ToString()) == true;
}
