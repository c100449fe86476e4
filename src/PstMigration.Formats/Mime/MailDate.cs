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

    private static readonly string[] s_months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

    /// <summary>As programs abbreviate them in the language of their user, in capitals and without accents.</summary>
    private static readonly Dictionary<string, int> s_otherMonths = new(StringComparer.Ordinal)
    {
        ["JANV"] = 1, ["ENE"] = 1, ["GEN"] = 1, ["FEV"] = 2, ["FEVR"] = 2, ["MRZ"] = 3, ["MARS"] = 3, ["MAER"] = 3, ["ABR"] = 4, ["AVR"] = 4, ["MAI"] = 5, ["MAG"] = 5,
        ["MEI"] = 5, ["JUIN"] = 6, ["GIU"] = 6, ["JUIL"] = 7, ["LUG"] = 7, ["AGO"] = 8, ["AOUT"] = 8, ["SET"] = 9, ["SEPT"] = 9, ["OKT"] = 10, ["OTT"] = 10, ["OUT"] = 10,
        ["DEZ"] = 12, ["DIC"] = 12,
    };

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(1);

    /// <summary>Where a date begins in a line of text that does not say so.</summary>
    private static readonly Regex s_start = new(
        @"\b(\d{4}-\d{1,2}-\d{1,2}[T ]\d{1,2}:\d\d|((Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?\s+)?(\d{1,2}\s+(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?|(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\s+\d{1,2}),?\s+\d)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        s_limit);

    /// <summary>Reads a date; null for what is none. Without a zone it is in UTC (RFC 5322 4.3).</summary>
    public static DateTimeOffset? Parse(string text)
    {
        string plain = WithoutComments(text);
        if (plain.Length is 0 or > LongestDate)
        {
            return null;
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
        fields.Zone ??= Comment(text) is string comment ? MailZone.Parse(comment) : null;
        return fields.ToTime();
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
        try
        {
            DateTimeOffset? found = null;
            for (Match match = s_start.Match(end); match.Success; match = match.NextMatch())
            {
                string rest = end.Substring(match.Index);
                found = Parse(rest.Length > LongestDate ? rest.Substring(0, LongestDate) : rest) ?? found;
            }

            return found;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
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

        return TakeTime(word, ref fields) || TakeDate(word, ref fields) || TakeNumber(word, ref fields) || MonthOf(word) is not int month || (fields.Month = month) > 0;
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

    /// <summary><c>2015-03-03</c>, <c>2015/3/3</c>, <c>3-Mar-2015</c>. Of days and months in numbers alone nobody can tell which is which.</summary>
    private static bool TakeDate(string word, ref DateFields fields)
    {
        string[] parts = word.Split('-', '/', '.', '年', '月', '日').Where(p => p.Length > 0).ToArray();
        if (parts.Length != 3 || fields.Day is not null)
        {
            return false;
        }

        bool isYearFirst = parts[0].Length == 4 && parts.All(p => p.All(IsDigit));
        int? month = isYearFirst ? Number(parts[1]) : MonthOf(parts[1]);
        bool isNumber = (isYearFirst ? parts[2] : parts[0]).All(IsDigit) && parts[isYearFirst ? 0 : 2].All(IsDigit);
        int first = isNumber ? Number(parts[0]) : 0;
        int last = isNumber ? Number(parts[2]) : 0;
        if (month is null && parts.All(p => p.All(IsDigit)) && (first > 12 ^ Number(parts[1]) > 12))
        {
            (first, month) = first > 12 ? (first, Number(parts[1])) : (Number(parts[1]), first);
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
        if (digits.Length is 0 or > 4 || !digits.All(IsDigit))
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

    private static int? MonthOf(string word)
    {
        string letters = Letters(word);
        int english = letters.Length < 3 ? -1 : Array.IndexOf(s_months, letters.Substring(0, 3));
        return english >= 0 && (letters.Length == 3 || letters != "MARS") ? english + 1 : s_otherMonths.TryGetValue(letters, out int other) ? other : null;
    }

    private static string Letters(string word)
    {
        StringBuilder letters = new(word.Length);
        foreach (char c in string.Concat(word.Where(char.IsLetter)).ToUpperInvariant().Normalize(NormalizationForm.FormD).Where(c => c is >= 'A' and <= 'Z'))
        {
            letters.Append(c);
        }

        return letters.ToString();
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

        /// <summary>RFC 5322 4.3: two digits from 50 on are of the last century, three count from 1900.</summary>
        public void SetYear(string digits)
        {
            int year = Number(digits);
            Year = digits.Length == 4 ? year : digits.Length == 3 ? 1900 + year : year < 50 ? 2000 + year : 1900 + year;
        }

        public readonly DateTimeOffset? ToTime()
        {
            int hour = (Hour ?? 0) + (IsAfternoon == true && Hour < 12 ? 12 : IsAfternoon == false && Hour == 12 ? -12 : 0);
            bool isDate = Year is >= 2 and <= 9998 && Month is >= 1 and <= 12 && Day is >= 1 && Day <= DateTime.DaysInMonth(Year.Value, Month.Value);
            if (!isDate || hour > 24 || Minute > 59 || Second > 60)
            {
                return null;
            }

            // 24:00 is midnight of the next day (ISO 8601), and a minute may have 61 seconds.
            DateTime local = new DateTime(Year!.Value, Month!.Value, Day!.Value, 0, 0, 0, DateTimeKind.Unspecified).AddHours(hour).AddMinutes(Minute).AddSeconds(Math.Min(Second, 59)).AddTicks(Fraction);
            TimeSpan offset = Zone ?? TimeSpan.Zero;
            return Math.Abs(offset.TotalHours) <= 14 ? new DateTimeOffset(local, offset) : null;
        }
    }
}
