using PstMigration.Mapi;

namespace PstMigration.Sandbox;

/// <summary>Stored items as <see cref="MapiItem"/>s, for what writes formats.</summary>
internal static class MapiItems
{
    /// <summary>An item with recipients and attachments. Attachments are read when they are opened, through the store's door.</summary>
    public static MapiItem From(MailboxStore store, MailItem item)
    {
        PropertyBag properties = new();
        foreach (KeyValuePair<string, StoredProperty> property in item.Properties.All.Where(p => !p.Key.StartsWith(ExtendedPropertyId.OwnSet, StringComparison.Ordinal)))
        {
            Add(properties, property.Key, property.Value);
        }

        properties.Set(PropertyTags.MessageFlags, item.Flags);
        properties.Set(PropertyTags.CreationTime, Time(item.Created));
        properties.Set(PropertyTags.LastModificationTime, Time(item.Modified));
        if (item.Received is long received)
        {
            properties.Set(PropertyTags.MessageDeliveryTime, Time(received));
        }

        IReadOnlyList<Person> replyTo = item.GetPeople(PersonKind.ReplyTo);
        if (replyTo.Count > 0 && !properties.Contains(PropertyTags.ReplyRecipientEntries))
        {
            properties.Set(PropertyTags.ReplyRecipientNames, string.Join("; ", replyTo.Select(p => p.Name ?? p.Address)));
            properties.Set(PropertyTags.ReplyRecipientEntries, FlatEntryList.Write(replyTo.Where(p => p.Address is not null).Select(OneOff).ToArray()));
        }

        return new MapiItem(
            properties,
            new[] { PersonKind.Originator, PersonKind.To, PersonKind.Cc, PersonKind.Bcc }.SelectMany(kind => item.GetPeople(kind).Select(p => Recipient(store, kind, p))),
            store.Attachments.List(item.Number).Select(a => Attachment(store, a)));
    }

    private static MapiRecipient Recipient(MailboxStore store, PersonKind kind, Person person)
    {
        if (person.Properties is byte[] stored)
        {
            return new MapiRecipient(PropertyList.ReadRecipient(store, stored));
        }

        PropertyBag properties = new();
        properties.Set(PropertyTags.RecipientType, (int)kind);
        properties.Set(PropertyTags.DisplayName, person.Name ?? person.Address);
        if (person.Address is string address)
        {
            properties.Set(PropertyTags.AddressType, "SMTP");
            properties.Set(PropertyTags.EmailAddress, address);
            properties.Set(PropertyTags.SmtpAddress, address);
        }

        return new MapiRecipient(properties);
    }

    private static MapiAttachment Attachment(MailboxStore store, AttachmentRow row)
    {
        PropertyBag properties = row.Properties is byte[] stored ? PropertyList.ReadAttachment(store, stored) : Described(row);
        if (row.Content is long content)
        {
            PropertyType type = properties.GetInt32(PropertyTags.AttachMethod) == (int)AttachMethod.Ole ? PropertyType.Object : PropertyType.Binary;
            properties[PropertyTags.AttachDataBinary] = PropertyValue.FromBinary(new ContentSource(store.Contents.Length(content), store.Contents.Opener(content)), type);
            return new MapiAttachment(properties);
        }

        MapiItem? embedded = store.Items.Find(row.Embedded ?? 0) is MailItem item ? From(store, item) : null;
        return new MapiAttachment(properties, embedded is null ? null : () => embedded);
    }

    private static PropertyBag Described(AttachmentRow row)
    {
        PropertyBag properties = new();
        properties.Set(PropertyTags.AttachMethod, (int)(row.Kind == AttachmentKind.Item ? AttachMethod.EmbeddedMessage : AttachMethod.ByValue));
        properties.Set(PropertyTags.AttachLongFilename, row.Name);
        properties.Set(PropertyTags.DisplayName, row.Name);
        properties.Set(PropertyTags.AttachMimeTag, row.ContentType);
        properties.Set(PropertyTags.AttachContentId, row.ContentId);
        properties.Set(PropertyTags.AttachContentLocation, row.ContentLocation);
        properties.Set(PropertyTags.RenderingPosition, -1);
        if (row.IsInline)
        {
            properties.Set(PropertyTags.AttachFlags, 4);
            properties.Set(PropertyTags.AttachmentHidden, true);
        }

        return properties;
    }

    private static byte[] OneOff(Person person) => new OneOffEntryId(person.Name ?? person.Address!, "SMTP", person.Address!).ToArray();

    private static DateTimeOffset Time(long fileTime) => new(DateTime.FromFileTimeUtc(fileTime));

    private static void Add(PropertyBag properties, string tag, StoredProperty stored)
    {
        ExtendedPropertyId id = ExtendedPropertyId.Known("String " + tag);
        PropertyKey key = id.Named is not { } named ? new PropertyKey(id.Id)
            : named.Name is string name ? new PropertyName(named.Set, name)
            : new PropertyName(named.Set, named.Lid ?? 0);
        if (StoredValue.To(stored) is PropertyValue value)
        {
            properties[key] = value;
        }
    }

    private sealed class ContentSource(long length, Func<Stream> open) : BinarySource
    {
        public override long? Length => length;

        public override Stream OpenRead() => open();
    }
}
