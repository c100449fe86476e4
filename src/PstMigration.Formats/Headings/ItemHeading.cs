using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// What stands above the body when people read an item: parties, times, subject, attachments. The same in HTML, text, JSON and CSV.
/// All text is one line and safe to show.
/// </summary>
internal sealed class ItemHeading
{
    private ItemHeading(MapiItem item)
    {
        PropertyBag p = item.Properties;
        Subject = ShownText.Line(item.Subject);
        Author = Shown(ItemParty.Author(p));
        Sender = Shown(ItemParty.Sender(p));
        To = Line(item, RecipientKind.To, PropertyTags.DisplayTo);
        Cc = Line(item, RecipientKind.Cc, PropertyTags.DisplayCc);
        Bcc = Line(item, RecipientKind.Bcc, PropertyTags.DisplayBcc);
        SentTime = p.GetTime(PropertyTags.ClientSubmitTime);
        ReceivedTime = p.GetTime(PropertyTags.MessageDeliveryTime);
        Categories = [.. (p.GetStrings(PropertyNames.Keywords) ?? []).Select(ShownText.Line).Where(c => c.Length > 0)];
        Attachments = [.. item.Attachments.Select(Shown)];
        MessageId = ShownText.Line(p.GetString(PropertyTags.InternetMessageId));
        Importance = p.GetInt32(PropertyTags.Importance) switch
        {
            0 => "Low",
            2 => "High",
            _ => "Normal",
        };
        FlagStatus = p.GetInt32(PropertyTags.FlagStatus) switch
        {
            1 => "Complete",
            2 => "Flagged",
            _ => "",
        };
    }

    public string Subject { get; }

    /// <summary>Who wrote it; null where nobody is known.</summary>
    public ShownParty? Author { get; }

    /// <summary>Who sent it, perhaps on behalf of the author; null where nobody is known.</summary>
    public ShownParty? Sender { get; }

    public IReadOnlyList<ShownParty> To { get; }

    public IReadOnlyList<ShownParty> Cc { get; }

    public IReadOnlyList<ShownParty> Bcc { get; }

    public DateTimeOffset? SentTime { get; }

    public DateTimeOffset? ReceivedTime { get; }

    public IReadOnlyList<string> Categories { get; }

    public IReadOnlyList<ShownAttachment> Attachments { get; }

    public string MessageId { get; }

    /// <summary>Low, Normal or High.</summary>
    public string Importance { get; }

    /// <summary>Flagged, Complete or empty.</summary>
    public string FlagStatus { get; }

    public static ItemHeading Of(MapiItem item) => new(item);

    /// <summary>A time as headings show it, with its offset.</summary>
    public static string Format(DateTimeOffset time, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(time, zone).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);

    /// <summary>
    /// The lines a heading has, in their order, named as the fields of a mail are. A line with nothing to say is left out.
    /// </summary>
    public IEnumerable<KeyValuePair<string, string>> Lines(TimeZoneInfo zone)
    {
        (string Name, string Value)[] lines =
        [
            ("From", Author?.ToString() ?? ""),
            ("Sender", Sender?.ToString() is string sender && sender != Author?.ToString() ? sender : ""),
            ("To", Join(To)),
            ("Cc", Join(Cc)),
            ("Bcc", Join(Bcc)),
            ("Date", SentTime is DateTimeOffset sent ? Format(sent, zone) : ""),
            ("Received", ReceivedTime is DateTimeOffset received ? Format(received, zone) : ""),
            ("Subject", Subject),
            ("Importance", Importance == "Normal" ? "" : Importance),
            ("Categories", string.Join("; ", Categories)),
            ("Message-ID", MessageId),
        ];
        return lines.Where(l => l.Value.Length > 0).Select(l => new KeyValuePair<string, string>(l.Name, l.Value));
    }

    /// <summary>Parties in one line.</summary>
    public static string Join(IEnumerable<ShownParty> parties) => string.Join("; ", parties);

    private static IReadOnlyList<ShownParty> Line(MapiItem item, RecipientKind kind, PropertyTag names)
    {
        if (item.Recipients.Count > 0)
        {
            return [.. item.Recipients.Where(r => r.Kind == kind).Select(Shown).Where(p => p.ToString().Length > 0)];
        }

        // The recipient table is lost; the names are left.
        return
        [
            .. (item.Properties.GetString(names) ?? "").Split([';'], StringSplitOptions.RemoveEmptyEntries)
                .Select(n => new ShownParty(ShownText.Line(n), "")).Where(p => p.Name.Length > 0),
        ];
    }

    private static ShownParty Shown(MapiRecipient recipient) => Make(
        recipient.DisplayName, recipient.SmtpAddress ?? recipient.Properties.GetString(PropertyTags.EmailAddress) ?? "");

    private static ShownParty? Shown(ItemParty party) => party.IsEmpty ? null : Make(party.Name, party.Smtp ?? party.Address);

    private static ShownParty Make(string name, string address) => new(ShownText.Line(name), ShownText.Line(address));

    private static ShownAttachment Shown(MapiAttachment attachment)
    {
        bool isItem = attachment.Method == AttachMethod.EmbeddedMessage;
        string name = ShownText.Line(attachment.Name);
        string type = isItem ? "message/rfc822" : MimeAttachmentBuilder.TypeOf(attachment).MimeType;
        long size = isItem ? attachment.EmbeddedLength : attachment.Content?.Measure() ?? 0;
        return new ShownAttachment(
            name.Length > 0 ? name : "attachment",
            type,
            size > 0 ? size : attachment.Properties.GetInt32(PropertyTags.AttachSize) ?? 0,
            attachment);
    }
}
