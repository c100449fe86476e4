using System.Globalization;

namespace PstMigration.Transfer;

/// <summary>
/// Which older states of a backup stay: those of an age (<c>30d</c>, <c>8w</c>, <c>12m</c>, <c>2y</c>), or the newest of each day, week, month and year so many of them
/// back (<c>daily=7,weekly=4,monthly=12,yearly=3</c>). The newest of all always stays.
/// </summary>
public sealed class BackupRetention
{
    private static readonly string[] s_periods = ["daily", "weekly", "monthly", "yearly"];

    private readonly int _months;
    private readonly int _days;
    private readonly int[] _counts = new int[s_periods.Length];
    private readonly string _text;

    private BackupRetention(string text, int months, int days)
    {
        _text = text;
        _months = months;
        _days = days;
    }

    /// <summary>What is kept where nothing is said: a month of days, and a year of months.</summary>
    public static BackupRetention Default { get; } = Parse("daily=30,monthly=12")!;

    /// <summary>Reads the written form; null where it is none.</summary>
    public static BackupRetention? Parse(string text)
    {
        string trimmed = (text ?? throw new ArgumentNullException(nameof(text))).Trim();
        if (trimmed.IndexOf('=') >= 0)
        {
            return ParseCounts(trimmed);
        }

        if (trimmed.Length < 2 || !int.TryParse(trimmed.Substring(0, trimmed.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            || count is 0 or > 10_000)
        {
            return null;
        }

        return char.ToLowerInvariant(trimmed[^1]) switch
        {
            'd' => new BackupRetention(trimmed, 0, count),
            'w' => new BackupRetention(trimmed, 0, count * 7),
            'm' => new BackupRetention(trimmed, count, 0),
            'y' => new BackupRetention(trimmed, count * 12, 0),
            _ => null,
        };
    }

    /// <summary>Which states go.</summary>
    /// <param name="states">When each was made.</param>
    /// <param name="now">Now.</param>
    /// <param name="zone">The zone in which days begin.</param>
    public IReadOnlyList<DateTimeOffset> Expired(IEnumerable<DateTimeOffset> states, DateTimeOffset now, TimeZoneInfo zone)
    {
        List<DateTimeOffset> newestFirst = [.. states.OrderByDescending(s => s)];
        HashSet<DateTimeOffset> kept = [.. newestFirst.Take(1)];
        if (_months + _days > 0)
        {
            DateTimeOffset oldest = now.AddMonths(-_months).AddDays(-_days);
            kept.UnionWith(newestFirst.Where(s => s >= oldest));
        }

        for (int period = 0; period < s_periods.Length; period++)
        {
            kept.UnionWith(newestFirst.GroupBy(s => PeriodOf(TimeZoneInfo.ConvertTime(s, zone).Date, period)).Select(g => g.First()).Take(_counts[period]));
        }

        return [.. newestFirst.Where(s => !kept.Contains(s))];
    }

    /// <summary>The written form.</summary>
    public override string ToString() => _text;

    private static BackupRetention? ParseCounts(string text)
    {
        BackupRetention retention = new(text, 0, 0);
        foreach (string part in text.Split(','))
        {
            string[] sides = part.Split('=');
            int period = Array.FindIndex(s_periods, p => p.Equals(sides[0].Trim(), StringComparison.OrdinalIgnoreCase));
            if (sides.Length != 2 || period < 0 || !int.TryParse(sides[1].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count is 0 or > 10_000)
            {
                return null;
            }

            retention._counts[period] = count;
        }

        return retention;
    }

    /// <summary>The first day of the day, week (from Monday), month or year a day is in.</summary>
    private static DateTime PeriodOf(DateTime day, int period) => period switch
    {
        0 => day,
        1 => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
        2 => new DateTime(day.Year, day.Month, 1),
        _ => new DateTime(day.Year, 1, 1),
    };
}
