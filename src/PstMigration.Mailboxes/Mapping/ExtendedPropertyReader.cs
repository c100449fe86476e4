using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>Reads extended properties into a bag, and knows which to ask for.</summary>
internal static class ExtendedPropertyReader
{
    private const int MostCarried = 200;

    private static readonly PropertyTag[] s_messageTags =
    [
        PropertyTags.MessageFlags, PropertyTags.MessageClass, PropertyTags.ClientSubmitTime, PropertyTags.MessageDeliveryTime,
        PropertyTags.TransportMessageHeaders, PropertyTags.ConversationTopic, PropertyTags.ConversationIndex,
        PropertyTags.InternetReferences, PropertyTags.InReplyToId, PropertyTags.IconIndex, PropertyTags.LastVerbExecuted,
        PropertyTags.LastVerbExecutionTime, PropertyTags.FollowupIcon, PropertyTags.Sensitivity, PropertyTags.Priority,
        PropertyTags.SentRepresentingName, PropertyTags.SenderName, PropertyTags.CreationTime, PropertyTags.MessageLocaleId,
        new(0x0015, PropertyType.Time), new(0x0030, PropertyType.Time), new(0x1043, PropertyType.String),
        new(0x1044, PropertyType.String), new(0x1045, PropertyType.String), new(0x3FDF, PropertyType.Integer32),
    ];

    /// <summary>Contact fields the service's contact has no place for: telephones, faxes, anniversary, account and the like.</summary>
    private static readonly PropertyTag[] s_contactTags =
    [
        PropertyTags.MessageClass, PropertyTags.CreationTime, PropertyTags.Sensitivity,
        .. new ushort[] { 0x3A00, 0x3A02, 0x3A0C, 0x3A0D, 0x3A1A, 0x3A1D, 0x3A1E, 0x3A1F, 0x3A21, 0x3A23, 0x3A24, 0x3A25, 0x3A2B, 0x3A2C, 0x3A2D, 0x3A2E, 0x3A42, 0x3A43, 0x3A47, 0x3A49, 0x3A4A, 0x3A4B, 0x3A4C, 0x3A50, 0x3A57 }
            .Select(id => new PropertyTag(id, id is 0x3A42 ? PropertyType.Time : PropertyType.String)),
        new(0x3A41, PropertyType.Time), new(0x3A4D, PropertyType.Integer16), new(0x3A70, PropertyType.MultipleBinary),
    ];

    private static readonly (PropertyName Name, PropertyType Type)[] s_messageNames =
    [
        (MailboxPropertyNames.Subject, PropertyType.String),
        (MailboxPropertyNames.Unstated, PropertyType.String),
        (MailboxPropertyNames.Carried, PropertyType.String),
        (PropertyNames.FlagRequest, PropertyType.String),
        (new PropertyName(PropertySets.Common, 0x8502), PropertyType.Time), // reminder time
        (new PropertyName(PropertySets.Common, 0x8503), PropertyType.Boolean), // reminder set
        (new PropertyName(PropertySets.Common, 0x8560), PropertyType.Time), // reminder signal time
        (new PropertyName(PropertySets.Common, 0x8580), PropertyType.String), // account it came through
    ];

    private static readonly (PropertyName Name, PropertyType Type)[] s_contactNames =
    [
        (MailboxPropertyNames.Carried, PropertyType.String),
        .. new uint[] { 0x804F, 0x8050, 0x8051, 0x8052, 0x80B3, 0x80C3, 0x80D3, 0x80D8 }
            .Select(lid => (new PropertyName(PropertySets.Address, lid), PropertyType.String)),
    ];

    /// <summary>The single properties asked for with a message.</summary>
    public static readonly IReadOnlyList<string> MessageIds = [.. Ids(s_messageTags, s_messageNames)];

    /// <summary>The single properties asked for with a calendar item.</summary>
    public static readonly IReadOnlyList<string> EventIds =
        [.. Ids([], [(MailboxPropertyNames.Subject, PropertyType.String), (MailboxPropertyNames.Carried, PropertyType.String), (MailboxPropertyNames.Kept, PropertyType.String), (MailboxPropertyNames.People, PropertyType.String)])];

    /// <summary>The single properties asked for with a contact.</summary>
    public static readonly IReadOnlyList<string> ContactIds = [.. Ids(s_contactTags, s_contactNames)];

    /// <summary>Puts them into a bag. What the run that wrote the item stored about it is not part of the item.</summary>
    public static void Read(
        IEnumerable<SingleValueLegacyExtendedProperty>? single, IEnumerable<MultiValueLegacyExtendedProperty>? multiple, PropertyBag item)
    {
        foreach (SingleValueLegacyExtendedProperty property in single ?? [])
        {
            if (GraphPropertyId.TryRead(property.Id, out PropertyKey key, out PropertyType type) && IsOfItem(key)
                && GraphPropertyText.TryRead(type, property.Value) is PropertyValue value)
            {
                item[key] = value;
            }
        }

        foreach (MultiValueLegacyExtendedProperty property in multiple ?? [])
        {
            if (GraphPropertyId.TryRead(property.Id, out PropertyKey key, out PropertyType type) && IsOfItem(key)
                && GraphPropertyText.TryReadMultiple(type, property.Value) is PropertyValue value)
            {
                item[key] = value;
            }
        }
    }

    /// <summary>The ids of properties that were written with an item and are not asked for anyway.</summary>
    public static IReadOnlyList<string> Carried(IEnumerable<SingleValueLegacyExtendedProperty>? single, IReadOnlyList<string> asked)
    {
        string carriedId = GraphPropertyId.Write(MailboxPropertyNames.Carried, PropertyType.String);
        string? list = single?.FirstOrDefault(p => GraphPropertyId.Same(p.Id, carriedId))?.Value;
        // Only what reads as an id goes into a request.
        return [.. (list ?? "").Split('\n')
            .Where(id => GraphPropertyId.TryRead(id, out _, out _) && !asked.Contains(id))
            .Take(MostCarried)];
    }

    /// <summary>Whether an id is of a list of values.</summary>
    public static bool IsMultiple(string id) => GraphPropertyId.TryRead(id, out _, out PropertyType type) && PropertyTypes.IsMultiple(type);

    private static IEnumerable<string> Ids(PropertyTag[] tags, (PropertyName Name, PropertyType Type)[] names) =>
        tags.Select(t => GraphPropertyId.Write(t, t.Type)).Concat(names.Select(n => GraphPropertyId.Write(n.Name, n.Type)));

    private static bool IsOfItem(PropertyKey key) => key.Name is not PropertyName name
        || (name != PropertyNames.Marker && (name.Set != PropertySets.PstMigration || name == MailboxPropertyNames.Subject || name == MailboxPropertyNames.Unstated
            || name == MailboxPropertyNames.Kept || KeptPeople.Names.Contains(name)));
}
