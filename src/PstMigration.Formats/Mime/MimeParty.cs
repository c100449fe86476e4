using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Writes a party of a message into the properties of an author, a sender or a recipient.</summary>
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
    /// <param name="party">The author.</param>
    /// <param name="kept">The address of another type the author is known by (<see cref="OwnHeaders.Author"/>), or null.</param>
    public static void SetAuthor(PropertyBag p, ItemParty party, string? kept = null) => Set(p, s_author, party, kept);

    /// <summary>Sets who sent the item: as <see cref="SetAuthor"/>.</summary>
    public static void SetSender(PropertyBag p, ItemParty party, string? kept = null) => Set(p, s_sender, party, kept);

    public static MapiRecipient ToRecipient(ItemParty party, RecipientKind kind)
    {
        const int MailUser = 6;
        PropertyBag p = new();
        p.Set(PropertyTags.RecipientType, (int)kind);
        p.Set(PropertyTags.DisplayName, NameOf(party));
        p.Set(PropertyTags.RecipientDisplayName, NameOf(party));
        p.Set(PropertyTags.SmtpAddress, party.Smtp);
        if (party.Address.Length > 0)
        {
            p.Set(PropertyTags.AddressType, TypeOf(party));
            p.Set(PropertyTags.EmailAddress, party.Address);
            p.Set(PropertyTags.EntryId, EntryIdOf(party));
            p.Set(PropertyTags.SearchKey, SearchKeys.ForAddress(TypeOf(party), party.Address));
        }

        p.Set(PropertyTags.ObjectType, MailUser);
        p.Set(PropertyTags.DisplayType, 0);
        p.Set(PropertyTags.Responsibility, true);
        return new MapiRecipient(p);
    }

    public static byte[] EntryIdOf(ItemParty party) => party.AddressType == "EX"
        ? new ExchangeEntryId(party.Address).ToArray()
        : new OneOffEntryId(NameOf(party), TypeOf(party), party.Address).ToArray();

    public static string NameOf(ItemParty party) => party.Name.Length > 0 ? party.Name : party.Address;

    /// <summary>A text that stands in the place of an address is kept as the address of Internet mail it should have been.</summary>
    private static string TypeOf(ItemParty party) => party.AddressType.Length > 0 ? party.AddressType : "SMTP";

    private static void Set(PropertyBag p, PartyTags tags, ItemParty party, string? kept)
    {
        string name = NameOf(party);
        int colon = kept?.IndexOf(':') ?? -1;
        ItemParty known = colon > 0 && colon < kept!.Length - 1
            ? new ItemParty(name, null, kept.Substring(0, colon).Trim(), kept.Substring(colon + 1).Trim())
            : party;
        p.Set(tags.Name, name);
        p.Set(tags.Smtp, known.Smtp);
        if (known.Address.Length > 0)
        {
            p.Set(tags.Type, TypeOf(known));
            p.Set(tags.Address, known.Address);
            p.Set(tags.EntryId, EntryIdOf(known));
            p.Set(tags.SearchKey, SearchKeys.ForAddress(TypeOf(known), known.Address));
        }
    }

    private readonly record struct PartyTags(
        PropertyTag Name, PropertyTag Type, PropertyTag Address, PropertyTag Smtp, PropertyTag EntryId, PropertyTag SearchKey);
}
