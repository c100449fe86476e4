using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Which property of a contact ([MS-OXOCNTC] 2.2.1) is which line of a vCard (RFC 6350; names and telephones of [MS-OXVCARD] 2.1.3 where that has a form of its own).</summary>
internal static class VCardNames
{
    /// <summary>Lines of one text.</summary>
    public static readonly (string Line, PropertyKey Key)[] Texts =
    [
        ("NICKNAME", new(0x3A4F)),
        ("TITLE", PropertyTags.Title),
        ("ROLE", new(0x3A46)),
        ("URL;TYPE=work", new(0x3A51)),
        ("URL;TYPE=home", new(0x3A50)),
        ("IMPP", Lid(0x8062)),
        ("X-MS-FILEAS", Lid(0x8005)),
        ("X-MS-INITIALS", PropertyTags.Initials),
        ("X-MS-OFFICE", new(0x3A19)),
        ("X-MS-MANAGER", new(0x3A4E)),
        ("X-MS-ASSISTANT", new(0x3A30)),
        ("X-MS-SPOUSE", new(0x3A48)),
        ("X-PHONETIC-FIRST-NAME", Lid(0x802C)),
        ("X-PHONETIC-LAST-NAME", Lid(0x802D)),
        ("X-PHONETIC-ORG", Lid(0x802E)),
    ];

    /// <summary>The parts of a name, in the order of N.</summary>
    public static readonly PropertyKey[] Name = [PropertyTags.Surname, PropertyTags.GivenName, PropertyTags.MiddleName, PropertyTags.DisplayNamePrefix, PropertyTags.Generation];

    /// <summary>Company and department, in the order of ORG.</summary>
    public static readonly PropertyKey[] Organization = [PropertyTags.CompanyName, PropertyTags.DepartmentName];

    /// <summary>Telephones by their types, which are written and looked for as they stand here.</summary>
    public static readonly (string Types, PropertyKey Key)[] Telephones =
    [
        ("cell,voice", new(0x3A1C)),
        ("work,voice", new(0x3A08)),
        ("work,voice,x-2", new(0x3A1B)),
        ("home,voice", new(0x3A09)),
        ("home,voice,x-2", new(0x3A2F)),
        ("voice,x-primary", new(0x3A1A)),
        ("work,voice,x-company", new(0x3A57)),
        ("voice,x-assistant", new(0x3A2E)),
        ("voice,x-callback", new(0x3A02)),
        ("voice,x-car", new(0x3A1E)),
        ("voice,x-radio", new(0x3A1D)),
        ("pager", new(0x3A21)),
        ("voice", new(0x3A1F)),
        ("x-isdn", new(0x3A2D)),
        ("textphone", new(0x3A4B)),
        ("x-telex", new(0x3A2C)),
        ("work,fax", new(0x3A24)),
        ("home,fax", new(0x3A25)),
        ("fax,x-primary", new(0x3A23)),
    ];

    /// <summary>Postal addresses: post office box, street, city, state, postal code, country.</summary>
    public static readonly (string Type, PropertyKey[] Keys)[] Addresses =
    [
        ("work", [Lid(0x804A), Lid(0x8045), Lid(0x8046), Lid(0x8047), Lid(0x8048), Lid(0x8049)]),
        ("home", [new(0x3A5E), new(0x3A5D), new(0x3A59), new(0x3A5C), new(0x3A5B), new(0x3A5A)]),
        ("x-other", [new(0x3A64), new(0x3A63), new(0x3A5F), new(0x3A62), new(0x3A61), new(0x3A60)]),
    ];

    /// <summary>The first property of each of the three slots of e-mail addresses.</summary>
    public static readonly uint[] EmailSlots = [0x8080, 0x8090, 0x80A0];

    /// <summary>Days without a time: the day itself, and the older property with midnight in UTC.</summary>
    public static readonly (string Line, PropertyKey Local, PropertyKey Utc)[] Days =
    [
        ("BDAY", Lid(0x80DE), PropertyTags.Birthday),
        ("ANNIVERSARY", Lid(0x80DF), new(0x3A41)),
    ];

    /// <summary>A named property of contacts.</summary>
    public static PropertyKey Lid(uint lid) => new PropertyName(PropertySets.Address, lid);
}
