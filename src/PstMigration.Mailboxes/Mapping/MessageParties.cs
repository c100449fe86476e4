using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>Writes the parties of a message: author, sender, recipients, Reply-To.</summary>
internal static class MessageParties
{
    /// <summary>Sets them all.</summary>
    /// <param name="message">The message being written.</param>
    /// <param name="item">The item it is made from.</param>
    /// <param name="withReplyTo">Reply-To is what the service refuses most often; without it, it is a loss.</param>
    /// <param name="losses">Takes unresolved addresses.</param>
    public static void Write(Message message, MapiItem item, bool withReplyTo, LossList losses)
    {
        PropertyBag p = item.Properties;
        ItemParty author = ItemParty.Author(p);
        ItemParty sender = ItemParty.Sender(p);
        // Whichever is missing is the other one: they differ only when sent on behalf of somebody.
        sender = sender.IsEmpty ? author : sender;
        if (!author.IsEmpty)
        {
            message.From = GraphAddress.Create(author.Name, author.Smtp, "From", losses);
            message.Sender = GraphAddress.Create(sender.Name, sender.Smtp, "Sender", losses);
        }

        message.ToRecipients = Recipients(item, RecipientKind.To, "To", losses);
        message.CcRecipients = Recipients(item, RecipientKind.Cc, "Cc", losses);
        message.BccRecipients = Recipients(item, RecipientKind.Bcc, "Bcc", losses);
        if (item.Recipients.Count == 0)
        {
            // A damaged file may have lost the table and kept the names.
            message.ToRecipients = Names(p.GetString(PropertyTags.DisplayTo), "To", losses);
            message.CcRecipients = Names(p.GetString(PropertyTags.DisplayCc), "Cc", losses);
            message.BccRecipients = Names(p.GetString(PropertyTags.DisplayBcc), "Bcc", losses);
        }

        WriteReplyTo(message, p, withReplyTo, losses);
    }

    private static void WriteReplyTo(Message message, PropertyBag p, bool withReplyTo, LossList losses)
    {
        if (p.GetBinary(PropertyTags.ReplyRecipientEntries) is not byte[] list)
        {
            return;
        }

        List<Recipient> replyTo = [];
        foreach (byte[] entry in FlatEntryList.Read(list))
        {
            // An unresolved one is left out: a reply must never go to an address nobody reads.
            if (withReplyTo && OneOffEntryId.TryRead(WrappedEntryId.Unwrap(entry), out OneOffEntryId known) && GraphAddress.Usable(known.Address) is string usable)
            {
                replyTo.Add(GraphAddress.Create(known.DisplayName, usable, "Reply-To", losses));
            }
            else
            {
                losses.Add(LossKind.AddressUnresolved, "Reply-To");
            }
        }

        if (replyTo.Count > 0)
        {
            message.ReplyTo = replyTo;
        }
    }

    private static List<Recipient> Recipients(MapiItem item, RecipientKind kind, string place, LossList losses) =>
        [.. item.Recipients.Where(r => r.Kind == kind).Select((r, i) => GraphAddress.Create(r.DisplayName, r.SmtpAddress, $"{place} {i + 1}", losses))];

    private static List<Recipient> Names(string? names, string place, LossList losses) =>
        [.. (names ?? "").Split(';').Select(n => n.Trim()).Where(n => n.Length > 0)
            .Select((n, i) => GraphAddress.Create(n, n, $"{place} {i + 1}", losses))];
}
