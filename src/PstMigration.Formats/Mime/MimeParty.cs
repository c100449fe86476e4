using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Writes a mailbox into the properties of an author, a sender or a recipient.</summary>
internal static class MimeParty
{
    public static void SetAuthor(PropertyBag p, MailboxAddress mailbox)
    {
        string name = NameOf(mailbox);
        p.Set(PropertyTags.SentRepresentingName, name);
        p.Set(PropertyTags.SentRepresentingAddressType, "SMTP");
        p.Set(PropertyTags.SentRepresentingEmailAddress, mailbox.Address);
        p.Set(PropertyTags.SentRepresentingSmtpAddress, mailbox.Address);
        p.Set(PropertyTags.SentRepresentingEntryId, EntryIdOf(mailbox));
        p.Set(PropertyTags.SentRepresentingSearchKey, SearchKeys.ForAddress("SMTP", mailbox.Address));
    }

    public static void SetSender(PropertyBag p, MailboxAddress mailbox)
    {
        p.Set(PropertyTags.SenderName, NameOf(mailbox));
        p.Set(PropertyTags.SenderAddressType, "SMTP");
        p.Set(PropertyTags.SenderEmailAddress, mailbox.Address);
        p.Set(PropertyTags.SenderSmtpAddress, mailbox.Address);
        p.Set(PropertyTags.SenderEntryId, EntryIdOf(mailbox));
        p.Set(PropertyTags.SenderSearchKey, SearchKeys.ForAddress("SMTP", mailbox.Address));
    }

    public static MapiRecipient ToRecipient(MailboxAddress mailbox, RecipientKind kind)
    {
        const int MailUser = 6;
        PropertyBag p = new();
        p.Set(PropertyTags.RecipientType, (int)kind);
        p.Set(PropertyTags.DisplayName, NameOf(mailbox));
        p.Set(PropertyTags.RecipientDisplayName, NameOf(mailbox));
        p.Set(PropertyTags.AddressType, "SMTP");
        p.Set(PropertyTags.EmailAddress, mailbox.Address);
        p.Set(PropertyTags.SmtpAddress, mailbox.Address);
        p.Set(PropertyTags.EntryId, EntryIdOf(mailbox));
        p.Set(PropertyTags.SearchKey, SearchKeys.ForAddress("SMTP", mailbox.Address));
        p.Set(PropertyTags.ObjectType, MailUser);
        p.Set(PropertyTags.DisplayType, 0);
        p.Set(PropertyTags.Responsibility, true);
        return new MapiRecipient(p);
    }

    public static byte[] EntryIdOf(MailboxAddress mailbox) => new OneOffEntryId(NameOf(mailbox), "SMTP", mailbox.Address).ToArray();

    public static string NameOf(MailboxAddress mailbox) =>
        string.IsNullOrWhiteSpace(mailbox.Name) ? mailbox.Address : mailbox.Name!.Trim();
}
