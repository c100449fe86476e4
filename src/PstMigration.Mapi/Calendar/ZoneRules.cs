namespace PstMigration.Mapi;

/// <summary>
/// Finds the rules by which a zone of this computer sets its clocks, as Outlook stores them: by looking when it does, because what .NET tells of its rules
/// differs from system to system.
/// </summary>
public static class ZoneRules
{
    /// <summary>The rules of a year; a zone whose clocks are set another number of times than two keeps its base offset.</summary>
    public static TimeZoneStruct Of(TimeZoneInfo zone, int year)
    {
        int bias = -(int)zone.BaseUtcOffset.TotalMinutes;
        List<(DateTime Utc, TimeSpan Before, TimeSpan After)> changes = Changes(zone, year);
        if (changes.Count != 2 || changes[0].After == changes[1].After)
        {
            return new TimeZoneStruct(bias, 0, 0, default, default);
        }

        // In the south summer comes first in the year.
        (DateTime Utc, TimeSpan Before, TimeSpan After) daylight = changes[0].After > changes[0].Before ? changes[0] : changes[1];
        (DateTime Utc, TimeSpan Before, TimeSpan After) standard = daylight == changes[0] ? changes[1] : changes[0];
        int standardBias = -(int)standard.After.TotalMinutes;
        return new TimeZoneStruct(standardBias, 0, -(int)daylight.After.TotalMinutes - standardBias, Rule(standard.Utc + standard.Before), Rule(daylight.Utc + daylight.Before));
    }

    private static List<(DateTime Utc, TimeSpan Before, TimeSpan After)> Changes(TimeZoneInfo zone, int year)
    {
        List<(DateTime Utc, TimeSpan Before, TimeSpan After)> changes = [];
        DateTime first = new(year, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        for (DateTime day = first; day < first.AddYears(1); day = day.AddDays(1))
        {
            (TimeSpan before, TimeSpan after) = (zone.GetUtcOffset(day), zone.GetUtcOffset(day.AddDays(1)));
            if (before == after)
            {
                continue;
            }

            (DateTime low, DateTime high) = (day, day.AddDays(1));
            while (high - low > TimeSpan.FromMinutes(1))
            {
                DateTime middle = low.AddMinutes(Math.Floor((high - low).TotalMinutes / 2));
                (low, high) = zone.GetUtcOffset(middle) == before ? (middle, high) : (low, middle);
            }

            changes.Add((high, before, after));
        }

        return changes;
    }

    /// <summary>A weekday of a month: the last where there is none a week later.</summary>
    private static SystemTimeRule Rule(DateTime local)
    {
        const int Last = 5;
        int week = local.Day + 7 > DateTime.DaysInMonth(local.Year, local.Month) ? Last : ((local.Day - 1) / 7) + 1;
        return new SystemTimeRule(0, local.Month, (int)local.DayOfWeek, week, local.Hour, local.Minute);
    }
}
