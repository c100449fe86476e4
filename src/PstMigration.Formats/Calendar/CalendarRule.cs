using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>Recurrences as RRULE (RFC 5545 3.3.10) and back.</summary>
internal static class CalendarRule
{
    /// <summary>Occurrences counted at most to find the last one.</summary>
    private const int MaximumOccurrences = 5000;

    private static readonly string[] s_days = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

    /// <summary>The rule of a pattern; null for patterns it cannot say (other calendars).</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="until">The last start as UNTIL writes it.</param>
    public static string? Write(RecurrencePattern pattern, string until)
    {
        if (!pattern.IsComputable)
        {
            return null;
        }

        bool isYearly = pattern.PatternType > RecurrencePatternType.Week && pattern.Interval % 12 == 0;
        int interval = isYearly ? pattern.Interval / 12 : pattern.Interval;
        string month = isYearly ? ";BYMONTH=" + Number(pattern.StartDate.Month) : "";
        string days = string.Join(",", s_days.Where((_, i) => ((int)pattern.Days & (1 << i)) != 0));
        string rule = pattern.PatternType switch
        {
            RecurrencePatternType.Day => "FREQ=DAILY",
            RecurrencePatternType.Week => "FREQ=WEEKLY;BYDAY=" + days,
            RecurrencePatternType.MonthNth => ";BYDAY=" + days + ";BYSETPOS=" + (pattern.Nth >= 5 ? "-1" : Number(pattern.Nth)),
            RecurrencePatternType.MonthEnd => ";BYMONTHDAY=-1",

            // A month without such a day means its last.
            _ when pattern.DayOfMonth > 28 =>
                ";BYMONTHDAY=" + string.Join(",", Enumerable.Range(28, pattern.DayOfMonth - 27).Select(Number)) + ";BYSETPOS=-1",
            _ => ";BYMONTHDAY=" + Number(pattern.DayOfMonth),
        };
        string frequency = rule[0] == ';' ? (isYearly ? "FREQ=YEARLY" : "FREQ=MONTHLY") + month : "";
        string end = pattern.End switch
        {
            RecurrenceEnd.Date => ";UNTIL=" + until,
            RecurrenceEnd.Count => ";COUNT=" + Number(pattern.OccurrenceCount),
            _ => "",
        };
        string weekStart = pattern.PatternType == RecurrencePatternType.Week ? ";WKST=" + s_days[(int)pattern.FirstDayOfWeek] : "";
        return frequency + rule + (interval > 1 ? ";INTERVAL=" + Number(interval) : "") + end + weekStart;
    }

    /// <summary>The pattern of a rule; null for rules Outlook has no pattern for.</summary>
    /// <param name="rule">The value of RRULE.</param>
    /// <param name="start">The start of the first occurrence in the zone of the series.</param>
    /// <param name="toLocal">A UTC time in that zone.</param>
    public static RecurrencePattern? Read(string rule, DateTime start, Func<DateTimeOffset, DateTime> toLocal)
    {
        Dictionary<string, string> parts = new(StringComparer.OrdinalIgnoreCase);
        foreach (string part in rule.Split(';'))
        {
            int equals = part.IndexOf('=');
            if (equals > 0)
            {
                parts[part.Substring(0, equals).Trim()] = part.Substring(equals + 1).Trim().ToUpperInvariant();
            }
        }

        string Get(string name) => parts.TryGetValue(name, out string? value) ? value : "";
        int interval = Get("INTERVAL").Length == 0 ? 1 : Int(Get("INTERVAL"));
        if (interval is < 1 or > 999 || parts.Keys.Any(k => k.ToUpperInvariant() is "BYHOUR" or "BYMINUTE" or "BYSECOND" or "BYYEARDAY" or "BYWEEKNO"))
        {
            return null;
        }

        bool isYearly = Get("FREQ") == "YEARLY";
        if (Shape(Get, start, isYearly) is not RecurrencePattern shape || (isYearly && !IsMonth(Get("BYMONTH"), start)) || (!isYearly && Get("BYMONTH").Length > 0))
        {
            return null;
        }

        RecurrenceEnd end = Get("COUNT").Length > 0 ? RecurrenceEnd.Count : Get("UNTIL").Length > 0 ? RecurrenceEnd.Date : RecurrenceEnd.Never;
        DateTime last = RecurrencePattern.Never;
        if (end == RecurrenceEnd.Date)
        {
            if (CalendarTime.Parse(Get("UNTIL"), null) is not CalendarTime until)
            {
                return null;
            }

            // Some programs write the last year they know for a series without end.
            end = until.CanBeHeld ? end : RecurrenceEnd.Never;
            last = !until.CanBeHeld ? last : (until.IsUtc ? toLocal(new DateTimeOffset(until.Value, TimeSpan.Zero)) : until.Value).Date;
        }

        int count = Int(Get("COUNT"));
        return end == RecurrenceEnd.Count && count is < 1 or > MaximumOccurrences
            ? null
            : Finish(Copy(shape, isYearly ? interval * 12 : interval, WeekStart(Get("WKST")), end, count, start, last));
    }

    private static RecurrencePattern? Shape(Func<string, string> get, DateTime start, bool isYearly)
    {
        string days = get("BYDAY");
        string dates = get("BYMONTHDAY");
        string position = get("BYSETPOS");
        bool isSomeDays = get("FREQ") == "DAILY" && days.Length > 0 && get("INTERVAL") is "" or "1";
        switch (isSomeDays ? "WEEKLY" : get("FREQ"))
        {
            case "DAILY" when days.Length == 0 && dates.Length == 0:
                return new RecurrencePattern { Frequency = RecurrenceFrequency.Daily, PatternType = RecurrencePatternType.Day };
            case "WEEKLY" when dates.Length == 0:
                WeekDays week = days.Length == 0 ? (WeekDays)(1 << (int)start.DayOfWeek) : Days(days, out int none);
                return week == WeekDays.None ? null : new RecurrencePattern { Frequency = RecurrenceFrequency.Weekly, PatternType = RecurrencePatternType.Week, Days = week };
            case "MONTHLY" or "YEARLY":
                break;
            default:
                return null;
        }

        RecurrenceFrequency frequency = isYearly ? RecurrenceFrequency.Yearly : RecurrenceFrequency.Monthly;
        if (days.Length > 0)
        {
            WeekDays which = Days(days, out int nth);
            nth = position.Length > 0 ? Int(position) : nth;
            bool isKnown = dates.Length == 0 && which != WeekDays.None && nth is -1 or (>= 1 and <= 4);
            return isKnown ? new RecurrencePattern { Frequency = frequency, PatternType = RecurrencePatternType.MonthNth, Days = which, Nth = nth == -1 ? 5 : nth } : null;
        }

        int[] list = dates.Length == 0 ? [start.Day] : dates.Split(',').Select(Int).ToArray();
        if (list.Length == 1 && list[0] == -1)
        {
            return new RecurrencePattern { Frequency = frequency, PatternType = RecurrencePatternType.MonthEnd, DayOfMonth = 31 };
        }

        bool isLastOf = position == "-1" && list.SequenceEqual(Enumerable.Range(28, list.Length)) && list.Length <= 4;
        return (list.Length == 1 || isLastOf) && list[0] is >= 1 and <= 31
            ? new RecurrencePattern { Frequency = frequency, PatternType = RecurrencePatternType.Month, DayOfMonth = list[list.Length - 1] }
            : null;
    }

    /// <summary>Finds the last day of a counted series, and the number of those of one that ends at a date.</summary>
    private static RecurrencePattern Finish(RecurrencePattern p)
    {
        if (p.End == RecurrenceEnd.Never)
        {
            return p;
        }

        DateTime last = p.StartDate;
        int count = 0;
        foreach (DateTime day in RecurrenceCalculator.Days(p).Take(MaximumOccurrences))
        {
            last = day;
            count++;
        }

        return Copy(p, p.Interval, p.FirstDayOfWeek, p.End, Math.Max(count, 1), p.StartDate, p.End == RecurrenceEnd.Count ? last : p.EndDate);
    }

    private static RecurrencePattern Copy(RecurrencePattern p, int interval, DayOfWeek weekStart, RecurrenceEnd end, int count, DateTime start, DateTime last) => new()
    {
        Frequency = p.Frequency,
        PatternType = p.PatternType,
        Days = p.Days,
        DayOfMonth = p.DayOfMonth,
        Nth = p.Nth,
        Interval = interval,
        FirstDayOfWeek = weekStart,
        End = end,
        OccurrenceCount = end == RecurrenceEnd.Never ? 10 : Math.Max(count, 1),
        StartDate = start.Date,
        EndDate = last.Date == RecurrencePattern.Never.Date ? RecurrencePattern.Never : last.Date,
    };

    private static WeekDays Days(string text, out int nth)
    {
        nth = 0;
        WeekDays days = WeekDays.None;
        foreach (string word in text.Split(','))
        {
            string day = word.Trim();
            int index = day.Length < 2 ? -1 : Array.IndexOf(s_days, day.Substring(day.Length - 2));
            if (index < 0)
            {
                return WeekDays.None;
            }

            days |= (WeekDays)(1 << index);
            nth = day.Length > 2 ? Int(day.Substring(0, day.Length - 2)) : nth;
        }

        return days;
    }

    private static bool IsMonth(string month, DateTime start) => month.Length == 0 || Int(month) == start.Month;

    private static DayOfWeek WeekStart(string day) => Array.IndexOf(s_days, day) is >= 0 and int index ? (DayOfWeek)index : DayOfWeek.Monday;

    private static int Int(string text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value : 0;

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
