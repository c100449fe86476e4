using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// What an item that is no mail says: when and where an appointment takes place, the telephones and addresses of a contact, when a task is due. The same in every format
/// for reading. All text is one line and safe to show.
/// </summary>
internal sealed class KindLines
{
    private readonly List<(string Name, string Value)> _lines = [];

    private KindLines()
    {
    }

    /// <summary>When it takes place; null for what does not.</summary>
    public DateTimeOffset? Start { get; private set; }

    /// <summary>When it ends.</summary>
    public DateTimeOffset? End { get; private set; }

    /// <summary>Whether it lasts whole days, so that only they are told.</summary>
    public bool IsAllDay { get; private set; }

    /// <summary>The value of a line; empty where there is none.</summary>
    public string this[string name] => string.Join("; ", _lines.Where(l => l.Name == name).Select(l => l.Value));

    public static KindLines Of(MapiItem item)
    {
        KindLines lines = new();
        switch (ItemDetails.Read(item))
        {
            case AppointmentDetails appointment:
                lines.Add(appointment);
                break;
            case ContactDetails contact:
                lines.Add(contact);
                break;
            case DistributionListDetails list:
                lines.Add("Members", string.Join("; ", list.Members));
                break;
            case TaskDetails task:
                lines.Add("Due", Day(task.DueDate));
                lines.Add("Status", task.State.ToString());
                lines.Add("Complete", task.PercentComplete.ToString(CultureInfo.InvariantCulture) + "%");
                lines.Add("Owner", task.Owner);
                break;
            case JournalDetails journal:
                lines.Start = journal.Start;
                lines.Add("Duration", journal.Duration?.ToString() ?? "");
                lines.Add("Type", journal.EntryType);
                break;
        }

        return lines;
    }

    /// <summary>The lines in their order, those without a value left out.</summary>
    public IEnumerable<(string Name, string Value)> Lines(TimeZoneInfo zone)
    {
        string Time(DateTimeOffset? time) => time is not DateTimeOffset given ? ""
            : IsAllDay ? TimeZoneInfo.ConvertTime(given, zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : ItemHeading.Format(given, zone);
        return [("Start", Time(Start)), ("End", Time(End)), .. _lines];
    }

    private void Add(AppointmentDetails appointment)
    {
        (Start, End, IsAllDay) = (appointment.Start, appointment.End, appointment.IsAllDay);
        Add("Location", appointment.Location);
        Add("Recurrence", appointment.RecurrenceText.Length > 0 ? appointment.RecurrenceText : appointment.Recurrence?.Pattern.ToString() ?? "");
        Add("Organizer", appointment.IsMeeting ? appointment.Organizer.Name : "");
        Add("Attendees", string.Join("; ", appointment.Attendees));
    }

    private void Add(ContactDetails contact)
    {
        Add("Name", contact.DisplayName);
        Add("Reading", string.Join(" ", new[] { contact.YomiSurname, contact.YomiGivenName }.Where(t => t.Length > 0)));
        Add("Company", contact.Company);
        Add("Department", contact.Department);
        Add("Job-Title", contact.JobTitle);
        Add("E-Mail", string.Join("; ", contact.Emails));
        Add("Phones", string.Join("; ", contact.Phones.Select(p => p.Kind + " " + p.Number)));
        foreach (ContactAddress address in new[] { contact.BusinessAddress, contact.HomeAddress, contact.OtherAddress }.OfType<ContactAddress>())
        {
            Add("Address", address.ToString().Replace(Environment.NewLine, ", "));
        }

        Add("Web", contact.WebPage);
        Add("IM", contact.InstantMessaging);
        Add("Birthday", contact.Birthday?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "");
        Add("Anniversary", contact.Anniversary?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "");
    }

    private static string Day(DateTimeOffset? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private static string Day(DateTime? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private void Add(string name, string value)
    {
        if (ShownText.Line(value) is { Length: > 0 } shown)
        {
            _lines.Add((name, shown));
        }
    }
}
