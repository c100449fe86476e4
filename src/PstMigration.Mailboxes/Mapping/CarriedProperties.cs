using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>What becomes of a property that has no place of its own in the service's message.</summary>
internal enum PropertyCarriage
{
    /// <summary>Written as an extended property.</summary>
    Extended,

    /// <summary>Nothing to carry: the store's own bookkeeping, or said elsewhere in the message.</summary>
    Implied,
}

/// <summary>Sorts the properties of a message into what is written as extended properties and what is implied.</summary>
internal static class CarriedProperties
{
    /// <summary>
    /// Written as extended properties although they are in ranges that are otherwise the store's own.
    /// </summary>
    private static readonly HashSet<ushort> s_extended =
    [
        0x0E06, // delivery time
        0x3FDF, // auto response suppression
        0x3FF1, // locale
    ];

    /// <summary>What a create is known or documented to honour.</summary>
    private static readonly HashSet<ushort> s_known =
    [
        0x0026, 0x0036, // priority, sensitivity
        0x0039, 0x0E06, // client submit time, delivery time
        0x0042, 0x0C1A, // names of author and sender
        0x0070, 0x0071, // conversation
        0x007D, // transport headers
        0x1035, 0x1039, 0x1042, // Message-ID, References, In-Reply-To
        0x1080, 0x1081, 0x1082, // replied, forwarded
    ];

    /// <summary>Written through the message's own fields, or by the writer itself.</summary>
    private static readonly HashSet<ushort> s_fields =
    [
        0x0017, // importance
        0x001A, // message class
        0x0023, 0x0029, 0x0C06, // receipts: disarmed
        0x0037, 0x003D, // subject
        0x003B, 0x0041, 0x0064, 0x0065, // author
        0x004F, 0x0050, // Reply-To
        0x0C19, 0x0C1D, 0x0C1E, 0x0C1F, // sender
        0x1000, 0x1009, 0x1013, 0x1016, // bodies
        0x1090, 0x1091, // flag
    ];

    /// <summary>Said elsewhere, or true of the old store only.</summary>
    private static readonly HashSet<ushort> s_implied =
    [
        0x0002, 0x0025, 0x0048, 0x004C, 0x005B, 0x005C, 0x005E, 0x005F, 0x003A, 0x003F, 0x0040, 0x0043, 0x0044, 0x0045, 0x0046, 0x0047, 0x0051, 0x0052, 0x0053, 0x0054, // delivery bookkeeping
        0x0057, 0x0058, 0x0059, 0x0075, 0x0076, 0x0077, 0x0078, 0x0079, 0x007A, 0x007B, 0x007C, 0x007F, 0x0080,
        0x0C18, 0x0C1B, 0x0C25,
        0x1006, 0x1007, 0x1008, 0x1010, 0x1011, 0x1014, 0x1015, // sums over the RTF body
        0x1205, 0x1206, 0x120B, 0x1212, 0x1213, // undocumented, of the store's indexing
        0x1030, 0x10C3, 0x10C4, 0x10C5, 0x10C6, 0x10F2, 0x10F3, 0x10F4, 0x10F5, 0x10F6, // names within the old store
    ];

    /// <summary>The tasks' half of a follow-up flag: written through the message's flag.</summary>
    private static readonly HashSet<uint> s_flagTask = [0x8101, 0x8102, 0x8104, 0x8105, 0x810F, 0x811C];

    /// <summary>Whether and how a property of a message travels.</summary>
    /// <param name="key">The property.</param>
    /// <param name="hasHeaders">The transport headers are carried, and with them what was parsed out of them.</param>
    public static PropertyCarriage Of(PropertyKey key, bool hasHeaders)
    {
        if (key.Name is PropertyName name)
        {
            return OfNamed(name, hasHeaders);
        }

        ushort id = key.Id;
        if (s_extended.Contains(id))
        {
            return PropertyCarriage.Extended;
        }

        bool implied = s_fields.Contains(id) || s_implied.Contains(id)
            || id is (>= 0x0E00 and <= 0x0FFF) // computed by the store
                or (>= 0x3000 and <= 0x3017) or (>= 0x3400 and <= 0x3FFF) // ids and code pages of the old store; a copy has its own times of creation and change
                or (>= 0x4000 and <= 0x67FF); // transport's and provider's own; address copies
        return implied ? PropertyCarriage.Implied : PropertyCarriage.Extended;
    }

    /// <summary>Whether a property is among those written at a level of detail.</summary>
    public static bool IsWithin(PropertyKey key, MessageDetail detail) => detail switch
    {
        MessageDetail.Full => true,
        MessageDetail.Known => key.Name is null && s_known.Contains(key.Id),
        // The two an item cannot do without.
        _ => key == PropertyTags.ClientSubmitTime || key == PropertyTags.MessageDeliveryTime,
    };

    private static PropertyCarriage OfNamed(PropertyName name, bool hasHeaders)
    {
        bool implied = name.Set == PropertySets.PstMigration || name == PropertyNames.Marker || name == PropertyNames.Keywords
            || (name.Set == PropertySets.InternetHeaders && hasHeaders)
            || (name.Set == PropertySets.Task && name.Name is null && s_flagTask.Contains(name.Lid));
        return implied ? PropertyCarriage.Implied : PropertyCarriage.Extended;
    }
}
