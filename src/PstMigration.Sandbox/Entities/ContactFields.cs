using System.Text.Json;

namespace PstMigration.Sandbox;

/// <summary>
/// The properties of a contact (resources/contact) and the MAPI properties they are kept in ([MS-OXOCNTC]), so that an extended
/// property and the JSON property of the same thing are one.
/// </summary>
internal static class ContactFields
{
    private const string Address = " {00062004-0000-0000-c000-000000000046} Id ";

    private static readonly FieldFactory<MailItem> s_of = new(i => i);
    private static readonly ExtendedPropertyId s_displayName = Standard("0x3001");
    private static readonly ExtendedPropertyId s_givenName = Standard("0x3a06");
    private static readonly ExtendedPropertyId s_surname = Standard("0x3a11");
    private static readonly ExtendedPropertyId s_birthday = ExtendedPropertyId.Known("SystemTime 0x3a42");

    /// <summary>Name, address type and address of the three e-mail slots.</summary>
    private static readonly ExtendedPropertyId[][] s_emails =
    [
        [Id("0x8080"), Id("0x8082"), Id("0x8083")], [Id("0x8090"), Id("0x8092"), Id("0x8093")], [Id("0x80a0"), Id("0x80a2"), Id("0x80a3")],
    ];

    /// <summary>What a contact has.</summary>
    public static readonly FieldSet<MailItem> All = new(
        "contact",
        [
            s_of.Time("createdDateTime", i => i.Created),
            s_of.Time("lastModifiedDateTime", i => i.Modified),
            new("changeKey", (_, w, i) => w.WriteString("changeKey", Change.Key(i.ChangeNumber))),
            s_of.Texts("categories", Tags.Keywords),
            new("parentFolderId", (c, w, i) => w.WriteString("parentFolderId", c.FolderId(i.Folder))),
            new("birthday", WriteBirthday, (v, i) => i.Properties.Set(s_birthday, v.ValueKind == JsonValueKind.Null ? null : Json.Time(v, "birthday"))),
            s_of.Text("fileAs", Id("0x8005")),
            s_of.Text("displayName", s_displayName),
            s_of.Text("givenName", s_givenName),
            s_of.Text("initials", Standard("0x3a0a")),
            s_of.Text("middleName", Standard("0x3a44")),
            s_of.Text("nickName", Standard("0x3a4f")),
            s_of.Text("surname", s_surname),
            s_of.Text("title", Standard("0x3a45")),
            s_of.Text("yomiGivenName", Id("0x802c")),
            s_of.Text("yomiSurname", Id("0x802d")),
            s_of.Text("yomiCompanyName", Id("0x802e")),
            s_of.Text("generation", Standard("0x3a05")),
            Slots("imAddresses", [Id("0x8062")]),
            s_of.Text("jobTitle", Standard("0x3a17")),
            s_of.Text("companyName", Standard("0x3a16")),
            s_of.Text("department", Standard("0x3a18")),
            s_of.Text("officeLocation", Standard("0x3a19")),
            s_of.Text("profession", Standard("0x3a46")),
            s_of.Text("businessHomePage", Standard("0x3a51")),
            s_of.Text("assistantName", Standard("0x3a30")),
            s_of.Text("manager", Standard("0x3a4e")),
            Slots("homePhones", [Standard("0x3a09"), Standard("0x3a2f")]),
            s_of.Text("mobilePhone", Standard("0x3a1c")),
            Slots("businessPhones", [Standard("0x3a08"), Standard("0x3a1b")]),
            s_of.Text("spouseName", Standard("0x3a48")),
            s_of.Text("personalNotes", Tags.Body),
            s_of.Texts("children", ExtendedPropertyId.Known("StringArray 0x3a58")),
            new("emailAddresses", WriteEmails, ReadEmails),
            Email("primaryEmailAddress", 0),
            Email("secondaryEmailAddress", 1),
            Email("tertiaryEmailAddress", 2),
            Postal("homeAddress", Standard("0x3a5d"), Standard("0x3a59"), Standard("0x3a5c"), Standard("0x3a5a"), Standard("0x3a5b")),
            Postal("businessAddress", Id("0x8045"), Id("0x8046"), Id("0x8047"), Id("0x8049"), Id("0x8048")),
            Postal("otherAddress", Standard("0x3a63"), Standard("0x3a5f"), Standard("0x3a62"), Standard("0x3a60"), Standard("0x3a61")),
        ],
        "photo",
        "extensions",
        ExpandOption.SingleValue,
        ExpandOption.MultiValue);

    /// <summary>What <c>$filter</c> and <c>$orderby</c> may name.</summary>
    public static readonly IReadOnlyDictionary<string, FilterTarget> Filters = new Dictionary<string, FilterTarget>
    {
        ["createdDateTime"] = FilterTarget.OfColumn(ExtendedType.SystemTime, "i.created"),
        ["lastModifiedDateTime"] = FilterTarget.OfColumn(ExtendedType.SystemTime, "i.modified"),
        ["displayName"] = FilterTarget.OfProperty(s_displayName),
        ["givenName"] = FilterTarget.OfProperty(s_givenName),
        ["surname"] = FilterTarget.OfProperty(s_surname),
        ["categories"] = FilterTarget.OfProperty(Tags.Keywords) with { IsCollection = true },
        ["emailAddresses/address"] = new FilterTarget(ExtendedType.String, null, s_emails.Select(e => e[2].Tag).ToArray()) { IsCollection = true },
    };

    /// <summary>Fills in the display name the service makes where none is given.</summary>
    public static void CompleteName(PropertyMap properties)
    {
        if (properties.GetString(s_displayName) is null)
        {
            string name = ((properties.GetString(s_givenName) ?? "") + " " + (properties.GetString(s_surname) ?? "")).Trim();
            properties.Set(s_displayName, name.Length == 0 ? null : name);
        }
    }

    private static ExtendedPropertyId Standard(string number) => ExtendedPropertyId.Known("String " + number);

    private static ExtendedPropertyId Id(string number) => ExtendedPropertyId.Known("String" + Address + number);

    private static Field<MailItem> Slots(string name, ExtendedPropertyId[] places) => new(
        name,
        (_, w, i) => WriteTexts(w, name, places.Select(i.Properties.GetString).Where(t => t is not null)!),
        (v, i) =>
        {
            string[] texts = Json.Array(v, name).Select(t => Json.Text(t, name) ?? "").ToArray();
            if (texts.Length > places.Length)
            {
                throw GraphException.Property($"'{name}' takes {places.Length} values at most.");
            }

            for (int slot = 0; slot < places.Length; slot++)
            {
                i.Properties.Set(places[slot], slot < texts.Length ? texts[slot] : null);
            }
        });

    private static Field<MailItem> Email(string name, int slot) => new(
        name,
        (_, w, i) =>
        {
            if (GetEmail(i, slot) is Person person)
            {
                PeopleJson.WriteAddress(w, name, person);
            }
            else
            {
                w.WriteNull(name);
            }
        },
        (v, i) => SetEmail(i, slot, v.ValueKind == JsonValueKind.Null ? null : PeopleJson.ReadAddress(v, name)));

    private static Field<MailItem> Postal(
        string name, ExtendedPropertyId street, ExtendedPropertyId city, ExtendedPropertyId state, ExtendedPropertyId country, ExtendedPropertyId code)
    {
        (string Name, ExtendedPropertyId Id)[] parts = [("street", street), ("city", city), ("state", state), ("countryOrRegion", country), ("postalCode", code)];
        return new(
            name,
            (_, w, i) =>
            {
                w.WriteStartObject(name);
                foreach ((string part, ExtendedPropertyId id) in parts.Where(p => i.Properties.Contains(p.Id)))
                {
                    w.WriteString(part, i.Properties.GetString(id));
                }

                w.WriteEndObject();
            },
            (v, i) => ReadPostal(v, i, name, parts));
    }

    private static void ReadPostal(JsonElement value, MailItem item, string name, (string Name, ExtendedPropertyId Id)[] parts)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            Array.ForEach(parts, p => item.Properties.Set(p.Id, null));
            return;
        }

        foreach (JsonProperty property in Json.Object(value, name))
        {
            if (Array.Find(parts, p => p.Name == property.Name) is { Id: not null } part)
            {
                item.Properties.Set(part.Id, Json.Text(property.Value, property.Name));
            }
            else
            {
                Json.Unknown(property, "physicalAddress");
            }
        }
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (string text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static void WriteBirthday(GraphCall call, Utf8JsonWriter writer, MailItem item) => writer.WriteString(
        "birthday", item.Properties.GetNumber(s_birthday) is long time ? GraphTime.Format(time, call.Behaviour.AnswersWholeSeconds) : null);

    private static void WriteEmails(GraphCall call, Utf8JsonWriter writer, MailItem item)
    {
        writer.WriteStartArray("emailAddresses");
        for (int slot = 0; slot < s_emails.Length; slot++)
        {
            if (GetEmail(item, slot) is Person person)
            {
                PeopleJson.WriteAddress(writer, null, person);
            }
        }

        writer.WriteEndArray();
    }

    private static void ReadEmails(JsonElement value, MailItem item)
    {
        Person[] people = Json.Array(value, "emailAddresses").Select(e => PeopleJson.ReadAddress(e, "emailAddresses")).ToArray();
        if (people.Length > s_emails.Length)
        {
            throw GraphException.Property($"'emailAddresses' takes {s_emails.Length} values at most.");
        }

        for (int slot = 0; slot < s_emails.Length; slot++)
        {
            SetEmail(item, slot, slot < people.Length ? people[slot] : null);
        }
    }

    private static Person? GetEmail(MailItem item, int slot)
    {
        Person person = new(item.Properties.GetString(s_emails[slot][0]), item.Properties.GetString(s_emails[slot][2]));
        return person is { Name: null, Address: null } ? null : person;
    }

    private static void SetEmail(MailItem item, int slot, Person? person)
    {
        item.Properties.Set(s_emails[slot][0], person?.Name ?? person?.Address);
        item.Properties.Set(s_emails[slot][1], person?.Address is null ? null : "SMTP");
        item.Properties.Set(s_emails[slot][2], person?.Address);
    }
}
