using PstMigration.Mapi;
using PstMigration.Pst.Ltp;

namespace PstMigration.Pst.Messaging;

/// <summary>Reads from items what the tables of their folders do not tell, and no more of them than that.</summary>
internal sealed class SummaryReader(StoreContext store)
{
    private static readonly PropertyTag[] s_tags =
    [
        PropertyTags.MessageClass, PropertyTags.Subject, PropertyTags.SubjectPrefix, PropertyTags.NormalizedSubject,
        PropertyTags.SentRepresentingName, PropertyTags.SenderName, PropertyTags.DisplayTo, PropertyTags.ClientSubmitTime,
        PropertyTags.MessageDeliveryTime, PropertyTags.LastModificationTime, PropertyTags.MessageSize, PropertyTags.MessageFlags,
    ];

    private static readonly PropertyName[] s_names = [PropertyNames.AppointmentStart, PropertyNames.AppointmentEnd, PropertyNames.AppointmentLocation];

    /// <summary>The summary of an item from its property context.</summary>
    /// <exception cref="PstException">PstDamaged, PstNoSuchNode.</exception>
    public PstItemSummary Read(NodeId item)
    {
        using NodeReader node = NodeReader.Open(store.Database, item);
        PropertyContext properties = PropertyContext.Open(node);
        TextDecoder text = store.DecoderFor(StoreContext.MessageCodePage(properties));
        PropertyBag bag = new(s_tags.Length);
        foreach (PropertyTag tag in s_tags)
        {
            if (properties.TryRead(tag.Id, text, out PropertyValue value))
            {
                bag[tag] = value;
            }
        }

        if (MessageClasses.IsOfClass(bag.GetSmallString(PropertyTags.MessageClass) ?? "", "IPM.Appointment"))
        {
            foreach (PropertyName name in s_names)
            {
                if (store.Names.TryGetId(name, out ushort id) && properties.TryRead(id, text, out PropertyValue value))
                {
                    bag[name] = value;
                }
            }
        }

        return PstItemSummary.Of(item, bag);
    }

    /// <summary>The same; null where the item cannot be read, which is added to the damage of the file.</summary>
    public PstItemSummary? TryRead(NodeId item)
    {
        try
        {
            return Read(item);
        }
        catch (PstException e) when (e.IsAboutContent)
        {
            store.Database.Damage.Add(e, item);
            return null;
        }
    }
}
