namespace PstMigration.Mapi;

/// <summary>A person named in an item's own properties: its author or its sender.</summary>
/// <param name="Name">The name shown, or an empty string.</param>
/// <param name="Smtp">The SMTP address, or null where none can be told offline.</param>
/// <param name="AddressType">Such as SMTP or EX, or an empty string.</param>
/// <param name="Address">The address in the form of its type, or an empty string.</param>
public sealed record ItemParty(string Name, string? Smtp, string AddressType, string Address)
{
    private ItemParty(PropertyBag properties, PropertyTag name, PropertyTag smtp, PropertyTag type, PropertyTag address, PropertyTag entryId)
        : this(
            properties.GetString(name) ?? "",
            MailAddress.Smtp(properties, smtp, type, address, entryId, name),
            properties.GetString(type) ?? "",
            properties.GetString(address) ?? "")
    {
    }

    /// <summary>Whether nothing is known.</summary>
    public bool IsEmpty => Name.Length == 0 && Smtp is null && Address.Length == 0;

    /// <summary>The author of an item: the sent-representing properties, or the sender's where there are none.</summary>
    public static ItemParty Author(PropertyBag properties)
    {
        ItemParty author = new(
            properties ?? throw new ArgumentNullException(nameof(properties)),
            PropertyTags.SentRepresentingName,
            PropertyTags.SentRepresentingSmtpAddress,
            PropertyTags.SentRepresentingAddressType,
            PropertyTags.SentRepresentingEmailAddress,
            PropertyTags.SentRepresentingEntryId);
        return author.IsEmpty ? Sender(properties) : author;
    }

    /// <summary>Who sent the item, perhaps on behalf of its author.</summary>
    public static ItemParty Sender(PropertyBag properties) => new(
        properties ?? throw new ArgumentNullException(nameof(properties)),
        PropertyTags.SenderName,
        PropertyTags.SenderSmtpAddress,
        PropertyTags.SenderAddressType,
        PropertyTags.SenderEmailAddress,
        PropertyTags.SenderEntryId);
}
