using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>The time zone of an appointment: as Outlook stores it, as iCalendar writes it, and to reckon with.</summary>
/// <param name="Id">Its name, such as Tokyo Standard Time.</param>
/// <param name="Rules">Biases and dates.</param>
/// <param name="Info">The zone of .NET.</param>
internal sealed record CalendarZone(string Id, TimeZoneStruct Rules, TimeZoneInfo Info)
{
    private const string FirstYear = "16010101T";
    private static readonly string[] s_days = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

    /// <summary>The zone of an item; null where none is stored or it makes no sense.</summary>
    public static CalendarZone? Of(PropertyBag p, bool isRecurring)
    {
        foreach (PropertyName name in isRecurring ? new[] { CalendarNames.RecurrenceZone, CalendarNames.StartZone } : [CalendarNames.StartZone, CalendarNames.RecurrenceZone])
        {
            if (p.GetBinary(name) is byte[] bytes && TimeZoneDefinition.Read(bytes) is { Effective: { } rule } definition
                && Make(definition.KeyName, rule.Zone) is CalendarZone zone)
            {
                return zone;
            }
        }

        return p.GetBinary(CalendarNames.TimeZoneStruct) is byte[] old && TimeZoneStruct.Read(old) is TimeZoneStruct rules
            ? Make(p.GetString(CalendarNames.TimeZoneText) ?? "", rules)
            : null;
    }

    public static CalendarZone? Make(string id, TimeZoneStruct rules)
    {
        string name = MimeAddresses.Clean(id).Replace('"', '\'').Trim();
        name = name.Length > 0 ? name : "Zone" + rules.Bias.ToString(CultureInfo.InvariantCulture);
        return rules.ToTimeZoneInfo(name) is TimeZoneInfo info ? new CalendarZone(name, rules, info) : null;
    }

    /// <summary>A zone of this computer, with the rules it has in a year.</summary>
    public static CalendarZone Of(TimeZoneInfo info, int year) => new(TimeZoneNames.Windows(info), ZoneRules.Of(info, year), info);

    /// <summary>What Outlook stores of the zone of an appointment.</summary>
    public byte[] ToDefinition() => new TimeZoneDefinition(Id, [new TimeZoneRule(true, true, 1601, Rules)]).ToArray();

    /// <summary>The time on its clocks.</summary>
    public DateTime ToLocal(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, Info).DateTime;

    /// <summary>The point in time; where the clock was set forward over it, that of the clock before.</summary>
    public DateTimeOffset ToUtc(DateTime local) => new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), Info.GetUtcOffset(local)).ToUniversalTime();

    /// <summary>Writes the VTIMEZONE.</summary>
    public void Write(CalendarLines lines)
    {
        bool hasDaylight = Info.SupportsDaylightSavingTime;
        string standard = Offset(Rules.Bias + Rules.StandardBias);
        string daylight = Offset(Rules.Bias + Rules.DaylightBias);
        lines.Raw("BEGIN", "VTIMEZONE");
        lines.Raw("TZID", Id);
        Write(lines, "STANDARD", hasDaylight ? daylight : standard, standard, hasDaylight ? Rules.StandardDate : default);
        if (hasDaylight)
        {
            Write(lines, "DAYLIGHT", standard, daylight, Rules.DaylightDate);
        }

        lines.Raw("END", "VTIMEZONE");
    }

    private static void Write(CalendarLines lines, string kind, string from, string to, SystemTimeRule rule)
    {
        lines.Raw("BEGIN", kind);
        string time = string.Format(CultureInfo.InvariantCulture, "{0:00}{1:00}{2:00}", rule.Hour, rule.Minute, rule.Second);
        lines.Raw("DTSTART", FirstYear + time);
        lines.Raw("TZOFFSETFROM", from);
        lines.Raw("TZOFFSETTO", to);
        if (!rule.IsNone)
        {
            string month = rule.Month.ToString(CultureInfo.InvariantCulture);
            string day = rule.Year != 0
                ? ";BYMONTHDAY=" + rule.Day.ToString(CultureInfo.InvariantCulture)
                : ";BYDAY=" + (rule.Day == 5 ? "-1" : rule.Day.ToString(CultureInfo.InvariantCulture)) + s_days[rule.DayOfWeek];
            lines.Raw("RRULE", "FREQ=YEARLY;BYMONTH=" + month + day);
        }

        lines.Raw("END", kind);
    }

    /// <summary>An offset as <c>+0900</c>; a bias counts the other way.</summary>
    private static string Offset(int bias) =>
        string.Format(CultureInfo.InvariantCulture, "{0}{1:00}{2:00}", bias <= 0 ? "+" : "-", Math.Abs(bias) / 60, Math.Abs(bias) % 60);
}
