using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Reads VTIMEZONE, or a zone this computer knows by name, into what Outlook stores.</summary>
internal static class CalendarZoneReader
{
    private static readonly string[] s_days = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

    /// <summary>The zone of an id; null where the object does not define it and nobody knows it.</summary>
    /// <param name="calendar">The object.</param>
    /// <param name="id">The id.</param>
    /// <param name="year">The year whose rules count, of a zone this computer knows.</param>
    public static CalendarZone? Find(CalendarComponent calendar, string? id, int year)
    {
        if (string.IsNullOrEmpty(id))
        {
            return null;
        }

        CalendarComponent? defined = calendar.Children.FirstOrDefault(c => c.Name == "VTIMEZONE" && c.Find("TZID")?.Value.Trim().Trim('"') == id);
        return defined is null ? Known(id!, year) ?? Fixed(id!) : Read(defined, id!, year) ?? Known(id!, year);
    }

    private static CalendarZone? Known(string id, int year)
    {
        // Some programs put their name and a path before the name of the zone.
        string[] path = id.Trim('/').Split('/');
        string name = id[0] == '/' && path.Length > 2 ? string.Join("/", path.Skip(path.Length - 2)) : id;
        try
        {
            return CalendarZone.Of(TimeZoneInfo.FindSystemTimeZoneById(name), year);
        }
        catch (Exception e) when (e is TimeZoneNotFoundException or InvalidTimeZoneException or System.Security.SecurityException or ArgumentException or System.IO.IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A zone that is named by its offset (<c>GMT+0900</c>) or by an abbreviation of one (<c>JST</c>).</summary>
    private static CalendarZone? Fixed(string id) =>
        MailZone.Parse(id) is TimeSpan offset ? CalendarZone.Make(id, new TimeZoneStruct(-(int)offset.TotalMinutes, 0, 0, default, default)) : null;

    private static CalendarZone? Read(CalendarComponent zone, string id, int year)
    {
        // The last of each kind is the one in force.
        CalendarComponent? standard = zone.Children.LastOrDefault(c => c.Name == "STANDARD");
        CalendarComponent? daylight = zone.Children.LastOrDefault(c => c.Name == "DAYLIGHT");
        if ((standard ?? daylight) is not CalendarComponent any || Bias(any) is not int bias)
        {
            return null;
        }

        bool hasBoth = standard is not null && daylight is not null && Bias(daylight) is not null;
        SystemTimeRule toStandard = hasBoth ? Rule(standard!) : default;
        SystemTimeRule toDaylight = hasBoth ? Rule(daylight!) : default;
        bool changes = hasBoth && !toStandard.IsNone && !toDaylight.IsNone;
        if (hasBoth && !changes && Known(id, year) is CalendarZone known)
        {
            // It lists the days of some years; what the computer knows of the zone is more.
            return known;
        }

        TimeZoneStruct rules = new(bias, 0, changes ? Bias(daylight!)!.Value - bias : 0, changes ? toStandard : default, changes ? toDaylight : default);
        return CalendarZone.Make(id, rules);
    }

    /// <summary>Minutes to add to get UTC, from TZOFFSETTO.</summary>
    private static int? Bias(CalendarComponent part)
    {
        string text = part.Find("TZOFFSETTO")?.Value.Trim() ?? "";
        bool isShaped = text.Length is >= 5 and <= 7 && text[0] is '+' or '-' && text.Skip(1).All(c => c is >= '0' and <= '9');
        if (!isShaped || text.Length < 5)
        {
            return null;
        }

        int minutes = (int.Parse(text.Substring(1, 2), CultureInfo.InvariantCulture) * 60) + int.Parse(text.Substring(3, 2), CultureInfo.InvariantCulture);
        return text[0] == '+' ? -minutes : minutes;
    }

    private static SystemTimeRule Rule(CalendarComponent part)
    {
        if (part.Find("DTSTART")?.Time is not CalendarTime start || part.Find("RRULE")?.Value is not string rule)
        {
            return default;
        }

        int month = start.Value.Month;
        string day = "";
        foreach (string piece in rule.ToUpperInvariant().Split(';'))
        {
            string[] pair = piece.Split('=');
            if (pair.Length == 2 && pair[0] == "BYMONTH" && int.TryParse(pair[1], NumberStyles.None, CultureInfo.InvariantCulture, out int given))
            {
                month = given;
            }
            else if (pair.Length == 2 && pair[0] == "BYDAY")
            {
                day = pair[1];
            }
        }

        int weekday = day.Length < 3 ? -1 : Array.IndexOf(s_days, day.Substring(day.Length - 2));
        bool isNumber = day.Length >= 3 && int.TryParse(day.Substring(0, day.Length - 2), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int nth) && nth is -1 or (>= 1 and <= 4);
        if (weekday < 0 || !isNumber || month is < 1 or > 12)
        {
            return default;
        }

        int week = day[0] == '-' ? 5 : day[0] == '+' ? day[1] - '0' : day[0] - '0';
        return new SystemTimeRule(0, month, weekday, week, start.Value.Hour, start.Value.Minute, start.Value.Second);
    }
}
