using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Writes a contact as vCard 4.0 (RFC 6350). Notes are the body of the mail it stands in, and a picture is an attachment of it.</summary>
internal static class VCardWriter
{
    /// <summary>The card of an item; null where it is no contact.</summary>
    public static string? Write(MapiItem item)
    {
        if (!item.IsOfClass("IPM.Contact"))
        {
            return null;
        }

        PropertyBag p = item.Properties;
        string Text(PropertyKey key) => p.GetString(key)?.Trim() ?? "";
        CalendarLines lines = new();
        lines.Raw("BEGIN", "VCARD");
        lines.Raw("VERSION", "4.0");
        lines.Text("FN", Text(PropertyTags.DisplayName) is { Length: > 0 } name ? name : item.Subject);
        Structured(lines, "N", VCardNames.Name, Text);
        Structured(lines, "ORG", VCardNames.Organization, Text);
        foreach ((string line, PropertyKey key) in VCardNames.Texts)
        {
            if (Text(key) is { Length: > 0 } text)
            {
                lines.Text(line, text);
            }
        }

        foreach ((string types, PropertyKey key) in VCardNames.Telephones)
        {
            // The second numbers may be lists.
            foreach (string number in (p.GetStrings(key) ?? [Text(key)]).Where(n => n.Trim().Length > 0))
            {
                lines.Text("TEL;TYPE=\"" + types + "\"", number.Trim());
            }
        }

        foreach (uint slot in VCardNames.EmailSlots)
        {
            if (Text(VCardNames.Lid(slot + 3)) is { Length: > 0 } address)
            {
                string type = Text(VCardNames.Lid(slot + 2));
                string shown = Text(VCardNames.Lid(slot));
                lines.Text("EMAIL" + (type.Length > 0 && type != "SMTP" ? ";X-TYPE=" + CalendarLines.Parameter(type) : "") + (shown.Length > 0 ? ";X-NAME=" + CalendarLines.Parameter(shown) : ""), address);
            }
        }

        foreach ((string type, PropertyKey[] keys) in VCardNames.Addresses)
        {
            Structured(lines, "ADR;TYPE=" + type, keys, Text, extended: true);
        }

        foreach ((string line, PropertyKey local, PropertyKey utc) in VCardNames.Days)
        {
            // The older property holds the author's midnight in UTC: twelve hours later it is that day nearly everywhere.
            if ((p.GetTime(local) ?? p.GetTime(utc)?.AddHours(12)) is DateTimeOffset day)
            {
                lines.Raw(line, day.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture));
            }
        }

        foreach (string child in p.GetStrings(new PropertyKey(0x3A58)) ?? [])
        {
            lines.Text("RELATED;TYPE=child;VALUE=text", child);
        }

        if (p.GetStrings(PropertyNames.Keywords) is { Count: > 0 } categories)
        {
            lines.Raw("CATEGORIES", string.Join(",", categories.Select(CalendarLines.Escape)));
        }

        lines.Raw("END", "VCARD");
        return lines.ToString();
    }

    // ADR has a second part, the extended address, that Outlook has no field for.
    private static void Structured(CalendarLines lines, string line, PropertyKey[] keys, Func<PropertyKey, string> text, bool extended = false)
    {
        List<string> parts = [.. keys.Select(text)];
        if (parts.TrueForAll(x => x.Length == 0))
        {
            return;
        }

        if (extended)
        {
            parts.Insert(1, "");
        }

        lines.Raw(line, string.Join(";", parts.Select(CalendarLines.Escape)));
    }
}
