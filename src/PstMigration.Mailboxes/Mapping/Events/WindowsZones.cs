using System.Collections.Concurrent;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// The time zones the service knows by Windows' names ([dateTimeTimeZone resource]; it takes IANA's as well). Listed here because not every system
/// knows them.
/// </summary>
internal static class WindowsZones
{
    private const string Names = """
        AUS Central Standard Time | AUS Eastern Standard Time | Afghanistan Standard Time | Alaskan Standard Time | Aleutian Standard Time | Altai
        Standard Time | Arab Standard Time | Arabian Standard Time | Arabic Standard Time | Argentina Standard Time | Astrakhan Standard Time |
        Atlantic Standard Time | Aus Central W. Standard Time | Azerbaijan Standard Time | Azores Standard Time | Bahia Standard Time | Bangladesh
        Standard Time | Belarus Standard Time | Bougainville Standard Time | Canada Central Standard Time | Cape Verde Standard Time | Caucasus
        Standard Time | Cen. Australia Standard Time | Central America Standard Time | Central Asia Standard Time | Central Brazilian Standard Time
        | Central Europe Standard Time | Central European Standard Time | Central Pacific Standard Time | Central Standard Time | Central Standard
        Time (Mexico) | Chatham Islands Standard Time | China Standard Time | Cuba Standard Time | E. Africa Standard Time | E. Australia Standard
        Time | E. Europe Standard Time | E. South America Standard Time | Easter Island Standard Time | Eastern Standard Time | Eastern Standard
        Time (Mexico) | Egypt Standard Time | Ekaterinburg Standard Time | FLE Standard Time | Fiji Standard Time | GMT Standard Time | GTB Standard
        Time | Georgian Standard Time | Greenland Standard Time | Greenwich Standard Time | Haiti Standard Time | Hawaiian Standard Time | India
        Standard Time | Iran Standard Time | Israel Standard Time | Jordan Standard Time | Kaliningrad Standard Time | Kamchatka Standard Time |
        Korea Standard Time | Libya Standard Time | Line Islands Standard Time | Lord Howe Standard Time | Magadan Standard Time | Magallanes
        Standard Time | Marquesas Standard Time | Mauritius Standard Time | Mid-Atlantic Standard Time | Middle East Standard Time | Montevideo
        Standard Time | Morocco Standard Time | Mountain Standard Time | Mountain Standard Time (Mexico) | Myanmar Standard Time | N. Central Asia
        Standard Time | Namibia Standard Time | Nepal Standard Time | New Zealand Standard Time | Newfoundland Standard Time | Norfolk Standard Time
        | North Asia East Standard Time | North Asia Standard Time | North Korea Standard Time | Omsk Standard Time | Pacific SA Standard Time |
        Pacific Standard Time | Pacific Standard Time (Mexico) | Pakistan Standard Time | Paraguay Standard Time | Qyzylorda Standard Time | Romance
        Standard Time | Russia Time Zone 10 | Russia Time Zone 11 | Russia Time Zone 3 | Russian Standard Time | SA Eastern Standard Time | SA
        Pacific Standard Time | SA Western Standard Time | SE Asia Standard Time | Saint Pierre Standard Time | Sakhalin Standard Time | Samoa
        Standard Time | Sao Tome Standard Time | Saratov Standard Time | Singapore Standard Time | South Africa Standard Time | South Sudan Standard
        Time | Sri Lanka Standard Time | Sudan Standard Time | Syria Standard Time | Taipei Standard Time | Tasmania Standard Time | Tocantins
        Standard Time | Tokyo Standard Time | Tomsk Standard Time | Tonga Standard Time | Transbaikal Standard Time | Turkey Standard Time | Turks
        And Caicos Standard Time | US Eastern Standard Time | US Mountain Standard Time | UTC | UTC+12 | UTC+13 | UTC-02 | UTC-08 | UTC-09 | UTC-11
        | Ulaanbaatar Standard Time | Venezuela Standard Time | Vladivostok Standard Time | Volgograd Standard Time | W. Australia Standard Time |
        W. Central Africa Standard Time | W. Europe Standard Time | W. Mongolia Standard Time | West Asia Standard Time | West Bank Standard Time |
        West Pacific Standard Time | Yakutsk Standard Time | Yukon Standard Time
        """;

    private static readonly Dictionary<string, string> s_names = Names.Split('|')
        .Select(n => string.Join(" ", n.Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries))).ToDictionary(n => n, n => n, StringComparer.OrdinalIgnoreCase);

    private static readonly Lazy<(string Name, TimeZoneInfo Zone)[]> s_zones =
        new(() => [.. s_names.Values.Select(n => (n, Info(n))).Where(z => z.Item2 is not null).Select(z => (z.n, z.Item2!))]);

    /// <summary>Files have few rules; those of a damaged one may be any number.</summary>
    private const int MostKept = 1000;

    private static readonly ConcurrentDictionary<(TimeZoneStruct Rules, int Year), string[]> s_byRules = [];

    /// <summary>The name as the service spells it; null for what is none.</summary>
    public static string? Find(string name) => s_names.TryGetValue(name.Trim(), out string? known) ? known : null;

    /// <summary>The zone of this computer with a name of either kind; null where it knows none.</summary>
    public static TimeZoneInfo? Info(string name)
    {
        try
        {
            return name.Length == 0 ? null : TimeZoneInfo.FindSystemTimeZoneById(name);
        }
        catch (Exception e) when (e is TimeZoneNotFoundException or InvalidTimeZoneException or System.Security.SecurityException or ArgumentException or System.IO.IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>
    /// The zone whose clocks are set by the given rules in a year. Of several, the one with most words of its name in the description. Null where there is none, or this
    /// computer knows no Windows names.
    /// </summary>
    public static string? ByRules(TimeZoneStruct rules, string description, int year)
    {
        string[] words = description.Split([' ', ',', '(', ')', ';', '/', '&'], StringSplitOptions.RemoveEmptyEntries);
        return ByRules(rules, year)
            .OrderByDescending(n => n.Split(' ').Except(["Standard", "Time"]).Count(w => words.Contains(w, StringComparer.OrdinalIgnoreCase)))
            .ThenBy(n => n.Length)
            .FirstOrDefault();
    }

    private static string[] ByRules(TimeZoneStruct rules, int year)
    {
        if (s_byRules.TryGetValue((rules, year), out string[]? known))
        {
            return known;
        }

        string[] names = [.. s_zones.Value.Where(z => IsSame(ZoneRules.Of(z.Zone, year), rules)).Select(z => z.Name)];
        if (s_byRules.Count < MostKept)
        {
            s_byRules[(rules, year)] = names;
        }

        return names;
    }

    private static bool IsSame(TimeZoneStruct a, TimeZoneStruct b)
    {
        bool changes = HasDaylight(a);
        return a.Bias + a.StandardBias == b.Bias + b.StandardBias && changes == HasDaylight(b)
            && (!changes || (a.DaylightBias - a.StandardBias == b.DaylightBias - b.StandardBias && IsSame(a.StandardDate, b.StandardDate) && IsSame(a.DaylightDate, b.DaylightDate)));
    }

    private static bool HasDaylight(TimeZoneStruct rules) =>
        !rules.DaylightDate.IsNone && !rules.StandardDate.IsNone && rules.DaylightBias != rules.StandardBias;

    private static bool IsSame(SystemTimeRule a, SystemTimeRule b) =>
        (a.Month, a.DayOfWeek, a.Day, a.Hour, a.Minute) == (b.Month, b.DayOfWeek, b.Day, b.Hour, b.Minute);
}
