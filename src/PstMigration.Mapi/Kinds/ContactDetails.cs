namespace PstMigration.Mapi;

/// <summary>A contact ([MS-OXOCNTC]). Notes about it are its body.</summary>
public sealed record ContactDetails : ItemDetails
{
    private static readonly uint[] s_emailSlots = [0x8080, 0x8090, 0x80A0];

    private static readonly PropertyKey[] s_businessAddress = [Lid(0x8045), Lid(0x8046), Lid(0x8047), Lid(0x8048), Lid(0x8049), Lid(0x804A)];
    private static readonly PropertyKey[] s_homeAddress = [new(0x3A5D), new(0x3A59), new(0x3A5C), new(0x3A5B), new(0x3A5A), new(0x3A5E)];
    private static readonly PropertyKey[] s_otherAddress = [new(0x3A63), new(0x3A5F), new(0x3A62), new(0x3A61), new(0x3A60), new(0x3A64)];

    internal ContactDetails(MapiItem item)
        : base(item)
    {
        PropertyBag p = item.Properties;
        DisplayName = p.TextOrNull(PropertyTags.DisplayName) ?? Subject;
        Prefix = p.Text(PropertyTags.DisplayNamePrefix);
        GivenName = p.Text(PropertyTags.GivenName);
        MiddleName = p.Text(PropertyTags.MiddleName);
        Surname = p.Text(PropertyTags.Surname);
        Suffix = p.Text(PropertyTags.Generation);
        Initials = p.Text(PropertyTags.Initials);
        Nickname = p.Text(new PropertyKey(0x3A4F));
        YomiGivenName = p.Text(Lid(0x802C));
        YomiSurname = p.Text(Lid(0x802D));
        YomiCompany = p.Text(Lid(0x802E));
        FileAs = p.Text(Lid(0x8005));
        Company = p.Text(PropertyTags.CompanyName);
        Department = p.Text(PropertyTags.DepartmentName);
        JobTitle = p.Text(PropertyTags.Title);
        Profession = p.Text(new PropertyKey(0x3A46));
        Office = p.Text(new PropertyKey(0x3A19));
        Manager = p.Text(new PropertyKey(0x3A4E));
        Assistant = p.Text(new PropertyKey(0x3A30));
        Spouse = p.Text(new PropertyKey(0x3A48));
        Children = p.Texts(new PropertyKey(0x3A58));
        WebPage = p.TextOrNull(new PropertyKey(0x3A51)) ?? p.TextOrNull(Lid(0x802B)) ?? p.Text(new PropertyKey(0x3A50));
        InstantMessaging = p.Text(Lid(0x8062));
        Emails = [.. s_emailSlots.Select(slot => ContactEmail.Read(p, slot)).OfType<ContactEmail>()];
        Phones = ContactPhone.ReadAll(p);
        BusinessAddress = ContactAddress.Read(p, s_businessAddress);
        HomeAddress = ContactAddress.Read(p, s_homeAddress);
        OtherAddress = ContactAddress.Read(p, s_otherAddress);
        Birthday = Day(p, Lid(0x80DE), PropertyTags.Birthday);
        Anniversary = Day(p, Lid(0x80DF), new PropertyKey(0x3A41));
        HasPicture = FindPicture(item) is not null;
    }

    /// <summary>The full name.</summary>
    public string DisplayName { get; }

    /// <summary>Such as Dr.</summary>
    public string Prefix { get; }

    /// <summary>Given name.</summary>
    public string GivenName { get; }

    /// <summary>Middle name.</summary>
    public string MiddleName { get; }

    /// <summary>Family name.</summary>
    public string Surname { get; }

    /// <summary>Such as Jr.</summary>
    public string Suffix { get; }

    /// <summary>Initials.</summary>
    public string Initials { get; }

    /// <summary>Nickname.</summary>
    public string Nickname { get; }

    /// <summary>How the given name is read (Japanese: furigana).</summary>
    public string YomiGivenName { get; }

    /// <summary>How the family name is read.</summary>
    public string YomiSurname { get; }

    /// <summary>How the company's name is read.</summary>
    public string YomiCompany { get; }

    /// <summary>The name it is sorted by.</summary>
    public string FileAs { get; }

    /// <summary>Company.</summary>
    public string Company { get; }

    /// <summary>Department.</summary>
    public string Department { get; }

    /// <summary>Job title.</summary>
    public string JobTitle { get; }

    /// <summary>Profession.</summary>
    public string Profession { get; }

    /// <summary>Office.</summary>
    public string Office { get; }

    /// <summary>The manager's name.</summary>
    public string Manager { get; }

    /// <summary>The assistant's name.</summary>
    public string Assistant { get; }

    /// <summary>The spouse's or partner's name.</summary>
    public string Spouse { get; }

    /// <summary>The children's names.</summary>
    public IReadOnlyList<string> Children { get; }

    /// <summary>A web page.</summary>
    public string WebPage { get; }

    /// <summary>An address for instant messages.</summary>
    public string InstantMessaging { get; }

    /// <summary>Up to three e-mail addresses.</summary>
    public IReadOnlyList<ContactEmail> Emails { get; }

    /// <summary>The telephone and fax numbers.</summary>
    public IReadOnlyList<ContactPhone> Phones { get; }

    /// <summary>The address of the office, or null.</summary>
    public ContactAddress? BusinessAddress { get; }

    /// <summary>The address at home, or null.</summary>
    public ContactAddress? HomeAddress { get; }

    /// <summary>Another address, or null.</summary>
    public ContactAddress? OtherAddress { get; }

    /// <summary>The birthday, without a time zone.</summary>
    public DateTime? Birthday { get; }

    /// <summary>The wedding anniversary, without a time zone.</summary>
    public DateTime? Anniversary { get; }

    /// <summary>Whether there is a picture: see <see cref="FindPicture"/>.</summary>
    public bool HasPicture { get; }

    /// <summary>The attachment that is a contact's picture, or null.</summary>
    public static MapiAttachment? FindPicture(MapiItem item) =>
        (item ?? throw new ArgumentNullException(nameof(item))).Attachments.FirstOrDefault(a => a.Properties.Flag(PropertyTags.AttachmentContactPhoto));

    private static PropertyKey Lid(uint lid) => new PropertyName(PropertySets.Address, lid);

    // The local property holds the day itself. The older one holds the author's midnight in UTC: twelve hours later it is that day in
    // every zone from -12 to +11:59.
    private static DateTime? Day(PropertyBag p, PropertyKey local, PropertyKey utc) =>
        p.Date(local) is DateTimeOffset day ? DateTime.SpecifyKind(day.UtcDateTime.Date, DateTimeKind.Unspecified)
        : p.Date(utc) is DateTimeOffset midnight ? DateTime.SpecifyKind(midnight.UtcDateTime.AddHours(12).Date, DateTimeKind.Unspecified)
        : null;
}
