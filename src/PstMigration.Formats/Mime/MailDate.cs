using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PstMigration.Formats;

/// <summary>
/// Reads dates of mail: RFC 5322 3.3 and its obsolete forms, asctime, ISO 8601, and what programs write instead. MimeKit's reader takes an offset with a
/// colon for none, a fraction or dots for no time at all, and 24:00 for the day before.
/// </summary>
internal static class MailDate
{
    private const int LongestDate = 256;

    /// <summary>Where a date begins in a line of text that does not say so.</summary>
    private static readonly Regex s_start = new(
        @"\b(\d{4}-\d{1,2}-\d{1,2}[T ]\d{1,2}:\d\d|((Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?\s+)?(\d{1,2}\s+(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?|(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\s+\d{1,2}),?\s+\d)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>Reads a date; null for what is none. Without a zone it is in UTC (RFC 5322 4.3).</summary>
    public static DateTimeOffset? Parse(string text)
    {
        string plain = WithoutComments(text);
        if (plain.Length is 0 or > LongestDate)
        {
            return null;
        }

        plain = LocalDate.Plain(plain);
        if (LocalDate.Unix(plain) is DateTimeOffset seconds)
        {
            return seconds;
        }

        DateFields fields = new();
        List<string> words = Words(plain);
        if (MailZone.TakeNamed(words) is TimeSpan named)
        {
            fields.Zone = named;
        }

        foreach (string word in words)
        {
            if (!Take(word, ref fields))
            {
                break;
            }
        }

        // The name of the zone may stand in the comment alone.
        fields.Zone ??= (Comment(text) is string comment ? MailZone.Parse(comment) ?? MailZone.TakeNamed(Words(comment)) : null) ?? MailZone.Local(text);
        return fields.ToTime(fields.Zone is null ? words.Select(MailZone.Find).FirstOrDefault(z => z is not null) : null);
    }

    /// <summary>The date behind the last semicolon of a trace (RFC 5322 3.6.7), or one that stands anywhere in it; null where there is none.</summary>
    public static DateTimeOffset? ParseTrace(string text)
    {
        string plain = WithoutComments(text);
        int semicolon = plain.LastIndexOf(';');
        return (semicolon >= 0 ? Parse(plain.Substring(semicolon + 1)) : null) ?? FindIn(plain);
    }

    private static DateTimeOffset? FindIn(string text)
    {
        const int LongestTrace = 4000;
        string end = text.Length > LongestTrace ? text.Substring(text.Length - LongestTrace) : text;
        DateTimeOffset? found = null;
        for (Match match = s_start.Match(end); match.Success; match = match.NextMatch())
        {
            string rest = end.Substring(match.Index);
            found = Parse(rest.Length > LongestDate ? rest.Substring(0, LongestDate) : rest) ?? found;
        }

        return found;
    }

    /// <summary>Takes one word; false where what follows says no more of the date.</summary>
    private static bool Take(string word, ref DateFields fields)
    {
        // asctime has the year behind the zone.
        bool canBeZone = fields.Hour.HasValue && !fields.Zone.HasValue && (fields.Day.HasValue || fields.IsWhole) && !IsNumber(word);
        if (canBeZone && MailZone.Parse(word) is TimeSpan zone)
        {
            fields.Zone = zone;
            return true;
        }

        if (fields.IsWhole && fields.Zone.HasValue)
        {
            return false;
        }

        if (word.ToUpperInvariant() is "AM" or "PM" or "A.M." or "P.M.")
        {
            fields.IsAfternoon = char.ToUpperInvariant(word[0]) == 'P';
            return true;
        }

        int dash = word.IndexOf('T', 1);
        bool isIso = dash > 0 && char.IsDigit(word[dash - 1]) && dash + 1 < word.Length && char.IsDigit(word[dash + 1]);
        if (isIso)
        {
            return Take(word.Substring(0, dash), ref fields) && Take(word.Substring(dash + 1), ref fields);
        }

        return TakeTime(word, ref fields) || TakeDate(word, ref fields) || TakeNumber(word, ref fields) || LocalDate.Month(word) is not int month || (fields.Month = month) > 0;
    }

    /// <summary><c>10:20</c>, <c>10:20:30.123</c>, <c>19.38.50</c>, each with a zone behind it or without.</summary>
    private static bool TakeTime(string word, ref DateFields fields)
    {
        int end = word.Length;
        int zoneAt = word.IndexOfAny(['+', '-', 'Z', 'z', 'A', 'P', 'a', 'p'], Math.Min(1, word.Length));
        end = zoneAt > 0 ? zoneAt : end;
        string[] parts = word.Substring(0, end).Split(':', '.', ',');
        bool hasColon = word.IndexOf(':') is > 0 and int colon && colon < end;
        if (fields.Hour is not null || parts.Length < 2 || (!hasColon && parts.Length < 3) || parts.Take(2).Any(p => p.Length is 0 or > 2) || !parts.All(p => p.All(IsDigit))
            || (!hasColon && parts[2].Length > 2))
        {
            return false;
        }

        string seconds = parts.Length > 2 && (parts[2].Length is 1 or 2) ? parts[2] : "0";
        fields.Hour = Number(parts[0]);
        fields.Minute = Number(parts[1]);
        fields.Second = Number(seconds);
        if (parts.Length == 4 && parts[3].Length > 0)
        {
            fields.Fraction = (long)(decimal.Parse("0." + parts[3], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) * TimeSpan.TicksPerSecond);
        }

        string behind = word.Substring(end);
        if (behind.Length > 0)
        {
            fields.IsAfternoon = behind.ToUpperInvariant() switch { "PM" => true, "AM" => false, _ => fields.IsAfternoon };
            fields.Zone ??= MailZone.Parse(behind);
        }

        return true;
    }

    /// <summary><c>2015-03-03</c>, <c>2015/3/3</c>, <c>3-Mar-2015</c>. Of a day and a month that both could be the other nobody can tell which is which.</summary>
    private static bool TakeDate(string word, ref DateFields fields)
    {
        string[] parts = word.Split('-', '/', '.').Where(p => p.Length > 0).ToArray();
        if (parts.Length != 3 || fields.Day is not null)
        {
            return false;
        }

        bool isYearFirst = parts[0].Length == 4 && parts.All(p => p.All(IsDigit));
        int? month = isYearFirst ? Number(parts[1]) : LocalDate.Month(parts[1]);
        bool isNumber = (isYearFirst ? parts[2] : parts[0]).All(IsDigit) && parts[isYearFirst ? 0 : 2].All(IsDigit);
        int first = isNumber ? Number(parts[0]) : 0;
        int last = isNumber ? Number(parts[2]) : 0;
        if (month is null && parts.All(p => p.All(IsDigit)))
        {
            // Where dots stand between them the day comes first.
            int second = Number(parts[1]);
            bool isDayFirst = first > 12 || first == second || word.IndexOf('.') > 0;
            month = isDayFirst ? second : second > 12 ? first : null;
            first = isDayFirst ? first : second;
        }

        if (!isNumber || month is null)
        {
            return false;
        }

        fields.Month = month;
        fields.Day = isYearFirst ? last : first;
        fields.SetYear(parts[isYearFirst ? 0 : 2]);
        return true;
    }

    private static bool TakeNumber(string word, ref DateFields fields)
    {
        string digits = word.TrimEnd('.', ',');
        if (digits.Length is 0 or > 5 || !digits.All(IsDigit))
        {
            return false;
        }

        if (fields.Day is null && digits.Length <= 2)
        {
            fields.Day = Number(digits);
        }
        else if (fields.Year is null)
        {
            fields.SetYear(digits);
        }

        return true;
    }

    private static List<string> Words(string text) => [.. text.Split([' ', '\t', '\r', '\n', ',', '\u00A0'], StringSplitOptions.RemoveEmptyEntries)];

    private static string WithoutComments(string text)
    {
        StringBuilder plain = new(Math.Min(text.Length, LongestDate));
        int depth = 0;
        foreach (char c in text)
        {
            depth += c == '(' ? 1 : 0;
            if (depth == 0)
            {
                plain.Append(c);
            }

            depth -= c == ')' && depth > 0 ? 1 : 0;
        }

        return plain.ToString().Trim();
    }

    private static string? Comment(string text)
    {
        int start = text.LastIndexOf('(');
        int end = start < 0 ? -1 : text.IndexOf(')', start);
        return end < 0 ? null : text.Substring(start + 1, end - start - 1).Trim();
    }

    private static bool IsNumber(string word) => word.Length > 0 && word.All(IsDigit);

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    private static int Number(string digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : 0;

    /// <summary>What is known of a date so far.</summary>
    private struct DateFields
    {
        public int? Year;
        public int? Month;
        public int? Day;
        public int? Hour;
        public int Minute;
        public int Second;

        /// <summary>Part of a second, in ticks: .NET Framework adds seconds with a fraction to the millisecond only.</summary>
        public long Fraction;
        public bool? IsAfternoon;
        public TimeSpan? Zone;

        public readonly bool IsWhole => Year.HasValue && Month.HasValue && Day.HasValue && Hour.HasValue;

        /// <summary>RFC 5322 4.3: two digits from 50 on are of the last century, three count from 1900. Programs that put 19 before what counts from 1900 wrote five.</summary>
        public void SetYear(string digits)
        {
            digits = digits.Length == 5 && digits.StartsWith("191", StringComparison.Ordinal) ? digits.Substring(2) : digits;
            int year = Number(digits);
            Year = digits.Length == 4 ? year : digits.Length == 3 ? 1900 + year : year < 50 ? 2000 + year : 1900 + year;
        }

        /// <param name="zone">A zone with rules, where no offset is known.</param>
        public readonly DateTimeOffset? ToTime(TimeZoneInfo? zone)
        {
            int hour = (Hour ?? 0) + (IsAfternoon == true && Hour < 12 ? 12 : IsAfternoon == false && Hour == 12 ? -12 : 0);
            bool isDate = Year is >= 2 and <= 9998 && Month is >= 1 and <= 12 && Day is >= 1 && Day <= DateTime.DaysInMonth(Year.Value, Month.Value);
            if (!isDate || hour > 24 || Minute > 59 || Second > 60)
            {
                return null;
            }

            // 24:00 is midnight of the next day (ISO 8601), and a minute may have 61 seconds.
            DateTime local = new DateTime(Year!.Value, Month!.Value, Day!.Value, 0, 0, 0, DateTimeKind.Unspecified).AddHours(hour).AddMinutes(Minute).AddSeconds(Math.Min(Second, 59)).AddTicks(Fraction);
            TimeSpan offset = Zone ?? zone?.GetUtcOffset(local) ?? TimeSpan.Zero;
            return Math.Abs(offset.TotalHours) <= 14 ? new DateTimeOffset(local, offset) : null;
        }
    }
}
