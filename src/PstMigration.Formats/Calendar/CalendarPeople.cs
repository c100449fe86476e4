using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Reads who calls a meeting and who is asked ([MS-OXCICAL] 2.1.3.1.1.20.2 and 2.1.3.1.1.20.16). A calendar service sends its mail from an address of its own and
/// to one person: only the calendar says who they are.
/// </summary>
internal static class CalendarPeople
{
    private const int Sendable = 1;

    public static void Read(CalendarComponent master, string method, MapiItem item)
    {
        bool isAnswer = method.ToUpperInvariant() is "REPLY" or "COUNTER";
        ItemParty? organizer = master.Find("ORGANIZER") is CalendarProperty line ? Party(line) : null;
        if (isAnswer)
        {
            // An answer goes to the organizer; who answers has sent it.
            if (organizer is not null && item.Recipients.Count == 0)
            {
                item.Recipients.Add(Recipient(organizer, RecipientKind.To));
                SetNames(item);
            }

            return;
        }

        string? author = ItemParty.Author(item.Properties).Smtp;
        if (organizer is { Smtp: { } smtp } && smtp != MailAddress.Unresolved && !smtp.Equals(author, StringComparison.OrdinalIgnoreCase))
        {
            MimeParty.SetAuthor(item.Properties, organizer);
            author = smtp;
        }

        int before = item.Recipients.Count;
        Dictionary<string, MapiRecipient> known = new(StringComparer.OrdinalIgnoreCase);
        foreach (MapiRecipient recipient in item.Recipients.Where(r => r.SmtpAddress is not null).Reverse())
        {
            known[recipient.SmtpAddress!] = recipient;
        }

        foreach (CalendarProperty attendee in master.All("ATTENDEE"))
        {
            if (Party(attendee) is not { Smtp: { } address } party || address == MailAddress.Unresolved || address.Equals(author, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (!known.TryGetValue(address, out MapiRecipient? recipient))
            {
                known.Add(address, recipient = Recipient(party, KindOf(attendee)));
                item.Recipients.Add(recipient);
            }

            if (Status(attendee.Parameter("PARTSTAT")) is int status)
            {
                recipient.Properties.Set(CalendarNames.TrackStatus, status);
            }
        }

        if (item.Recipients.Count > before)
        {
            SetNames(item);
        }
    }

    private static MapiRecipient Recipient(ItemParty party, RecipientKind kind)
    {
        MapiRecipient recipient = MimeParty.ToRecipient(party, kind);
        recipient.Properties.Set(PropertyTags.RecipientFlags, Sendable);
        return recipient;
    }

    private static void SetNames(MapiItem item)
    {
        string Names(RecipientKind kind) => string.Join("; ", item.Recipients.Where(r => r.Kind == kind).Select(r => r.DisplayName));

        item.Properties.Set(PropertyTags.DisplayTo, Names(RecipientKind.To));
        item.Properties.Set(PropertyTags.DisplayCc, Names(RecipientKind.Cc));
        item.Properties.Set(PropertyTags.DisplayBcc, Names(RecipientKind.Bcc));
    }

    private static ItemParty? Party(CalendarProperty line)
    {
        // A program that has no address for somebody may give one as a parameter.
        (string type, string address) = AddressLine.Classify(Unescape(line.Value.Trim()));
        string? email = type != "SMTP" && line.Parameter("EMAIL") is string given ? SmtpAddress.Parse(given)?.ToString() : null;
        string name = MimeAddresses.Clean(line.Parameter("CN") ?? "").Trim();
        return email is not null ? new ItemParty(name, email, "SMTP", email) : address.Length == 0 ? null : new ItemParty(name, type == "SMTP" ? address : null, type, address);
    }

    private static string Unescape(string uri)
    {
        try
        {
            return Uri.UnescapeDataString(uri);
        }
        catch (UriFormatException)
        {
            return uri;
        }
    }

    private static RecipientKind KindOf(CalendarProperty attendee) =>
        attendee.Parameter("CUTYPE")?.ToUpperInvariant() is "RESOURCE" or "ROOM" || attendee.Parameter("ROLE")?.ToUpperInvariant() == "NON-PARTICIPANT" ? RecipientKind.Bcc
        : attendee.Parameter("ROLE")?.ToUpperInvariant() == "OPT-PARTICIPANT" ? RecipientKind.Cc
        : RecipientKind.To;

    private static int? Status(string? text) => text?.ToUpperInvariant() switch
    {
        "TENTATIVE" => 2,
        "ACCEPTED" => 3,
        "DECLINED" => 4,
        _ => null,
    };
}
