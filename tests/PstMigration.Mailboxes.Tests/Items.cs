using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes.Tests;

/// <summary>Items as a file would give them.</summary>
internal static class Items
{
    public static readonly DateTimeOffset Sent = new(2009, 3, 1, 10, 20, 30, TimeSpan.Zero);

    public static MapiItem Mail(string subject = "Hello", int flags = 1, string? messageId = null, params MapiAttachment[] attachments)
    {
        MapiItem item = new(attachments: attachments);
        PropertyBag p = item.Properties;
        p.Set(PropertyTags.MessageClass, "IPM.Note");
        p.Set(PropertyTags.Subject, subject);
        p.Set(PropertyTags.MessageFlags, flags);
        p.Set(PropertyTags.ClientSubmitTime, Sent);
        p.Set(PropertyTags.MessageDeliveryTime, Sent.AddSeconds(15));
        p.Set(PropertyTags.BodyHtml, Encoding.UTF8.GetBytes("<html><body><p>Guten Tag, こんにちは &amp; <b>hello</b></p></body></html>"));
        p.Set(PropertyTags.InternetCodepage, 65001);
        p.Set(PropertyTags.NativeBody, 3);
        p.Set(PropertyTags.InternetMessageId, messageId ?? "<" + Guid.NewGuid().ToString("N") + "@contoso.example>");
        Author(p, "Anna", "anna@contoso.example");
        item.Recipients.Add(Recipient(RecipientKind.To, "Bernd", "bernd@contoso.example"));
        item.Recipients.Add(Recipient(RecipientKind.Cc, "千尋", "chihiro@contoso.example"));
        return item;
    }

    public static void Author(PropertyBag p, string name, string address)
    {
        p.Set(PropertyTags.SentRepresentingName, name);
        p.Set(PropertyTags.SentRepresentingAddressType, "SMTP");
        p.Set(PropertyTags.SentRepresentingEmailAddress, address);
    }

    public static MapiRecipient Recipient(RecipientKind kind, string name, string? address, string type = "SMTP")
    {
        PropertyBag p = new();
        p.Set(PropertyTags.RecipientType, (int)kind);
        p.Set(PropertyTags.DisplayName, name);
        p.Set(PropertyTags.AddressType, type);
        p.Set(PropertyTags.EmailAddress, address);
        return new MapiRecipient(p);
    }

    public static MapiAttachment File(string name, byte[] bytes, string? contentId = null, string? type = null)
    {
        PropertyBag p = new();
        p.Set(PropertyTags.AttachMethod, (int)AttachMethod.ByValue);
        p.Set(PropertyTags.AttachLongFilename, name);
        p.Set(PropertyTags.AttachDataBinary, bytes);
        p.Set(PropertyTags.AttachContentId, contentId);
        p.Set(PropertyTags.AttachMimeTag, type);
        return new MapiAttachment(p);
    }

    public static MapiAttachment Embedded(string name, Func<MapiItem> open)
    {
        PropertyBag p = new();
        p.Set(PropertyTags.AttachMethod, (int)AttachMethod.EmbeddedMessage);
        p.Set(PropertyTags.DisplayName, name);
        return new MapiAttachment(p, open);
    }

    public static MapiItem Contact(byte[]? photo = null)
    {
        MapiItem item = new();
        PropertyBag p = item.Properties;
        p.Set(PropertyTags.MessageClass, "IPM.Contact");
        p.Set(PropertyTags.Subject, "Anna Müller");
        p.Set(PropertyTags.DisplayName, "Anna Müller");
        p.Set(PropertyTags.GivenName, "Anna");
        p.Set(PropertyTags.Surname, "Müller");
        p.Set(PropertyTags.CompanyName, "Contoso");
        p.Set(PropertyTags.BusinessTelephone, "+49 30 1");
        p.Set(new PropertyKey(0x3A1B), "+49 30 2");
        p.Set(PropertyTags.MobileTelephone, "+49 170 1");
        p.Set(new PropertyKey(0x3A24), "+49 30 9");
        p.Set(PropertyTags.Birthday, new DateTimeOffset(1980, 5, 17, 0, 0, 0, TimeSpan.Zero));
        p.Set(PropertyTags.Body, "Met in Kyoto.");
        p.Set(ContactFields.Address(0x8080), "Anna M");
        p.Set(ContactFields.Address(0x8082), "SMTP");
        p.Set(ContactFields.Address(0x8083), "anna@contoso.example");
        p.Set(ContactFields.Address(0x8046), "Berlin");
        p.Set(ContactFields.Address(0x802D), "ミュラー");
        p.Set(ContactFields.Address(0x801B), "Hauptstr. 1\r\nBerlin");
        p.Set(ContactFields.Address(0x804F), "mine");
        p.Set(PropertyNames.Keywords, ["Friends"]);
        if (photo is not null)
        {
            MapiAttachment picture = File("ContactPicture.jpg", photo);
            picture.Properties.Set(PropertyTags.AttachmentContactPhoto, true);
            item.Attachments.Add(picture);
        }

        return item;
    }

    public static ItemProvenance Provenance(string id = "0x00200024")
    {
        ItemKey key = new("pst:0011", id);
        ItemDigest digest = new(DigestLevel.Content, new string('a', 64));
        return new ItemProvenance(key, new ItemVersion("v1"), digest, FolderPath.Parse("Inbox"), new ItemIdentity(new string('b', 32)));
    }

    public static byte[] Bytes(int length, int seed = 1)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>The losses as text, for comparing.</summary>
    public static string[] Losses(System.Collections.Generic.IEnumerable<ItemLoss> losses) => [.. losses.Select(l => l.ToString())];
}
