using System.Net;
using System.Text.Json;

namespace PstMigration.Sandbox;

/// <summary>Recipients and authors (resources/recipient, resources/emailaddress).</summary>
internal static class PeopleJson
{
    /// <summary>Where an author is stored: name, address type, address, SMTP address.</summary>
    public static readonly ExtendedPropertyId[] From = [Tags.FromName, Tags.FromType, Tags.FromAddress, Tags.FromSmtp];

    /// <summary>Where the sender is stored.</summary>
    public static readonly ExtendedPropertyId[] Sender = [Tags.SenderName, Tags.SenderType, Tags.SenderAddress, Tags.SenderSmtp];

    public static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<Person> people)
    {
        writer.WriteStartArray(name);
        foreach (Person person in people)
        {
            writer.WriteStartObject();
            WriteAddress(writer, "emailAddress", person);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public static Person[] Read(JsonElement array, string name) =>
        Json.Array(array, name).Select(e => ReadRecipient(e, name) ?? throw Json.Mismatch(name, "a recipient")).ToArray();

    public static void WriteAuthor(Utf8JsonWriter writer, string name, MailItem item, ExtendedPropertyId[] place)
    {
        Person person = new(item.Properties.GetString(place[0]), item.Properties.GetString(place[3]) ?? item.Properties.GetString(place[2]));
        if (person is { Name: null, Address: null })
        {
            return;
        }

        writer.WriteStartObject(name);
        WriteAddress(writer, "emailAddress", person);
        writer.WriteEndObject();
    }

    public static void ReadAuthor(JsonElement value, string name, MailItem item, ExtendedPropertyId[] place) =>
        SetAuthor(item, place, ReadRecipient(value, name));

    public static void SetAuthor(MailItem item, ExtendedPropertyId[] place, Person? person)
    {
        item.Properties.Set(place[0], person?.Name ?? person?.Address);
        item.Properties.Set(place[1], person?.Address is null ? null : "SMTP");
        item.Properties.Set(place[2], person?.Address);
        item.Properties.Set(place[3], person?.Address);
    }

    /// <summary>Writes name and address.</summary>
    public static void WriteAddress(Utf8JsonWriter writer, string? property, Person person)
    {
        if (property is null)
        {
            writer.WriteStartObject();
        }
        else
        {
            writer.WriteStartObject(property);
        }

        writer.WriteString("name", person.Name ?? person.Address ?? "");
        if (person.Address is not null)
        {
            writer.WriteString("address", person.Address);
        }

        writer.WriteEndObject();
    }

    /// <summary>Reads name and address.</summary>
    public static Person ReadAddress(JsonElement value, string name)
    {
        Person person = new(null, null);
        foreach (JsonProperty property in Json.Object(value, name))
        {
            switch (property.Name)
            {
                case "name":
                    person = person with { Name = Json.Text(property.Value, "name") };
                    break;
                case "address":
                    person = person with { Address = Json.Text(property.Value, "address") };
                    break;
                default:
                    Json.Unknown(property, "emailAddress");
                    break;
            }
        }

        // What the service refuses: nobody at all, and an Exchange (X.500) name in place of an address.
        return (string.IsNullOrEmpty(person.Name) && string.IsNullOrEmpty(person.Address)) || person.Address?.StartsWith("/", StringComparison.Ordinal) == true
            ? throw InvalidRecipient()
            : person with { Address = string.IsNullOrEmpty(person.Address) ? null : person.Address };
    }

    /// <summary>The error for a person that is none.</summary>
    public static GraphException InvalidRecipient() =>
        new(HttpStatusCode.BadRequest, "ErrorInvalidRecipients", "At least one recipient is not valid.");

    private static Person? ReadRecipient(JsonElement value, string name)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        Person? person = null;
        foreach (JsonProperty property in Json.Object(value, name))
        {
            if (property.Name == "emailAddress")
            {
                person = ReadAddress(property.Value, "emailAddress");
            }
            else
            {
                Json.Unknown(property, "recipient");
            }
        }

        return person ?? throw InvalidRecipient();
    }
}
