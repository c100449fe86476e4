using System.Globalization;
using Microsoft.Graph.Models;
using Microsoft.Kiota.Abstractions;
using PstMigration.Mapi;
using GraphPattern = Microsoft.Graph.Models.RecurrencePattern;
using GraphType = Microsoft.Graph.Models.RecurrencePatternType;
using Pattern = PstMigration.Mapi.RecurrencePattern;
using PatternType = PstMigration.Mapi.RecurrencePatternType;

namespace PstMigration.Mailboxes;

/// <summary>Recurrences as the service has them ([patternedRecurrence resource]) and back.</summary>
internal static class EventRecurrence
{
    private const int MostOccurrences = 999;
    private const int MostCounted = 5000;

    private static readonly DayOfWeekObject[] s_days =
    [
        DayOfWeekObject.Sunday, DayOfWeekObject.Monday, DayOfWeekObject.Tuesday, DayOfWeekObject.Wednesday, DayOfWeekObject.Thursday, DayOfWeekObject.Friday,
        DayOfWeekObject.Saturday,
    ];

    /// <summary>The service's; null for patterns it has no words for: other calendars, tasks counted from their completion.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="zone">The name of its zone; null for a task.</param>
    public static PatternedRecurrence? Write(Pattern pattern, string? zone)
    {
        if (!pattern.IsComputable)
        {
            return null;
        }

        bool isYearly = pattern.PatternType is PatternType.Month or PatternType.MonthEnd or PatternType.MonthNth && pattern.Interval % 12 == 0;
        GraphPattern model = new() { Interval = isYearly ? pattern.Interval / 12 : pattern.Interval };
        if (isYearly)
        {
            model.Month = pattern.StartDate.Month;
        }

        switch (pattern.PatternType)
        {
            case PatternType.Day:
                model.Type = GraphType.Daily;
                break;
            case PatternType.Week:
                model.Type = GraphType.Weekly;
                model.DaysOfWeek = Days(pattern.Days);
                model.FirstDayOfWeek = s_days[(int)pattern.FirstDayOfWeek];
                break;
            case PatternType.MonthNth:
                model.Type = isYearly ? GraphType.RelativeYearly : GraphType.RelativeMonthly;
                model.DaysOfWeek = Days(pattern.Days);
                model.Index = (WeekIndex)(Math.Min(Math.Max(pattern.Nth, 1), 5) - 1);
                break;
            default:
                model.Type = isYearly ? GraphType.AbsoluteYearly : GraphType.AbsoluteMonthly;
                // Days a month does not have mean its last.
                model.DayOfMonth = pattern.PatternType == PatternType.MonthEnd ? 31 : Math.Min(Math.Max(pattern.DayOfMonth, 1), 31);
                break;
        }

        return new PatternedRecurrence { Pattern = model, Range = Range(pattern, zone) };
    }

    /// <summary>Reads the service's; null for one that cannot be understood.</summary>
    public static Pattern? Read(PatternedRecurrence? recurrence)
    {
        if (recurrence is not { Pattern: { Type: { } type } model, Range: { StartDate: { } startDay } range })
        {
            return null;
        }

        bool isYearly = type is GraphType.AbsoluteYearly or GraphType.RelativeYearly;
        DateTime start = startDay.DateTime.Date;
        bool isEndless = range.Type is not (RecurrenceRangeType.EndDate or RecurrenceRangeType.Numbered);
        Pattern pattern = new()
        {
            Frequency = type switch
            {
                GraphType.Daily => RecurrenceFrequency.Daily,
                GraphType.Weekly => RecurrenceFrequency.Weekly,
                _ => isYearly ? RecurrenceFrequency.Yearly : RecurrenceFrequency.Monthly,
            },
            PatternType = type switch
            {
                GraphType.Daily => PatternType.Day,
                GraphType.Weekly => PatternType.Week,
                GraphType.RelativeMonthly or GraphType.RelativeYearly => PatternType.MonthNth,
                _ => PatternType.Month,
            },
            Interval = Math.Max(1, model.Interval ?? 1) * (isYearly ? 12 : 1),
            Days = type is GraphType.Weekly or GraphType.RelativeMonthly or GraphType.RelativeYearly ? Days(model.DaysOfWeek, start) : WeekDays.None,
            DayOfMonth = type is GraphType.AbsoluteMonthly or GraphType.AbsoluteYearly ? model.DayOfMonth is >= 1 and <= 31 and int day ? day : start.Day : 0,
            Nth = type is GraphType.RelativeMonthly or GraphType.RelativeYearly ? (int)(model.Index ?? WeekIndex.First) + 1 : 0,
            FirstDayOfWeek = (System.DayOfWeek)Math.Max(0, Array.IndexOf(s_days, model.FirstDayOfWeek ?? DayOfWeekObject.Sunday)),
            End = isEndless ? RecurrenceEnd.Never : range.Type == RecurrenceRangeType.Numbered ? RecurrenceEnd.Count : RecurrenceEnd.Date,
            OccurrenceCount = range.Type == RecurrenceRangeType.Numbered ? Math.Max(1, range.NumberOfOccurrences ?? 1) : 10,
            StartDate = start,
            EndDate = range.Type == RecurrenceRangeType.EndDate && range.EndDate is Date last ? last.DateTime.Date : Pattern.Never,
        };
        return isEndless || !pattern.IsComputable ? pattern : Finish(pattern);
    }

    /// <summary>What of a recurrence decides its days, as text to compare.</summary>
    public static string Describe(PatternedRecurrence? recurrence)
    {
        if (recurrence is not { Pattern: { } p, Range: { } r })
        {
            return "";
        }

        List<object?> parts = [p.Type, Math.Max(1, p.Interval ?? 1)];
        if (p.Type is GraphType.Weekly or GraphType.RelativeMonthly or GraphType.RelativeYearly)
        {
            parts.AddRange((p.DaysOfWeek ?? []).OfType<DayOfWeekObject>().OrderBy(d => d).Cast<object?>());
        }

        // The first day of the week matters only where weeks are left out.
        parts.Add(p.Type == GraphType.Weekly && p.Interval > 1 ? p.FirstDayOfWeek ?? DayOfWeekObject.Sunday : null);
        parts.Add(p.Type is GraphType.RelativeMonthly or GraphType.RelativeYearly ? p.Index ?? WeekIndex.First : null);
        parts.Add(p.Type is GraphType.AbsoluteMonthly or GraphType.AbsoluteYearly ? p.DayOfMonth : null);
        parts.Add(p.Type is GraphType.AbsoluteYearly or GraphType.RelativeYearly ? p.Month : null);
        parts.Add(r.Type ?? RecurrenceRangeType.NoEnd);
        parts.Add(r.StartDate?.ToString());
        parts.Add(r.Type == RecurrenceRangeType.EndDate ? r.EndDate?.ToString() : r.Type == RecurrenceRangeType.Numbered ? r.NumberOfOccurrences : null);
        return string.Join("|", parts.Select(o => Convert.ToString(o, CultureInfo.InvariantCulture)));
    }

    private static RecurrenceRange Range(Pattern pattern, string? zone)
    {
        RecurrenceRange range = new() { StartDate = ToDate(pattern.StartDate), Type = RecurrenceRangeType.NoEnd };
        if (zone is not null)
        {
            range.RecurrenceTimeZone = zone;
        }

        if (pattern.End == RecurrenceEnd.Count && pattern.OccurrenceCount is >= 1 and <= MostOccurrences)
        {
            range.Type = RecurrenceRangeType.Numbered;
            range.NumberOfOccurrences = pattern.OccurrenceCount;
        }
        else if (pattern.End != RecurrenceEnd.Never)
        {
            range.Type = RecurrenceRangeType.EndDate;
            range.EndDate = ToDate(pattern.EndDate > pattern.StartDate ? pattern.EndDate : pattern.StartDate);
        }

        return range;
    }

    /// <summary>Finds the last day of a counted series, and the number of days of one that ends at a date.</summary>
    private static Pattern Finish(Pattern p)
    {
        DateTime last = p.StartDate;
        int count = 0;
        int most = p.End == RecurrenceEnd.Count ? Math.Min(p.OccurrenceCount, MostCounted) : MostCounted;
        foreach (DateTime day in RecurrenceCalculator.Days(p).Take(most))
        {
            last = day;
            count++;
        }

        return p with { OccurrenceCount = Math.Max(count, 1), EndDate = p.End == RecurrenceEnd.Count ? last : p.EndDate };
    }

    private static List<DayOfWeekObject?> Days(WeekDays days) => [.. s_days.Where((_, i) => ((int)days & (1 << i)) != 0).Select(d => (DayOfWeekObject?)d)];

    private static WeekDays Days(IEnumerable<DayOfWeekObject?>? days, DateTime start)
    {
        WeekDays all = (days ?? []).OfType<DayOfWeekObject>().Aggregate(WeekDays.None, (sum, d) => sum | (WeekDays)(1 << Math.Max(0, Array.IndexOf(s_days, d))));
        return all == WeekDays.None ? (WeekDays)(1 << (int)start.DayOfWeek) : all;
    }

    private static Date ToDate(DateTime day) => new(day.Year, day.Month, day.Day);
}
