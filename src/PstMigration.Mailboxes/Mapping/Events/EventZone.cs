using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>The time zone of a calendar item, by the name the service takes.</summary>
/// <param name="Name">Windows' name, or IANA's.</param>
/// <param name="Info">To reckon with.</param>
/// <param name="IsExact">Whether it is the zone the item has; otherwise one that has to do.</param>
internal sealed record EventZone(string Name, TimeZoneInfo Info, bool IsExact)
{
    /// <summary>Without a zone.</summary>
    public static readonly EventZone Utc = new("UTC", TimeZoneInfo.Utc, IsExact: false);

    private static readonly PropertyName[] s_ofSeries = [CalendarNames.RecurrenceZone, CalendarNames.StartZone];
    private static readonly PropertyName[] s_ofStart = [CalendarNames.StartZone, CalendarNames.RecurrenceZone];
    private static readonly PropertyName[] s_ofEnd = [CalendarNames.EndZone, CalendarNames.StartZone, CalendarNames.RecurrenceZone];

    /// <summary>The zone of a series, or of the start of a single item.</summary>
    public static EventZone OfStart(PropertyBag p, bool isSeries, int year) => Of(p, isSeries ? s_ofSeries : s_ofStart, year);

    /// <summary>The zone of the end.</summary>
    public static EventZone OfEnd(PropertyBag p, bool isSeries, int year) => Of(p, isSeries ? s_ofSeries : s_ofEnd, year);

    /// <summary>The zone with a name of the service's.</summary>
    /// <param name="name">The name.</param>
    /// <param name="known">A zone the item has, which may be the one.</param>
    public static EventZone? Named(string? name, EventZone? known) => string.IsNullOrEmpty(name) ? null
        : known is not null && string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase) ? known
        : WindowsZones.Info(name!) is TimeZoneInfo info ? new EventZone(name!, info, IsExact: true)
        : null;

    /// <summary>The time on its clocks.</summary>
    public DateTime ToLocal(DateTimeOffset time) => DateTime.SpecifyKind(TimeZoneInfo.ConvertTime(time, Info).DateTime, DateTimeKind.Unspecified);

    /// <summary>The point in time; where the clock was set forward over it, that of the clock before.</summary>
    public DateTimeOffset ToUtc(DateTime local) =>
        new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), Info.GetUtcOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified))).ToUniversalTime();

    /// <summary>What Outlook stores of it.</summary>
    public TimeZoneStruct Rules(int year) => ZoneRules.Of(Info, year);

    private static EventZone Of(PropertyBag p, PropertyName[] definitions, int year)
    {
        foreach (PropertyName name in definitions)
        {
            if (p.GetBinary(name) is byte[] value && TimeZoneDefinition.Read(value) is { Effective: { } rule } definition
                && Of(definition.KeyName, rule.Zone, year) is EventZone zone)
            {
                return zone;
            }
        }

        return p.GetBinary(CalendarNames.TimeZoneStruct) is byte[] old && TimeZoneStruct.Read(old) is TimeZoneStruct rules
            && Of(p.GetString(CalendarNames.TimeZoneText) ?? "", rules, year) is EventZone found
            ? found
            : Utc;
    }

    private static EventZone? Of(string name, TimeZoneStruct rules, int year)
    {
        // The computer knows how the clocks were set in the past; the item only its own rule.
        if (WindowsZones.Find(name) is string known && (WindowsZones.Info(known) ?? rules.ToTimeZoneInfo(known)) is TimeZoneInfo info)
        {
            return new EventZone(known, info, IsExact: true);
        }

        if (name.IndexOf('/') > 0 && WindowsZones.Info(name) is TimeZoneInfo iana)
        {
            return new EventZone(name, iana, IsExact: true);
        }

        string? same = WindowsZones.ByRules(rules, name, year) ?? WindowsZones.ByRules(rules, name, 2020);
        return same is not null && WindowsZones.Info(same) is TimeZoneInfo like ? new EventZone(same, like, IsExact: true)
            : rules.ToTimeZoneInfo("Stored") is TimeZoneInfo stored ? ByOffset(rules, stored)
            : null;
    }

    /// <summary>A zone nobody has a name for: by its offset where that is whole hours, which is all the name can say.</summary>
    private static EventZone? ByOffset(TimeZoneStruct rules, TimeZoneInfo stored)
    {
        int bias = rules.Bias + rules.StandardBias;
        if (stored.SupportsDaylightSavingTime || bias % 60 != 0 || bias is < -14 * 60 or > 12 * 60 || bias == 0)
        {
            return null;
        }

        string hours = (bias / 60).ToString("+0;-0", CultureInfo.InvariantCulture);
        return new EventZone("Etc/GMT" + hours, stored, IsExact: true);
    }
}
