using System.Text;
using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats.Tests.Mime;

/// <summary>Items and messages for the tests.</summary>
internal static class Mail
{
    public static readonly DateTimeOffset Sent = new(2026, 3, 1, 9, 30, 0, TimeSpan.Zero);

    public static MapiItem Item(string subject = "Hello", string? text = "text", string? html = null, params MapiAttachment[] attachments)
    {
        PropertyBag p = new();
        p.Set(PropertyTags.MessageClass, "IPM.Note");
        p.Set(PropertyTags.Subject, subject);
        p.Set(PropertyTags.SentRepresentingName, "山田 太郎");
        p.Set(PropertyTags.SentRepresentingAddressType, "SMTP");
        p.Set(PropertyTags.SentRepresentingEmailAddress, "taro@example.jp");
        p.Set(PropertyTags.ClientSubmitTime, Sent);
        p.Set(PropertyTags.InternetMessageId, "<1@example.jp>");
        p.Set(PropertyTags.Body, text);
        p.Set(PropertyTags.BodyHtml, html is null ? null : Encoding.UTF8.GetBytes(html));
        return new MapiItem(p, [Recipient(1, "Hanako", "hanako@example.jp"), Recipient(2, "", "cc@example.jp"), Recipient(3, "", "bcc@example.jp")], attachments);
    }

    public static MapiRecipient Recipient(int kind, string name, string address)
    {
        PropertyBag p = new();
        p.Set(PropertyTags.RecipientType, kind);
        p.Set(PropertyTags.DisplayName, name);
        p.Set(PropertyTags.AddressType, "SMTP");
        p.Set(PropertyTags.EmailAddress, address);
        return new MapiRecipient(p);
    }

    public static MapiAttachment File(string name, byte[] content, string? contentId = null, string? type = null)
    {
        PropertyBag p = new();
        p.Set(PropertyTags.AttachMethod, (int)AttachMethod.ByValue);
        p.Set(PropertyTags.AttachLongFilename, name);
        p.Set(PropertyTags.AttachDataBinary, content);
        p.Set(PropertyTags.AttachContentId, contentId);
        p.Set(PropertyTags.AttachMimeTag, type);
        return new MapiAttachment(p);
    }

    public static MapiAttachment Embedded(MapiItem item)
    {
        PropertyBag p = new();
        p.Set(PropertyTags.AttachMethod, (int)AttachMethod.EmbeddedMessage);
        p.Set(PropertyTags.DisplayName, item.Subject);
        return new MapiAttachment(p, () => item);
    }

    public static byte[] Bytes(MapiItem item, MimeExportOptions? options = null)
    {
        using MemoryStream stream = new();
        MimeExport.Write(item, stream, options);
        return stream.ToArray();
    }

    public static MimeMessage Write(MapiItem item, MimeExportOptions? options = null) => Parse(Bytes(item, options));

    public static MimeMessage Parse(byte[] bytes)
    {
        using MemoryStream stream = new(bytes);
        return MimeMessage.Load(stream);
    }

    public static string Losses(MapiItem item, MimeExportOptions? options = null)
    {
        using MemoryStream stream = new();
        return string.Join(", ", MimeExport.Write(item, stream, options).Select(l => l.Kind));
    }

    public static byte[] Content(MimePart part)
    {
        using MemoryStream stream = new();
        part.Content!.DecodeTo(stream);
        return stream.ToArray();
    }
}
