using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>Makes an item of the service's contact.</summary>
internal static class ContactReader
{
    private const int TextBody = 1;

    public static MapiItem Read(Contact contact, byte[]? photo)
    {
        MapiItem item = new(attachments: photo is null ? null : [Photo(photo)]);
        PropertyBag p = item.Properties;
        ExtendedPropertyReader.Read(contact.SingleValueExtendedProperties, contact.MultiValueExtendedProperties, p);
        p.Set(PropertyTags.MessageClass, "IPM.Contact");
        foreach (ContactFields.TextField field in ContactFields.Texts)
        {
            if (field.Get(contact) is { Length: > 0 } text)
            {
                p.Set(field.Key, text);
            }
        }

        foreach (ContactFields.PostalField field in ContactFields.Postals)
        {
            if (field.Get(contact) is PhysicalAddress address)
            {
                Set(p, field.Keys, [address.Street, address.City, address.State, address.PostalCode, address.CountryOrRegion]);
            }
        }

        foreach (ContactFields.ListField field in ContactFields.Lists)
        {
            Set(p, field.Keys, field.Get(contact)?.ToArray() ?? []);
        }

        if (contact.Children is { Count: > 0 } children)
        {
            p.Set(ContactFields.Children, children.ToArray());
        }

        if (contact.Birthday is DateTimeOffset birthday && birthday.Year >= 1601)
        {
            p.Set(PropertyTags.Birthday, birthday);
        }

        if (contact.Categories is { Count: > 0 } categories)
        {
            p.Set(PropertyNames.Keywords, categories.ToArray());
        }

        if (contact.PersonalNotes is { Length: > 0 } notes)
        {
            p.Set(PropertyTags.Body, notes);
            p.Set(PropertyTags.NativeBody, TextBody);
        }

        ReadEmails(contact, p);
        p.Set(PropertyTags.Subject, contact.DisplayName ?? contact.FileAs ?? "");
        p.SetTime(PropertyTags.CreationTime, contact.CreatedDateTime);
        p.SetTime(PropertyTags.LastModificationTime, contact.LastModifiedDateTime);
        p.Set(ContactFields.HasPicture, photo is not null);
        p.Set(PropertyTags.HasAttachments, photo is not null);
        p.Set(PropertyTags.MessageFlags, (int)(MessageFlags.Read | (photo is null ? MessageFlags.None : MessageFlags.HasAttachments)));
        return item;
    }

    private static void ReadEmails(Contact contact, PropertyBag p)
    {
        List<EmailAddress> emails = contact.EmailAddresses ?? [];
        List<long> filled = [];
        for (int i = 0; i < Math.Min(emails.Count, ContactFields.Emails.Count); i++)
        {
            if (GraphAddress.Read(emails[i]) is not string address)
            {
                continue;
            }

            uint slot = ContactFields.Emails[i];
            filled.Add(i);
            string name = emails[i].Name ?? address;
            p.Set(ContactFields.Address(slot), name);
            p.Set(ContactFields.Address(slot + 2), "SMTP");
            p.Set(ContactFields.Address(slot + 3), address);
            p.Set(ContactFields.Address(slot + 4), address);
            p.Set(ContactFields.Address(slot + 5), new OneOffEntryId(name, "SMTP", address).ToArray());
        }

        if (filled.Count > 0)
        {
            p[ContactFields.EmailSlots] = PropertyValue.FromMultiple(PropertyType.MultipleInteger32, filled.ToArray());
            p.Set(ContactFields.EmailSlotMask, filled.Sum(i => 1 << (int)i));
        }
    }

    private static void Set(PropertyBag p, PropertyKey[] keys, string?[] values)
    {
        for (int i = 0; i < Math.Min(keys.Length, values.Length); i++)
        {
            if (values[i] is { Length: > 0 } text)
            {
                p.Set(keys[i], text);
            }
        }
    }

    private static MapiAttachment Photo(byte[] photo)
    {
        PropertyBag p = new();
        p.Set(PropertyTags.AttachMethod, (int)AttachMethod.ByValue);
        p.Set(PropertyTags.AttachDataBinary, photo);
        p.Set(PropertyTags.AttachSize, photo.Length);
        p.Set(PropertyTags.AttachLongFilename, "ContactPicture.jpg");
        p.Set(PropertyTags.AttachFilename, "ContactPicture.jpg");
        p.Set(PropertyTags.AttachExtension, ".jpg");
        p.Set(PropertyTags.AttachMimeTag, "image/jpeg");
        p.Set(PropertyTags.AttachmentContactPhoto, true);
        p.Set(PropertyTags.AttachmentHidden, true);
        return new MapiAttachment(p);
    }
}
