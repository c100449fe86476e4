using System.Net;
using System.Text;
using MimeKit;
using PstMigration.Formats;
using PstMigration.Mapi;

namespace PstMigration.Sandbox;

/// <summary>
/// MIME in and out. What is posted becomes a draft, whatever it says, and there is no way to make it anything else
/// (concepts/outlook-send-mime-message).
/// </summary>
internal static class MimeMessages
{
    /// <summary>Reads the base64 of a request and stores the draft.</summary>
    public static MailItem Create(GraphCall call, FolderRow folder)
    {
        if (call.Has("folder") && !call.Behaviour.AcceptsMimeInFolders)
        {
            throw GraphException.BadRequest("UnableToDeserializePostBody", "were unable to deserialize");
        }

        using MimeMessage message = Parse(call.Request.Body);
        MailItem item = new() { Kind = ItemKind.Message, Folder = folder.Number };
        SetHeaders(item, message);
        SetBody(item, message);
        MessageCreation.Complete(call.Store, call.Options, item, isRead: null);
        if (message.Date != DateTimeOffset.MinValue)
        {
            item.Properties.Set(Tags.SentTime, message.Date.ToFileTime());
        }

        call.Store.Items.Insert(item);
        foreach (MimeEntity entity in message.BodyParts.Where(p => p != message.Body || p.IsAttachment).Where(IsAttachment))
        {
            AddAttachment(call, item, entity);
        }

        call.Store.Items.Update(item);
        return item;
    }

    /// <summary>A message as MIME (concepts/outlook-get-mime-message). It is built when it is read, in memory.</summary>
    public static GraphAnswer Export(GraphCall call, MailItem item)
    {
        MapiItem mapi = MapiItems.From(call.Store, item);
        return new GraphAnswer(HttpStatusCode.OK, new AnswerBody("text/plain", () =>
        {
            MemoryStream mime = new();
            MimeExport.Write(mapi, mime);
            mime.Position = 0;
            return mime;
        }));
    }

    private static void SetBody(MailItem item, MimeMessage message)
    {
        TextPart? html = message.BodyParts.OfType<TextPart>().FirstOrDefault(p => p.IsHtml && !p.IsAttachment);
        TextPart? part = html ?? message.BodyParts.OfType<TextPart>().FirstOrDefault(p => !p.IsAttachment);
        string text = part is null ? "" : CodePages.Find(part.ContentType.Charset) is Encoding encoding ? part.GetText(encoding) : part.Text;
        MessageBody.Set(item, text, html: html is not null);
    }

    private static MimeMessage Parse(byte[] body)
    {
        try
        {
            using MemoryStream stream = new(HeaderBlock.ToUtf8(Convert.FromBase64String(Encoding.ASCII.GetString(body))));
            return MimeMessage.Load(stream);
        }
        catch (FormatException)
        {
            throw GraphException.BadRequest("ErrorMimeContentInvalidBase64String", "Invalid base64 string for MIME content.");
        }
    }

    private static void SetHeaders(MailItem item, MimeMessage message)
    {
        item.Properties.Set(Tags.Subject, message.Subject ?? "");
        item.Properties.Set(Tags.InternetMessageId, message.MessageId is string id ? "<" + id + ">" : null);
        PeopleJson.SetAuthor(item, PeopleJson.From, message.From.Mailboxes.Select(Person).FirstOrDefault());
        if (message.Sender is MailboxAddress sender)
        {
            PeopleJson.SetAuthor(item, PeopleJson.Sender, Person(sender));
        }

        item.SetPeople(PersonKind.To, message.To.Mailboxes.Select(Person));
        item.SetPeople(PersonKind.Cc, message.Cc.Mailboxes.Select(Person));
        item.SetPeople(PersonKind.Bcc, message.Bcc.Mailboxes.Select(Person));
        item.SetPeople(PersonKind.ReplyTo, message.ReplyTo.Mailboxes.Select(Person));
        item.Properties.Set(Tags.Importance, message.Importance switch
        {
            MessageImportance.Low => 0L,
            MessageImportance.High => 2L,
            _ => 1L,
        });

        // Of the headers only those of the sender's own are kept: Received lines and the like are lost.
        item.CustomHeaders = string.Concat(message.Headers
            .Where(h => h.Field.StartsWith("x-", StringComparison.OrdinalIgnoreCase))
            .Select(h => h.Field + ": " + h.Value + "\r\n"));
    }

    private static bool IsAttachment(MimeEntity entity) =>
        entity is MessagePart || entity.IsAttachment || entity.ContentId is not null || entity is not TextPart;

    private static void AddAttachment(GraphCall call, MailItem item, MimeEntity entity)
    {
        bool isMessage = entity is MessagePart;
        bool inline = entity.ContentId is not null && !entity.IsAttachment;
        using MemoryStream bytes = new();
        if (entity is MessagePart { Message: MimeMessage inner })
        {
            inner.WriteTo(bytes);
        }
        else if (entity is MimePart { Content: IMimeContent content })
        {
            content.DecodeTo(bytes);
        }

        string name = entity.ContentDisposition?.FileName ?? entity.ContentType.Name ?? (isMessage ? "message.eml" : "attachment");
        bytes.Position = 0;
        call.Store.Attachments.Insert(new AttachmentRow(
            0,
            item.Number,
            AttachmentKind.File,
            name,
            entity.ContentType.MimeType,
            inline,
            entity.ContentId,
            entity.ContentLocation?.ToString(),
            bytes.Length,
            call.Store.Now,
            call.Store.Contents.Create(bytes),
            null));
        item.AttachmentCount += inline ? 0 : 1;
    }

    private static Person Person(MailboxAddress address) => new(string.IsNullOrEmpty(address.Name) ? null : address.Name, address.Address);
}
