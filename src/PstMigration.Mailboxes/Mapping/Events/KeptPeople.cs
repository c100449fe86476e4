using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// The people of a meeting as properties of ours: one JSON text, cut into pieces a property holds. First everybody with name and address, which is what tells one meeting from
/// another; then, as far as there is room, what else is known of each (answers, addresses within an organisation).
/// </summary>
internal static class KeptPeople
{
    /// <summary>UTF-16 units of one piece: 60,000 bytes of UTF-8 at most.</summary>
    private const int LongestPart = 20_000;

    /// <summary>A cut moves back this far at most.</summary>
    private const int CutRange = 100;
    private const int MostParts = 12;
    private const int LongestText = MostParts * (LongestPart - CutRange - 1);

    private static readonly JsonSerializerOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly PropertyKey[] s_details =
    [
        PropertyTags.AddressType, PropertyTags.EmailAddress, CalendarNames.TrackStatus, new PropertyKey(0x5FFB), new PropertyKey(0x5FDE), new PropertyKey(0x5FDF),
        PropertyTags.RecipientDisplayName,
    ];

    /// <summary>The properties, in the order of the pieces.</summary>
    public static readonly IReadOnlyList<PropertyName> Names =
    [
        MailboxPropertyNames.People,
        .. Enumerable.Range(2, MostParts - 1).Select(n => new PropertyName(PropertySets.PstMigration, MailboxPropertyNames.People.Name + n.ToString(CultureInfo.InvariantCulture))),
    ];

    /// <summary>Writes the people of an item.</summary>
    /// <param name="extended">Takes the properties.</param>
    /// <param name="item">The item.</param>
    /// <param name="organizer">Who called the meeting.</param>
    /// <param name="list">A name for the list in the body.</param>
    /// <param name="losses">Told of whoever does not fit.</param>
    public static void Write(ExtendedPropertyList extended, MapiItem item, ItemParty organizer, string list, LossList losses)
    {
        StringBuilder people = new();
        List<MapiRecipient> kept = [];
        string begin = "{\"list\":" + Quote(list) + ",\"organizer\":["
            + string.Join(",", new[] { organizer.Name, organizer.AddressType, organizer.Address, organizer.Smtp ?? "" }.Select(Quote)) + "],\"people\":[";
        int room = LongestText - begin.Length - "],\"more\":[]}".Length;
        foreach (MapiRecipient recipient in item.Recipients)
        {
            string row = Row(recipient);
            // And the shortest there can be of its details.
            if (row.Length + "{},,".Length > room)
            {
                losses.Add(LossKind.Field, "AttendeesLeftOut");
                continue;
            }

            room -= row.Length + "{},,".Length;
            people.Append(kept.Count > 0 ? "," : "").Append(row);
            kept.Add(recipient);
        }

        StringBuilder more = new();
        foreach (MapiRecipient recipient in kept)
        {
            string row = Details(recipient);
            if (row.Length - "{}".Length > room)
            {
                losses.Add(LossKind.Field, "AttendeeDetails");
                row = "{}";
            }

            room -= row.Length - "{}".Length;
            more.Append(more.Length > 0 ? "," : "").Append(row);
        }

        int part = 0;
        foreach (string text in Cut(begin + people + "],\"more\":[" + more + "]}"))
        {
            extended.AddOwn(Names[part], PropertyValue.FromString(text), isAsked: part == 0);
            part++;
        }
    }

    /// <summary>Takes the text out of an item's properties; null where there is none.</summary>
    public static string? Take(PropertyBag properties)
    {
        StringBuilder text = new();
        foreach (PropertyName name in Names)
        {
            text.Append(properties.GetString(name));
            properties.Remove(name);
        }

        return text.Length > 0 ? text.ToString() : null;
    }

    /// <summary>Puts the people back.</summary>
    /// <param name="people">As <see cref="Write"/> gave them.</param>
    /// <param name="item">Gets its recipients.</param>
    public static void Read(JsonElement people, MapiItem item)
    {
        JsonElement[] rows = Rows(people, "people");
        JsonElement[] more = Rows(people, "more");
        for (int i = 0; i < rows.Length; i++)
        {
            if (rows[i].ValueKind == JsonValueKind.Array && rows[i].GetArrayLength() >= 3)
            {
                item.Recipients.Add(Recipient(rows[i], i < more.Length ? more[i].GetRawText() : null));
            }
        }
    }

    /// <summary>The values of a list; none where it is not one.</summary>
    public static JsonElement[] Rows(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    /// <summary>A text; empty where it is none.</summary>
    public static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static MapiRecipient Recipient(JsonElement row, string? details)
    {
        PropertyBag properties = KeptProperties.Read(details);
        MapiRecipient recipient = new(properties);
        properties.Set(PropertyTags.RecipientType, Number(row[0]) ?? (int)RecipientKind.To);
        properties.Set(PropertyTags.DisplayName, Text(row[1]));
        if (Text(row[2]) is { Length: > 0 } smtp)
        {
            properties.Set(PropertyTags.SmtpAddress, smtp);
            properties.Set(PropertyTags.EntryId, new OneOffEntryId(recipient.DisplayName, "SMTP", smtp).ToArray());
            if (!properties.Contains(PropertyTags.EmailAddress))
            {
                properties.Set(PropertyTags.AddressType, "SMTP");
                properties.Set(PropertyTags.EmailAddress, smtp);
            }
        }

        if (row.GetArrayLength() > 3 && Number(row[3]) is int flags)
        {
            properties.Set(PropertyTags.RecipientFlags, flags);
        }

        return recipient;
    }

    private static int? Number(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number : null;

    /// <summary>Type, name, address, flags if any.</summary>
    private static string Row(MapiRecipient recipient)
    {
        int type = recipient.Properties.GetInt32(PropertyTags.RecipientType) ?? (int)recipient.Kind;
        string flags = recipient.Properties.GetInt32(PropertyTags.RecipientFlags) is int known ? "," + known.ToString(CultureInfo.InvariantCulture) : "";
        return "[" + type.ToString(CultureInfo.InvariantCulture) + "," + Quote(recipient.DisplayName) + "," + Quote(recipient.SmtpAddress ?? "") + flags + "]";
    }

    private static string Details(MapiRecipient recipient)
    {
        PropertyBag p = recipient.Properties;
        bool isSmtp = string.Equals(p.GetString(PropertyTags.AddressType), "SMTP", StringComparison.OrdinalIgnoreCase)
            && p.GetString(PropertyTags.EmailAddress) == recipient.SmtpAddress;
        return KeptProperties.Write(
            p.Where(d => s_details.Contains(d.Key) && !(isSmtp && (d.Key == PropertyTags.AddressType || d.Key == PropertyTags.EmailAddress))
                && !(d.Key == PropertyTags.RecipientDisplayName && d.Value.AsString() == recipient.DisplayName)),
            []);
    }

    private static string Quote(string text) => JsonSerializer.Serialize(GraphText.Clean(text), s_options);

    /// <summary>Cuts where no character is halved and no blank stands at an end, which a store may take off.</summary>
    private static IEnumerable<string> Cut(string text)
    {
        for (int from = 0; from < text.Length;)
        {
            int to = Math.Min(text.Length, from + LongestPart);
            for (int least = to - CutRange; to < text.Length && to > least && (char.IsLowSurrogate(text[to]) || char.IsWhiteSpace(text[to]) || char.IsWhiteSpace(text[to - 1])); to--)
            {
            }

            to -= to < text.Length && char.IsLowSurrogate(text[to]) ? 1 : 0;
            yield return text[from..to];
            from = to;
        }
    }
}
