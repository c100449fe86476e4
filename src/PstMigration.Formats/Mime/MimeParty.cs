using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Writes a mailbox into the properties of an author, a sender or a recipient.</summary>
internal static class MimeParty
{
    private static readonly PartyTags s_author = new(
        PropertyTags.SentRepresentingName,
        PropertyTags.SentRepresentingAddressType,
        PropertyTags.SentRepresentingEmailAddress,
        PropertyTags.SentRepresentingSmtpAddress,
        PropertyTags.SentRepresentingEntryId,
        PropertyTags.SentRepresentingSearchKey);

    private static readonly PartyTags s_sender = new(
        PropertyTags.SenderName,
        PropertyTags.SenderAddressType,
        PropertyTags.SenderEmailAddress,
        PropertyTags.SenderSmtpAddress,
        PropertyTags.SenderEntryId,
        PropertyTags.SenderSearchKey);

    /// <summary>Sets the author.</summary>
    /// <param name="p">The item's properties.</param>
    /// <param name="mailbox">The author.</param>
    /// <param name="kept">The address of another type the author is known by (<see cref="OwnHeaders.Author"/>), or null.</param>
    public static void SetAuthor(PropertyBag p, MailboxAddress mailbox, string? kept = null) => Set(p, s_author, mailbox, kept);

    /// <summary>Sets who sent the item: as <see cref="SetAuthor"/>.</summary>
    public static void SetSender(PropertyBag p, MailboxAddress mailbox, string? kept = null) => Set(p, s_sender, mailbox, kept);

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

    private static void Set(PropertyBag p, PartyTags tags, MailboxAddress mailbox, string? kept)
    {
        string name = NameOf(mailbox);
        int colon = kept?.IndexOf(':') ?? -1;
        bool isKept = colon > 0 && colon < kept!.Length - 1;
        string type = isKept ? kept!.Substring(0, colon).Trim() : "SMTP";
        string address = isKept ? kept!.Substring(colon + 1).Trim() : mailbox.Address;
        p.Set(tags.Name, name);
        p.Set(tags.Type, type);
        p.Set(tags.Address, address);
        p.Set(tags.Smtp, isKept ? null : address);
        p.Set(tags.EntryId, type == "EX" ? new ExchangeEntryId(address).ToArray() : new OneOffEntryId(name, type, address).ToArray());
        p.Set(tags.SearchKey, SearchKeys.ForAddress(type, address));
    }

    private readonly record struct PartyTags(
        PropertyTag Name, PropertyTag Type, PropertyTag Address, PropertyTag Smtp, PropertyTag EntryId, PropertyTag SearchKey);
}
