using System.Globalization;

namespace PstMigration;

/// <summary>
/// How long ago: a number with a unit (<c>24h</c>, <c>30d</c>, <c>2w</c>, <c>6m</c>, <c>2y</c>; m is months), a TimeSpan object, or a date, which may be a year, a month or yesterday. A bare
/// number that is no year is refused, because nobody can say of what it is the number.
/// </summary>
public sealed class Age
{
    private readonly int _months;
    private readonly TimeSpan _span;
    private readonly DateTimeOffset? _date;
    private readonly DateTimeOffset? _end;
    private readonly int? _daysBack;

    private Age(string text, int months = 0, TimeSpan span = default, DateTimeOffset? date = null, DateTimeOffset? end = null, int? daysBack = null)
    {
        Text = text;
        _months = months;
        _span = span;
        _date = date;
        _end = end;
        _daysBack = daysBack;
    }

    /// <summary>Whether it is a date, which is no span of time.</summary>
    internal bool IsDate => _date is not null || _daysBack is not null;

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>A span before now.</summary>
    /// <exception cref="ArgumentException">Negative.</exception>
    public static Age FromTimeSpan(TimeSpan span) => span >= TimeSpan.Zero
        ? new Age(span.ToString("c", CultureInfo.InvariantCulture), span: span)
        : throw new ArgumentException(Strings.AgeNegative, nameof(span));

    /// <summary>Since that moment.</summary>
    public static Age FromDate(DateTimeOffset date) => FromDate(date, null, date.ToString("o", CultureInfo.InvariantCulture));

    /// <summary>Reads the written form. A date without offset is local, and in the language of the session.</summary>
    /// <exception cref="FormatException">It is none, or has two readings; the message says what is.</exception>
    public static Age Parse(string text)
    {
        string trimmed = (text ?? throw new ArgumentNullException(nameof(text))).Trim();
        return AgeText.Read(trimmed, CultureInfo.CurrentCulture) ?? throw NotAnAge(trimmed);
    }

    /// <summary>A date, and for a month or a year the moment it has ended.</summary>
    internal static Age FromDate(DateTimeOffset date, DateTimeOffset? end, string text) => new(text, date: date, end: end);

    /// <summary>The beginning of today, or of a day before.</summary>
    internal static Age FromDaysBack(int days, string text) => new(text, daysBack: days);

    /// <summary>A number of hours, days, weeks, months or years; null where it is beyond reason.</summary>
    internal static Age? FromSpan(int count, char unit, string text) => count > MaxCount ? null : unit switch
    {
        'h' => new Age(text, span: TimeSpan.FromHours(count)),
        'd' => new Age(text, span: TimeSpan.FromDays(count)),
        'w' => new Age(text, span: TimeSpan.FromDays(7 * count)),
        'm' => new Age(text, months: count),
        _ => new Age(text, months: 12 * count),
    };

    /// <summary>
    /// The last moment that is meant where something is to be as it was then: of a date without a time of day the end of that day, in the zone of <paramref name="now"/>, of a month or a year its end.
    /// </summary>
    public DateTimeOffset Through(DateTimeOffset now)
    {
        DateTimeOffset moment = Before(now);
        return _end is DateTimeOffset end ? end.AddTicks(-1)
            : IsDate && moment.ToOffset(now.Offset).TimeOfDay == TimeSpan.Zero ? moment.AddDays(1).AddTicks(-1)
            : moment;
    }

    /// <summary>The moment this age ago. Months and years go by the calendar in the zone of <paramref name="now"/>; never before year 1.</summary>
    public DateTimeOffset Before(DateTimeOffset now)
    {
        if (_date is DateTimeOffset date)
        {
            return date;
        }

        if (_daysBack is int days)
        {
            return new DateTimeOffset(now.Date.AddDays(-days), now.Offset);
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

    internal static FormatException NotAnAge(string text) =>
        new(string.Format(CultureInfo.CurrentCulture, Strings.AgeInvalid, SafeText.Show(text), AgeText.Example(CultureInfo.CurrentCulture)));

    /// <summary>The error of a date with two readings, with both as they are written without doubt.</summary>
    internal static FormatException IsAmbiguous(string text, DateTime one, DateTime other) =>
        new(string.Format(CultureInfo.CurrentCulture, Strings.AgeAmbiguous, SafeText.Show(text), one.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), one, other.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), other));
}
