namespace PstMigration.Mapi;

/// <summary>Finds the days of a recurrence ([MS-OXOCAL] 3.1.4.4).</summary>
public static class RecurrenceCalculator
{
    /// <summary>The n that means the last of a month, even where there are more than five.</summary>
    private const int Last = 5;

    /// <summary>
    /// The days the pattern falls on, deleted ones included, in their order. Endless where the series is; a pattern that
    /// never falls on any day ends at once.
    /// </summary>
    /// <exception cref="NotSupportedException">The pattern is not <see cref="RecurrencePattern.IsComputable"/>.</exception>
    public static IEnumerable<DateTime> Days(RecurrencePattern pattern)
    {
        if (pattern is null)
        {
            throw new ArgumentNullException(nameof(pattern));
        }

        if (!pattern.IsComputable)
        {
            throw new NotSupportedException("Recurrences of type " + pattern.PatternType + " in calendar " + pattern.CalendarType + " cannot be computed.");
        }

        return Limit(pattern, pattern.PatternType switch
        {
            RecurrencePatternType.Day => Daily(pattern),
            RecurrencePatternType.Week => Weekly(pattern),
            _ => Monthly(pattern),
        });
    }

    private static IEnumerable<DateTime> Limit(RecurrencePattern pattern, IEnumerable<DateTime> days)
    {
        int count = 0;
        foreach (DateTime day in days)
        {
            // Beyond this an occurrence could end after the last day .NET knows.
            bool isOver = day.Year > 9900 || pattern.End switch
            {
                RecurrenceEnd.Date => day > pattern.EndDate.Date,
                RecurrenceEnd.Count => count >= pattern.OccurrenceCount,
                _ => day > RecurrencePattern.Never,
            };
            if (isOver)
            {
                yield break;
            }

            count++;
            yield return day;
        }
    }

    private static IEnumerable<DateTime> Daily(RecurrencePattern pattern)
    {
        for (DateTime day = pattern.StartDate.Date; ; day = day.AddDays(pattern.Interval))
        {
            yield return day;
            if ((DateTime.MaxValue - day).TotalDays <= pattern.Interval)
            {
                yield break;
            }
        }
    }

    private static IEnumerable<DateTime> Weekly(RecurrencePattern pattern)
    {
        DateTime start = pattern.StartDate.Date;
        DateTime week = start.AddDays(-(((int)start.DayOfWeek - (int)pattern.FirstDayOfWeek + 7) % 7));
        while ((DateTime.MaxValue - week).TotalDays > 7)
        {
            for (int i = 0; i < 7; i++)
            {
                DateTime day = week.AddDays(i);
                if (day >= start && Has(pattern.Days, day))
                {
                    yield return day;
                }
            }

            if ((DateTime.MaxValue - week).TotalDays / 7 <= pattern.Interval)
            {
                yield break;
            }

            week = week.AddDays(7.0 * pattern.Interval);
        }
    }

    private static IEnumerable<DateTime> Monthly(RecurrencePattern pattern)
    {
        DateTime start = pattern.StartDate.Date;
        for (long month = ((long)start.Year * 12) + start.Month - 1; month < 9999L * 12; month += pattern.Interval)
        {
            int year = (int)(month / 12);
            int number = (int)(month % 12) + 1;
            DateTime day = new(year, number, DayIn(pattern, year, number));
            if (day >= start)
            {
                yield return day;
            }
        }
    }

    private static int DayIn(RecurrencePattern pattern, int year, int month)
    {
        int last = DateTime.DaysInMonth(year, month);
        if (pattern.PatternType == RecurrencePatternType.MonthEnd)
        {
            return last;
        }

        if (pattern.PatternType == RecurrencePatternType.Month)
        {
            return Math.Min(Math.Max(pattern.DayOfMonth, 1), last);
        }

        int found = 0;
        int result = 1;
        for (int day = 1; day <= last; day++)
        {
            if (Has(pattern.Days, new DateTime(year, month, day)))
            {
                result = day;
                if (++found == pattern.Nth && pattern.Nth < Last)
                {
                    break;
                }
            }
        }

        return result;
    }

    private static bool Has(WeekDays days, DateTime day) => ((int)days & (1 << (int)day.DayOfWeek)) != 0;
}
