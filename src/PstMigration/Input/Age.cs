using System.Globalization;

namespace PstMigration;

/// <summary>
/// How long ago: a number with a unit (<c>24h</c>, <c>30d</c>, <c>2w</c>, <c>6m</c>, <c>2y</c>; m is months), a TimeSpan object, or a date. A bare
/// number is refused, because nobody can say of what it is the number.
/// </summary>
public sealed class Age
{
    private static readonly string[] s_dateFormats =
    [
        "yyyy-MM-dd", "yyyy/MM/dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss",
        "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
    ];

    private readonly int _months;
    private readonly TimeSpan _span;
    private readonly DateTimeOffset? _date;

    private Age(int months, TimeSpan span, DateTimeOffset? date, string text)
    {
        _months = months;
        _span = span;
        _date = date;
        Text = text;
    }

    /// <summary>Whether it is a date, which is no span of time.</summary>
    internal bool IsDate => _date is not null;

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>A span before now.</summary>
    /// <exception cref="ArgumentException">Negative.</exception>
    public static Age FromTimeSpan(TimeSpan span) => span >= TimeSpan.Zero
        ? new Age(0, span, null, span.ToString("c", CultureInfo.InvariantCulture))
        : throw new ArgumentException(Strings.AgeNegative, nameof(span));

    /// <summary>Since that moment.</summary>
    public static Age FromDate(DateTimeOffset date) => new(0, TimeSpan.Zero, date, date.ToString("o", CultureInfo.InvariantCulture));

    /// <summary>Reads the written form. A date without offset is local.</summary>
    /// <exception cref="FormatException">It is none; the message says what is.</exception>
    public static Age Parse(string text)
    {
        string trimmed = (text ?? throw new ArgumentNullException(nameof(text))).Trim();
        if (DateTimeOffset.TryParseExact(trimmed, s_dateFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out DateTimeOffset date))
        {
            return new Age(0, TimeSpan.Zero, date, trimmed);
        }

        string digits = trimmed.Length == 0 ? "" : trimmed.Substring(0, trimmed.Length - 1);
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count > MaxCount)
        {
            throw NotAnAge(trimmed);
        }

        return char.ToLowerInvariant(trimmed[^1]) switch
        {
            'h' => new Age(0, TimeSpan.FromHours(count), null, trimmed),
            'd' => new Age(0, TimeSpan.FromDays(count), null, trimmed),
            'w' => new Age(0, TimeSpan.FromDays(7 * count), null, trimmed),
            'm' => new Age(count, TimeSpan.Zero, null, trimmed),
            'y' => new Age(12 * count, TimeSpan.Zero, null, trimmed),
            _ => throw NotAnAge(trimmed),
        };
    }

    /// <summary>The last moment that is meant where something is to be as it was then: of a date without a time of day the end of that day, in the zone of <paramref name="now"/>.</summary>
    public DateTimeOffset Through(DateTimeOffset now) => _date is DateTimeOffset date && date.ToOffset(now.Offset).TimeOfDay == TimeSpan.Zero ? date.AddDays(1).AddTicks(-1) : Before(now);

    /// <summary>The moment this age ago. Months and years go by the calendar in the zone of <paramref name="now"/>; never before year 1.</summary>
    public DateTimeOffset Before(DateTimeOffset now)
    {
        if (_date is DateTimeOffset date)
        {
            return date;
        }

        long monthsSinceYear1 = ((now.Year - 1) * 12L) + now.Month - 1;
        if (_months > monthsSinceYear1)
        {
            return DateTimeOffset.MinValue;
        }

        DateTimeOffset moment = now.AddMonths(-_months);
        return _span > moment - DateTimeOffset.MinValue ? DateTimeOffset.MinValue : moment - _span;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>Ages end long before this; the bound keeps the arithmetic from overflowing.</summary>
    private const int MaxCount = 100_000;

    internal static FormatException NotAnAge(string text) => new(string.Format(CultureInfo.CurrentCulture, Strings.AgeInvalid, SafeText.Show(text)));
}
