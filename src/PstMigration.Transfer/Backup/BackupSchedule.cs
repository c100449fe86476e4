using System.Globalization;
using System.Text.Json.Serialization;

namespace PstMigration.Transfer;

/// <summary>When a backup runs, in local time: each day or week at a time of day, or every so many hours.</summary>
public sealed record BackupSchedule
{
    /// <summary>The time of day; ignored where <see cref="IntervalHours"/> is set.</summary>
    public TimeSpan At { get; init; } = TimeSpan.FromHours(2);

    /// <summary>The days of the week; empty for each day.</summary>
    public IReadOnlyList<DayOfWeek> Days { get; init; } = [];

    /// <summary>Hours between runs, 1 to 24; null for once a day.</summary>
    public int? IntervalHours { get; init; }

    /// <summary>The times of each day on which it runs. Hours are counted from midnight, where a new day begins also if they do not make up one: so all schedulers have it.</summary>
    [JsonIgnore]
    public IEnumerable<TimeSpan> TimesOfDay => IntervalHours is int hours ? Enumerable.Range(0, ((24 - 1) / hours) + 1).Select(n => TimeSpan.FromHours(n * hours)) : [At];

    /// <summary>How long it pauses between two runs at most, but for changes of the clock.</summary>
    [JsonIgnore]
    public TimeSpan LongestPause => IntervalHours is int hours ? TimeSpan.FromHours(hours) : TimeSpan.FromDays(Days.Distinct().Count() is 0 or 7 ? 1 : 7);

    /// <summary>
    /// When it runs next. A time the clock passes over in spring is the first moment after the gap, as all schedulers have it that start what they missed; one that
    /// comes twice in autumn is the first of the two.
    /// </summary>
    /// <param name="after">After when.</param>
    /// <param name="zone">The zone of the schedule.</param>
    public DateTimeOffset Next(DateTimeOffset after, TimeZoneInfo zone)
    {
        DateTime today = TimeZoneInfo.ConvertTime(after, zone).Date;
        return Enumerable.Range(0, 9).Select(d => today.AddDays(d)).Where(d => Days.Count == 0 || Days.Contains(d.DayOfWeek))
            .SelectMany(d => TimesOfDay.Select(t => Moment(d + t, zone))).First(m => m > after);
    }

    /// <inheritdoc/>
    public override string ToString() => IntervalHours is int hours ? string.Format(CultureInfo.InvariantCulture, "every {0} h", hours)
        : (Days.Count == 0 ? "daily" : string.Join(",", Days)) + " " + At.ToString("hh\\:mm", CultureInfo.InvariantCulture);

    private static DateTimeOffset Moment(DateTime wall, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(wall))
        {
            wall = wall.AddMinutes(1);
        }

        TimeSpan offset = zone.IsAmbiguousTime(wall) ? zone.GetAmbiguousTimeOffsets(wall).Max() : zone.GetUtcOffset(wall);
        return new DateTimeOffset(wall, offset);
    }
}
