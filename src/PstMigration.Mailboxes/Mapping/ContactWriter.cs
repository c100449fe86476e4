using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>Makes the service's contact of an item. The picture and other attachments are not part of it.</summary>
internal sealed class ContactWriter(MessageDetail detail, LossList losses)
{
    private const int LongestNotes = 500_000;

    public Contact Write(MapiItem item, ItemProvenance? provenance)
    {
        PropertyBag p = item.Properties;
        ExtendedPropertyList extended = new(losses);
        if (provenance is not null)
        {
            Provenance.Write(extended, provenance);
        }

        // A field set to null is sent as null, which is not the same as left out.
        Contact contact = new();
        if (MessageWriter.Categories(p) is List<string> categories)
        {
            contact.Categories = categories;
        }

        if (Notes(item) is string notes)
        {
            contact.PersonalNotes = notes;
        }

        foreach (ContactFields.TextField field in ContactFields.Texts)
        {
            if (ContactFields.Text(p, field.Key) is string text)
            {
                field.Set(contact, text);
            }
        }

        if (contact.DisplayName is null && GraphText.Clean(item.Subject).Trim() is { Length: > 0 } subject)
        {
            // The subject of a contact is its display name; a contact without a name nobody finds.
            contact.DisplayName = subject;
        }

        foreach (ContactFields.PostalField field in ContactFields.Postals)
        {
            string?[] parts = [.. field.Keys.Select(k => ContactFields.Text(p, k))];
            if (Array.Exists(parts, t => t is not null))
            {
                field.Set(contact, Postal(parts));
            }
        }

        foreach (ContactFields.ListField field in ContactFields.Lists)
        {
            List<string> values = [.. field.Keys.Select(k => ContactFields.Text(p, k)).OfType<string>()];
            if (values.Count > 0)
            {
                field.Set(contact, values);
            }
        }

        if (p.GetStrings(ContactFields.Children) is { Count: > 0 } children)
        {
            contact.Children = [.. children.Select(GraphText.Clean)];
        }

        if (p.GetTime(PropertyTags.Birthday) is DateTimeOffset birthday)
        {
            contact.Birthday = birthday;
        }

        if (Emails(p) is { Count: > 0 } emails)
        {
            contact.EmailAddresses = emails;
        }

        WriteProperties(p, extended);
        extended.AddCarried(ExtendedPropertyReader.ContactIds);
        if (extended.Single.Count > 0)
        {
            contact.SingleValueExtendedProperties = extended.Single;
        }

        if (extended.Multiple.Count > 0)
        {
            contact.MultiValueExtendedProperties = extended.Multiple;
        }

        if (!string.Equals(item.MessageClass, "IPM.Contact", StringComparison.OrdinalIgnoreCase))
        {
            losses.Add(LossKind.MessageClass, item.MessageClass);
        }

        return contact;
    }

    private static PhysicalAddress Postal(string?[] parts)
    {
        Action<PhysicalAddress, string>[] setters =
        [
            (a, v) => a.Street = v, (a, v) => a.City = v, (a, v) => a.State = v, (a, v) => a.PostalCode = v, (a, v) => a.CountryOrRegion = v,
        ];
        PhysicalAddress address = new();
        for (int i = 0; i < setters.Length; i++)
        {
            if (parts[i] is string part)
            {
                setters[i](address, part);
            }
        }

        return address;
    }

    private List<EmailAddress> Emails(PropertyBag p)
    {
        List<EmailAddress> emails = [];
        foreach (uint slot in ContactFields.Emails)
        {
            string? type = p.GetString(ContactFields.Address(slot + 2));
            string? address = ContactFields.Text(p, ContactFields.Address(slot + 3));
            string? display = ContactFields.Text(p, ContactFields.Address(slot)) ?? ContactFields.Text(p, ContactFields.Address(slot + 4));
            if (address is null)
            {
                continue;
            }

            // An Exchange name (type EX) cannot be mailed to from another organisation; the original display often is the SMTP address.
            string? original = ContactFields.Text(p, ContactFields.Address(slot + 4));
            string? smtp = GraphAddress.Usable(address) ?? GraphAddress.Usable(original);
            if (smtp is null || (type is { Length: > 0 } && !string.Equals(type, "SMTP", StringComparison.OrdinalIgnoreCase) && smtp != GraphAddress.Usable(original)))
            {
                losses.Add(LossKind.AddressUnresolved, "Email " + (((slot - 0x8080) / 0x10) + 1));
                continue;
            }

            emails.Add(new EmailAddress { Name = display ?? smtp, Address = smtp });
        }

        return emails;
    }

    private string? Notes(MapiItem item)
    {
        Mapi.ItemBody body = BodyText.Read(item, new RtfToHtmlOptions { EmbedPictures = false });
        losses.AddAll(body);
        if (body.IsLarge)
        {
            losses.Add(LossKind.TooLarge, "Notes");
        }

        string text = GraphText.Clean(body.ToPlainText());
        if (text.Length == 0)
        {
            return null;
        }

        if (item.Properties.Contains(PropertyTags.RtfCompressed) || item.Properties.Contains(PropertyTags.BodyHtml))
        {
            losses.Add(LossKind.RtfFidelity, "Notes");
        }

        if (text.Length > LongestNotes)
        {
            losses.Add(LossKind.TextChanged, "Notes");
        }

        return GraphText.Shorten(text, LongestNotes);
    }

    private void WriteProperties(PropertyBag p, ExtendedPropertyList extended)
    {
        foreach (KeyValuePair<PropertyKey, PropertyValue> property in p)
        {
            PropertyKey key = property.Key;
            bool ofContact = key.Name is null && key.Id is >= 0x3A00 and <= 0x3AFF;
            PropertyCarriage carriage = ContactFields.Covers(key) || key == PropertyTags.ConversationTopic || key == PropertyTags.ConversationIndex
                ? PropertyCarriage.Implied
                : ofContact ? PropertyCarriage.Extended : CarriedProperties.Of(key, hasHeaders: false);
            if (carriage == PropertyCarriage.Extended && detail == MessageDetail.Full)
            {
                extended.Add(key, property.Value);
            }
            else if (carriage != PropertyCarriage.Implied)
            {
                extended.AddLoss(key);
            }
        }
    }
}
