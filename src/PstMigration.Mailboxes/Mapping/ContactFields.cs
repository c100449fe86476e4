using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// Which property is which field of the service's contact ([MS-OXOCNTC]): one table, read by the writer and by the reader.
/// </summary>
internal static class ContactFields
{
    /// <summary>Text fields.</summary>
    public static readonly IReadOnlyList<TextField> Texts =
    [
        new(0x3001, c => c.DisplayName, (c, v) => c.DisplayName = v),
        new(0x3A06, c => c.GivenName, (c, v) => c.GivenName = v),
        new(0x3A11, c => c.Surname, (c, v) => c.Surname = v),
        new(0x3A44, c => c.MiddleName, (c, v) => c.MiddleName = v),
        new(0x3A45, c => c.Title, (c, v) => c.Title = v),
        new(0x3A05, c => c.Generation, (c, v) => c.Generation = v),
        new(0x3A0A, c => c.Initials, (c, v) => c.Initials = v),
        new(0x3A4F, c => c.NickName, (c, v) => c.NickName = v),
        new(0x3A16, c => c.CompanyName, (c, v) => c.CompanyName = v),
        new(0x3A18, c => c.Department, (c, v) => c.Department = v),
        new(0x3A17, c => c.JobTitle, (c, v) => c.JobTitle = v),
        new(0x3A46, c => c.Profession, (c, v) => c.Profession = v),
        new(0x3A19, c => c.OfficeLocation, (c, v) => c.OfficeLocation = v),
        new(0x3A4E, c => c.Manager, (c, v) => c.Manager = v),
        new(0x3A30, c => c.AssistantName, (c, v) => c.AssistantName = v),
        new(0x3A48, c => c.SpouseName, (c, v) => c.SpouseName = v),
        new(0x3A51, c => c.BusinessHomePage, (c, v) => c.BusinessHomePage = v),
        new(0x3A1C, c => c.MobilePhone, (c, v) => c.MobilePhone = v),
        new(Address(0x8005), c => c.FileAs, (c, v) => c.FileAs = v),
        new(Address(0x802C), c => c.YomiGivenName, (c, v) => c.YomiGivenName = v),
        new(Address(0x802D), c => c.YomiSurname, (c, v) => c.YomiSurname = v),
        new(Address(0x802E), c => c.YomiCompanyName, (c, v) => c.YomiCompanyName = v),
    ];

    /// <summary>Postal addresses: street, city, state, postal code, country.</summary>
    public static readonly IReadOnlyList<PostalField> Postals =
    [
        new([Address(0x8045), Address(0x8046), Address(0x8047), Address(0x8048), Address(0x8049)], c => c.BusinessAddress, (c, v) => c.BusinessAddress = v),
        new([Tag(0x3A5D), Tag(0x3A59), Tag(0x3A5C), Tag(0x3A5B), Tag(0x3A5A)], c => c.HomeAddress, (c, v) => c.HomeAddress = v),
        new([Tag(0x3A63), Tag(0x3A5F), Tag(0x3A62), Tag(0x3A61), Tag(0x3A60)], c => c.OtherAddress, (c, v) => c.OtherAddress = v),
    ];

    /// <summary>Lists made of several single properties.</summary>
    public static readonly IReadOnlyList<ListField> Lists =
    [
        new([Tag(0x3A08), Tag(0x3A1B)], c => c.BusinessPhones, (c, v) => c.BusinessPhones = v),
        new([Tag(0x3A09), Tag(0x3A2F)], c => c.HomePhones, (c, v) => c.HomePhones = v),
        new([Address(0x8062)], c => c.ImAddresses, (c, v) => c.ImAddresses = v),
    ];

    /// <summary>PidTagChildrensNames.</summary>
    public static readonly PropertyKey Children = Tag(0x3A58);

    /// <summary>PidLidHasPicture.</summary>
    public static readonly PropertyKey HasPicture = Address(0x8015);

    /// <summary>PidLidAddressBookProviderEmailList: which e-mail slots are filled, by index.</summary>
    public static readonly PropertyKey EmailSlots = Address(0x8028);

    /// <summary>PidLidAddressBookProviderArrayType: the same as bits.</summary>
    public static readonly PropertyKey EmailSlotMask = Address(0x8029);

    /// <summary>The three e-mail slots by the number of their first property: display name, +2 type, +3 address, +4 original name.</summary>
    public static readonly IReadOnlyList<uint> Emails = [0x8080, 0x8090, 0x80A0];

    /// <summary>What the writer itself takes care of, and what is made from other properties.</summary>
    private static readonly HashSet<PropertyKey> s_covered = [.. Covered()];

    /// <summary>Whether a property has a place in the service's contact.</summary>
    public static bool Covers(PropertyKey key) => s_covered.Contains(key);

    /// <summary>A property of PSETID_Address.</summary>
    public static PropertyKey Address(uint lid) => new PropertyName(PropertySets.Address, lid);

    /// <summary>A property of a field that may have been left empty.</summary>
    public static string? Text(PropertyBag p, PropertyKey key) => p.GetString(key) is string text && GraphText.Clean(text).Trim() is { Length: > 0 } clean ? clean : null;

    private static PropertyKey Tag(ushort id) => new(id);

    private static IEnumerable<PropertyKey> Covered() =>
    [
        .. Texts.Select(t => t.Key),
        .. Postals.SelectMany(p => p.Keys),
        .. Lists.SelectMany(l => l.Keys),
        Children,
        PropertyTags.Birthday,
        // Display, type, address, original display, entry id of the three slots.
        .. Emails.SelectMany(e => new[] { e, e + 2, e + 3, e + 4, e + 5 }).Select(Address),
        // Picture flag, which slots are filled: made from the fields.
        .. new[] { HasPicture, EmailSlots, EmailSlotMask },
        // The mailing address repeats one of the three.
        Tag(0x3A15), Tag(0x3A26), Tag(0x3A27), Tag(0x3A28), Tag(0x3A29), Tag(0x3A2A),
    ];

    /// <summary>A text field.</summary>
    internal sealed record TextField(PropertyKey Key, Func<Contact, string?> Get, Action<Contact, string> Set)
    {
        public TextField(ushort id, Func<Contact, string?> get, Action<Contact, string> set)
            : this(new PropertyKey(id), get, set)
        {
        }
    }

    /// <summary>A postal address.</summary>
    internal sealed record PostalField(PropertyKey[] Keys, Func<Contact, PhysicalAddress?> Get, Action<Contact, PhysicalAddress> Set);

    /// <summary>A list.</summary>
    internal sealed record ListField(PropertyKey[] Keys, Func<Contact, List<string>?> Get, Action<Contact, List<string>> Set);
}
