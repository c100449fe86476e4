using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// Who takes part in a meeting. An attendee written to the service is invited by mail, so none ever is: they are listed below the body for people to read,
/// and kept in a property of ours, from which they come back.
/// </summary>
internal sealed class EventPeople
{
    private const int LongestText = 45_000;
    private const string Division = "PstMigrationPeople";

    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly Regex s_division = new(
        "<div[^>]*\\bid=\"[^\"]*" + Division + "\"[^>]*>.*?</div>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline);

    private static readonly PropertyKey[] s_kept =
    [
        PropertyTags.RecipientType, PropertyTags.DisplayName, PropertyTags.AddressType, PropertyTags.EmailAddress, PropertyTags.SmtpAddress, PropertyTags.RecipientFlags,
        CalendarNames.TrackStatus, new PropertyKey(0x5FFB), new PropertyKey(0x5FDE), new PropertyKey(0x5FDF), PropertyTags.RecipientDisplayName,
    ];

    private readonly AppointmentDetails _details;

    private EventPeople(MapiItem item, AppointmentDetails details)
    {
        Item = item;
        _details = details;
    }

    private MapiItem Item { get; }

    /// <summary>Whether others take part.</summary>
    public bool HasOthers => _details.IsMeeting || _details.Attendees.Any(a => !a.IsOrganizer);

    /// <summary>The people of an item.</summary>
    public static EventPeople Of(MapiItem item) => new(item, (AppointmentDetails)ItemDetails.Read(item));

    /// <summary>Adds the list to a body.</summary>
    public void AddTo(Microsoft.Graph.Models.ItemBody body)
    {
        string list = List();
        if (body.ContentType == Microsoft.Graph.Models.BodyType.Html)
        {
            string division = "<div id=\"" + Division + "\"><hr>" + WebUtility.HtmlEncode(list).Replace("\n", "<br>\n") + "</div>";
            string html = body.Content ?? "";
            int end = html.LastIndexOf("</body>", StringComparison.OrdinalIgnoreCase);
            body.Content = end < 0 ? html + division : html.Insert(end, division);
        }
        else
        {
            body.Content = (body.Content ?? "") + Separator + list;
        }
    }

    /// <summary>Takes the list out of a body again, where it is as it was written.</summary>
    /// <param name="content">The body.</param>
    /// <param name="isHtml">What it is.</param>
    /// <param name="kept">What <see cref="Write"/> gave.</param>
    public static string RemoveFrom(string content, bool isHtml, string kept)
    {
        if (isHtml)
        {
            return s_division.Replace(content, "", 1);
        }

        string list = Lines(Parse(kept, out _));
        string folded = content.Replace("\r\n", "\n").TrimEnd();
        return list.Length > 0 && folded.EndsWith(list, StringComparison.Ordinal) && folded[..^list.Length].EndsWith(Separator, StringComparison.Ordinal)
            ? folded[..^(list.Length + Separator.Length)]
            : content;
    }

    /// <summary>Everybody, for the property (JSON).</summary>
    public string Write()
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, s_options))
        {
            writer.WriteStartObject();
            writer.WriteString("list", HasOthers ? List() : "");
            writer.WriteStartArray("organizer");
            ItemParty organizer = _details.Organizer;
            writer.WriteStringValue(GraphText.Clean(organizer.Name));
            writer.WriteStringValue(GraphText.Clean(organizer.AddressType));
            writer.WriteStringValue(GraphText.Clean(organizer.Address));
            writer.WriteStringValue(GraphText.Clean(organizer.Smtp ?? ""));
            writer.WriteEndArray();
            writer.WriteStartArray("people");
            foreach (MapiRecipient recipient in Item.Recipients)
            {
                string row = KeptProperties.Write(recipient.Properties.Where(p => s_kept.Contains(p.Key)), []);
                if (writer.BytesCommitted + writer.BytesPending + row.Length < LongestText)
                {
                    writer.WriteStringValue(row);
                }
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Puts them back.</summary>
    public static void Read(string kept, MapiItem item)
    {
        if (Parse(kept, out JsonDocument? document) is not JsonElement root)
        {
            return;
        }

        using (document)
        {
            string[] organizer = Texts(root, "organizer");
            if (organizer.Length == 4 && Array.Exists(organizer, t => t.Length > 0))
            {
                SetOrganizer(item.Properties, organizer);
            }

            foreach (string row in Texts(root, "people"))
            {
                PropertyBag properties = KeptProperties.Read(row);
                MapiRecipient recipient = new(properties);
                if (recipient.SmtpAddress is string smtp)
                {
                    properties.Set(PropertyTags.EntryId, new OneOffEntryId(recipient.DisplayName, "SMTP", smtp).ToArray());
                }

                item.Recipients.Add(recipient);
            }
        }

        string Names(RecipientKind kind) => string.Join("; ", item.Recipients.Where(r => r.Kind == kind).Select(r => r.DisplayName));

        item.Properties.Set(PropertyTags.DisplayTo, Names(RecipientKind.To));
        item.Properties.Set(PropertyTags.DisplayCc, Names(RecipientKind.Cc));
        item.Properties.Set(PropertyTags.DisplayBcc, Names(RecipientKind.Bcc));
    }

    private const string Separator = "\n\n________________\n";

    private static void SetOrganizer(PropertyBag p, string[] organizer)
    {
        p.Set(PropertyTags.SentRepresentingName, organizer[0]);
        p.Set(PropertyTags.SentRepresentingAddressType, organizer[1]);
        p.Set(PropertyTags.SentRepresentingEmailAddress, organizer[2]);
        p.Set(PropertyTags.SenderName, organizer[0]);
        p.Set(PropertyTags.SenderAddressType, organizer[1]);
        p.Set(PropertyTags.SenderEmailAddress, organizer[2]);
        if (organizer[3].Length > 0)
        {
            byte[] entry = new OneOffEntryId(organizer[0], "SMTP", organizer[3]).ToArray();
            p.Set(PropertyTags.SentRepresentingSmtpAddress, organizer[3]);
            p.Set(PropertyTags.SenderSmtpAddress, organizer[3]);
            p.Set(PropertyTags.SentRepresentingEntryId, entry);
            p.Set(PropertyTags.SenderEntryId, entry);
        }
    }

    private static JsonElement? Parse(string text, out JsonDocument? document)
    {
        document = null;
        try
        {
            document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Lines(JsonElement? root) =>
        root is JsonElement known && known.TryGetProperty("list", out JsonElement list) && list.ValueKind == JsonValueKind.String ? list.GetString()! : "";

    private static string[] Texts(JsonElement root, string name) => root.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array
        ? [.. list.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()!)]
        : [];

    private string List()
    {
        StringBuilder text = new();
        ItemParty organizer = _details.Organizer;
        Line(text, Strings.PeopleOrganizer, organizer.IsEmpty ? [] : [Shown(organizer.Name, organizer.Smtp)]);
        Line(text, Strings.PeopleRequired, Attendees(RecipientKind.To));
        Line(text, Strings.PeopleOptional, Attendees(RecipientKind.Cc));
        Line(text, Strings.PeopleResources, Attendees(RecipientKind.Bcc));
        return GraphText.Clean(text.ToString()).Trim();
    }

    private IEnumerable<string> Attendees(RecipientKind role) => _details.Attendees.Where(a => a.Role == role && !a.IsOrganizer).Select(a => Shown(a.Name, a.Smtp));

    private static void Line(StringBuilder text, string label, IEnumerable<string> people)
    {
        string joined = string.Join("; ", people);
        if (joined.Length > 0)
        {
            text.Append(label).Append(' ').Append(joined.Replace('\r', ' ').Replace('\n', ' ')).Append('\n');
        }
    }

    private static string Shown(string name, string? smtp) => smtp is null ? name : name.Length == 0 || name == smtp ? smtp : name + " <" + smtp + ">";
}
