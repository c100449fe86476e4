using System.Text;
using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>Makes an item of the service's message. Attachments come from elsewhere.</summary>
internal static class MessageReader
{
    private const int Utf8 = 65001;
    private const int TextBody = 1;
    private const int HtmlBody = 3;
    private const int MailUser = 6;

    public static MapiItem Read(Message message, IEnumerable<MapiAttachment>? attachments)
    {
        MapiItem item = new(attachments: attachments);
        PropertyBag p = item.Properties;
        p.Set(PropertyTags.MessageClass, MessageClass(message));
        p.Set(PropertyTags.Subject, message.Subject ?? "");
        ReadBody(message.Body, p);
        ReadParty(message.From, p, PropertyTags.SentRepresentingName, PropertyTags.SentRepresentingAddressType, PropertyTags.SentRepresentingEmailAddress, PropertyTags.SentRepresentingSmtpAddress, PropertyTags.SentRepresentingEntryId);
        ReadParty(message.Sender, p, PropertyTags.SenderName, PropertyTags.SenderAddressType, PropertyTags.SenderEmailAddress, PropertyTags.SenderSmtpAddress, PropertyTags.SenderEntryId);
        p.Set(PropertyTags.DisplayTo, ReadRecipients(message.ToRecipients, RecipientKind.To, item));
        p.Set(PropertyTags.DisplayCc, ReadRecipients(message.CcRecipients, RecipientKind.Cc, item));
        p.Set(PropertyTags.DisplayBcc, ReadRecipients(message.BccRecipients, RecipientKind.Bcc, item));
        ReadReplyTo(message.ReplyTo, p);
        p.Set(PropertyTags.Importance, message.Importance switch { Importance.Low => 0, Importance.High => 2, _ => 1 });
        if (message.Categories is { Count: > 0 } categories)
        {
            p.Set(PropertyNames.Keywords, categories.ToArray());
        }

        MessageFlag.Read(message.Flag, p);
        p.Set(PropertyTags.InternetMessageId, message.InternetMessageId);
        p.SetTime(PropertyTags.ClientSubmitTime, message.SentDateTime);
        p.SetTime(PropertyTags.MessageDeliveryTime, message.ReceivedDateTime);
        p.SetTime(PropertyTags.CreationTime, message.CreatedDateTime);
        p.SetTime(PropertyTags.LastModificationTime, message.LastModifiedDateTime);
        p.Set(PropertyTags.ConversationIndex, message.ConversationIndex);
        ExtendedPropertyReader.Read(message.SingleValueExtendedProperties, message.MultiValueExtendedProperties, p);
        FinishSubject(p);
        UnstatedFields.Remove(p);
        p.Set(PropertyTags.MessageFlags, (int)Flags(message, p, item.Attachments.Count > 0));
        p.Set(PropertyTags.HasAttachments, item.Attachments.Count > 0);
        return item;
    }

    private static string MessageClass(Message message) => message is not EventMessage meeting ? "IPM.Note" : meeting.MeetingMessageType switch
    {
        MeetingMessageType.MeetingRequest => "IPM.Schedule.Meeting.Request",
        MeetingMessageType.MeetingCancelled => "IPM.Schedule.Meeting.Canceled",
        MeetingMessageType.MeetingAccepted => "IPM.Schedule.Meeting.Resp.Pos",
        MeetingMessageType.MeetingTenativelyAccepted => "IPM.Schedule.Meeting.Resp.Tent",
        MeetingMessageType.MeetingDeclined => "IPM.Schedule.Meeting.Resp.Neg",
        _ => "IPM.Note",
    };

    /// <summary>Sets the body.</summary>
    public static void ReadBody(Microsoft.Graph.Models.ItemBody? body, PropertyBag p)
    {
        if (body?.Content is not string content)
        {
            return;
        }

        if (body.ContentType == BodyType.Html)
        {
            p.Set(PropertyTags.BodyHtml, Encoding.UTF8.GetBytes(content));
            p.Set(PropertyTags.InternetCodepage, Utf8);
            // The service keeps one body only; in a file, readers without a browser look for the text.
            p.Set(PropertyTags.Body, HtmlToText.Convert(content));
            p.Set(PropertyTags.NativeBody, HtmlBody);
        }
        else
        {
            p.Set(PropertyTags.Body, content);
            p.Set(PropertyTags.NativeBody, TextBody);
        }
    }

    /// <summary>Sets a party.</summary>
    public static void ReadParty(
        Recipient? party, PropertyBag p, PropertyTag name, PropertyTag type, PropertyTag address, PropertyTag smtp, PropertyTag entryId)
    {
        if (party?.EmailAddress is not EmailAddress email)
        {
            return;
        }

        p.Set(name, email.Name ?? GraphAddress.Read(email));
        if (GraphAddress.Read(email) is string known)
        {
            p.Set(type, "SMTP");
            p.Set(address, known);
            p.Set(smtp, known);
            p.Set(entryId, new OneOffEntryId(email.Name ?? known, "SMTP", known).ToArray());
        }
    }

    /// <summary>Adds recipients; gives their names.</summary>
    public static string ReadRecipients(List<Recipient>? recipients, RecipientKind kind, MapiItem item)
    {
        List<string> names = [];
        foreach (EmailAddress email in (recipients ?? []).Select(r => r.EmailAddress).OfType<EmailAddress>())
        {
            PropertyBag row = new();
            row.Set(PropertyTags.RecipientType, (int)kind);
            row.Set(PropertyTags.ObjectType, MailUser);
            row.Set(PropertyTags.DisplayType, 0);
            string name = email.Name ?? email.Address ?? "";
            row.Set(PropertyTags.DisplayName, name);
            if (GraphAddress.Read(email) is string known)
            {
                row.Set(PropertyTags.AddressType, "SMTP");
                row.Set(PropertyTags.EmailAddress, known);
                row.Set(PropertyTags.SmtpAddress, known);
                row.Set(PropertyTags.EntryId, new OneOffEntryId(name, "SMTP", known).ToArray());
            }

            item.Recipients.Add(new MapiRecipient(row));
            names.Add(name);
        }

        return string.Join("; ", names);
    }

    private static void ReadReplyTo(List<Recipient>? replyTo, PropertyBag p)
    {
        List<OneOffEntryId> entries = [];
        foreach (EmailAddress email in (replyTo ?? []).Select(r => r.EmailAddress).OfType<EmailAddress>())
        {
            if (GraphAddress.Read(email) is string known)
            {
                entries.Add(new OneOffEntryId(email.Name ?? known, "SMTP", known));
            }
        }

        if (entries.Count > 0)
        {
            p.Set(PropertyTags.ReplyRecipientEntries, FlatEntryList.Write([.. entries.Select(e => e.ToArray())]));
            p.Set(PropertyTags.ReplyRecipientNames, string.Join(";", entries.Select(e => e.DisplayName)));
        }
    }

    private static void FinishSubject(PropertyBag p)
    {
        if (p.GetString(MailboxPropertyNames.Subject) is string original)
        {
            p.Set(PropertyTags.Subject, original);
            p.Remove(MailboxPropertyNames.Subject);
        }
    }

    private static MessageFlags Flags(Message message, PropertyBag p, bool hasAttachments)
    {
        // The service's own word counts; of the stored flags only what it has no field for. "Submitted" is how unread,
        // sent mail was written: it says nothing about this one.
        MessageFlags flags = (MessageFlags)(p.GetInt32(PropertyTags.MessageFlags) ?? 0) & (MessageFlags.FromMe | MessageFlags.Unmodified);
        return flags
            | (message.IsRead == true ? MessageFlags.Read : MessageFlags.None)
            | (message.IsDraft == true ? MessageFlags.Unsent : MessageFlags.None)
            | (hasAttachments ? MessageFlags.HasAttachments : MessageFlags.None);
    }
}
