using System.Net;
using System.Text;
using System.Text.Json;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// Who takes part in a meeting. An attendee written to the service is invited by mail, so none ever is: they are listed below the body for people to read,
/// and kept in properties of ours (<see cref="KeptPeople"/>), from which they come back.
/// </summary>
internal sealed class EventPeople
{
    private const string Division = "PstMigrationPeople";

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
    /// <param name="kept">What <see cref="KeptPeople.Take"/> gave.</param>
    public static string RemoveFrom(string content, bool isHtml, string kept)
    {
        if (isHtml)
        {
            return WithoutDivision(content);
        }

        string folded = content.Replace("\r\n", "\n").TrimEnd();
        int at = folded.LastIndexOf(Separator, StringComparison.Ordinal);
        return at >= 0 && NameOf(folded[(at + Separator.Length)..]) == ListName(kept) ? folded[..at] : content;
    }

    /// <summary>Writes everybody into properties.</summary>
    public void Write(ExtendedPropertyList extended, LossList losses) =>
        KeptPeople.Write(extended, Item, _details.Organizer, HasOthers ? NameOf(List()) : "", losses);

    /// <summary>Puts them back.</summary>
    public static void Read(string kept, MapiItem item)
    {
        if (Parse(kept, out JsonDocument? document) is not JsonElement root)
        {
            return;
        }

        using (document)
        {
            string[] organizer = [.. KeptPeople.Rows(root, "organizer").Select(KeptPeople.Text)];
            if (organizer.Length == 4 && Array.Exists(organizer, t => t.Length > 0))
            {
                SetOrganizer(item.Properties, organizer);
            }

            KeptPeople.Read(root, item);
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

    /// <summary>HTML without the division that was added, whose id services put something in front of. Every character is looked at once.</summary>
    private static string WithoutDivision(string html)
    {
        const string Mark = Division + "\"";
        const string End = "</div>";
        for (int from = 0, mark; (mark = html.IndexOf(Mark, from, StringComparison.OrdinalIgnoreCase)) >= 0; from = mark + Mark.Length)
        {
            int start = mark > from ? html.LastIndexOf('<', mark - 1, mark - from) : -1;
            if (start >= 0 && IsDivision(html[start..mark]))
            {
                int end = html.IndexOf(End, mark, StringComparison.OrdinalIgnoreCase);
                return end < 0 ? html : html.Remove(start, end + End.Length - start);
            }
        }

        return html;
    }

    /// <summary>Whether the beginning of a tag, up to the name in its id, is that of a division.</summary>
    private static bool IsDivision(string tag)
    {
        const string Id = " id=\"";
        int id = tag.LastIndexOf('"') - Id.Length + 1;
        return tag.StartsWith("<div", StringComparison.OrdinalIgnoreCase) && tag.IndexOf('>') < 0
            && id > 0 && string.Compare(tag, id, Id, 0, Id.Length, StringComparison.OrdinalIgnoreCase) == 0;
    }

    /// <summary>The name of the list that was written; empty where none was.</summary>
    private static string ListName(string kept)
    {
        JsonElement? root = Parse(kept, out JsonDocument? document);
        using (document)
        {
            return root is JsonElement known && known.TryGetProperty("list", out JsonElement list) ? KeptPeople.Text(list) : "";
        }
    }

    /// <summary>Tells a list from others: it is in the language of whoever wrote it, and as long as there are people.</summary>
    private static string NameOf(string list) => Sha256.Hex(list)[..32];

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
