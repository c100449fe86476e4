using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PstMigration;

/// <summary>
/// How people write ages and dates: 30d, 30日, 2 weeks, yesterday, 2010, 2010-06, 2010-06-01, 31/12/2010, 1 June 2011. What has two readings is refused. PowerShell itself
/// reads 6/1/2011 as June 1 whatever the language of the session; where that is also how the session's language has it, it is taken, and where it is not, nothing says which was meant.
/// </summary>
internal static class AgeText
{
    private const int FirstYear = 1900;
    private const int LastYear = 2199;

    private static readonly string[] s_dateFormats =
    [
        "yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyy-M-d H:mm", "yyyy-M-d H:mm:ss", "yyyy/M/d H:mm", "yyyy/M/d H:mm:ss", "yyyy-M-dTHH:mm", "yyyy-M-dTHH:mm:ss",
        "yyyy-M-dTHH:mmK", "yyyy-M-dTHH:mm:ssK", "yyyy-M-dTHH:mm:ss.FFFFFFFK", "yyyy'年'M'月'd'日'", "yyyy'年'M'月'd'日' H:mm",
    ];

    // With the name of the month, in the language of the session or in English.
    private static readonly string[] s_namedFormats =
    [
        "d MMMM yyyy", "d MMM yyyy", "d. MMMM yyyy", "MMMM d, yyyy", "MMM d, yyyy", "MMMM d yyyy", "MMM d yyyy", "d-MMM-yyyy", "dddd, d MMMM yyyy", "dddd, MMMM d, yyyy",
    ];

    private static readonly string[] s_monthFormats = ["yyyy-M", "yyyy/M", "yyyy.M", "M/yyyy", "M-yyyy", "M.yyyy", "yyyy'年'M'月'"];
    private static readonly string[] s_namedMonthFormats = ["MMMM yyyy", "MMM yyyy"];

    private static readonly Regex s_yearLast = new(@"^(?<a>\d{1,2})(?<s>[/.-])(?<b>\d{1,2})\k<s>(?<y>\d{4})( (?<t>\d{1,2}:\d\d(:\d\d)?))?$", RegexOptions.CultureInvariant);
    private static readonly Regex s_span = new(@"^(?<n>\d{1,6})\s*(?<u>\p{L}+)$", RegexOptions.CultureInvariant);

    private static readonly Dictionary<string, char> s_units = Units(
        ("h hour hours 時間", 'h'), ("d day days 日 日間", 'd'), ("w week weeks 週 週間", 'w'), ("m month months か月 ヶ月 カ月 ヵ月 ケ月 か月間 ヶ月間", 'm'), ("y year years 年 年間", 'y'));

    private static readonly Dictionary<string, int> s_days = new(StringComparer.OrdinalIgnoreCase) { ["today"] = 0, ["yesterday"] = 1, ["今日"] = 0, ["本日"] = 0, ["昨日"] = 1 };

    /// <summary>Reads the written form; null where it is none.</summary>
    /// <param name="text">As it was typed.</param>
    /// <param name="culture">The language of the session.</param>
    /// <exception cref="FormatException">It has two readings.</exception>
    internal static Age? Read(string text, CultureInfo culture)
    {
        string plain = Plain(text);
        return Span(plain, text) ?? Day(plain, text) ?? Date(plain, text, culture) ?? Month(plain, text, culture) ?? YearLast(plain, text, culture);
    }

    /// <summary>A date as the session's language has it, of which there is one reading.</summary>
    internal static string Example(CultureInfo culture)
    {
        DateTime date = new(2024, 1, 31);
        string shown = date.ToString("d", culture);
        return Read(shown, culture) is Age { IsDate: true } read && read.Before(default) == Local(date) ? shown : date.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
    }

    // Full-width digits and signs are what an input method leaves.
    private static string Plain(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKC).Trim();
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair.
            return "";
        }
    }

    private static Dictionary<string, char> Units(params (string Names, char Unit)[] units) =>
        units.SelectMany(u => u.Names.Split(' ').Select(n => (n, u.Unit))).ToDictionary(u => u.n, u => u.Unit, StringComparer.OrdinalIgnoreCase);

    private static Age? Span(string plain, string text)
    {
        Match match = s_span.Match(plain);
        if (!match.Success || !s_units.TryGetValue(match.Groups["u"].Value, out char unit))
        {
            return null;
        }

        int count = int.Parse(match.Groups["n"].Value, CultureInfo.InvariantCulture);

        // 2010年 is the year.
        return unit == 'y' && match.Groups["u"].Value == "年" && count >= FirstYear ? Year(count, text) : Age.FromSpan(count, unit, text);
    }

    private static Age? Day(string plain, string text) => s_days.TryGetValue(plain, out int back) ? Age.FromDaysBack(back, text) : null;

    private static Age? Date(string plain, string text, CultureInfo culture) =>
        (Exact(plain, s_dateFormats, CultureInfo.InvariantCulture) ?? Named(plain, s_namedFormats, culture)) is DateTimeOffset date ? Age.FromDate(date, null, text) : null;

    private static Age? Month(string plain, string text, CultureInfo culture) =>
        plain.Length == 4 && int.TryParse(plain, NumberStyles.None, CultureInfo.InvariantCulture, out int year) ? Year(year, text)
        : (Exact(plain, s_monthFormats, CultureInfo.InvariantCulture) ?? Named(plain, s_namedMonthFormats, culture)) is DateTimeOffset month
            ? Age.FromDate(Local(month.DateTime), Local(month.DateTime.AddMonths(1)), text)
        : null;

    private static Age? Year(int year, string text) =>
        IsYear(year) ? Age.FromDate(Local(new DateTime(year, 1, 1)), Local(new DateTime(year + 1, 1, 1)), text) : null;

    private static Age? YearLast(string plain, string text, CultureInfo culture)
    {
        Match match = s_yearLast.Match(plain);
        if (!match.Success)
        {
            return null;
        }

        int first = int.Parse(match.Groups["a"].Value, CultureInfo.InvariantCulture);
        int second = int.Parse(match.Groups["b"].Value, CultureInfo.InvariantCulture);
        int year = int.Parse(match.Groups["y"].Value, CultureInfo.InvariantCulture);
        TimeSpan time = TimeSpan.Zero;
        if (match.Groups["t"].Success && !TimeSpan.TryParse(match.Groups["t"].Value, CultureInfo.InvariantCulture, out time))
        {
            return null;
        }

        DateTime? monthFirst = DateOf(year, first, second);
        DateTime? dayFirst = DateOf(year, second, first);
        if (monthFirst is DateTime m && dayFirst is DateTime d && m != d)
        {
            bool isDayFirst = IsDayFirst(culture);
            bool isOneReading = culture.Name.Length > 0 && (isDayFirst ? match.Groups["s"].Value == "." && culture.DateTimeFormat.DateSeparator == "." : match.Groups["s"].Value != ".");
            return isOneReading ? Age.FromDate(Local((isDayFirst ? d : m) + time), null, text) : throw Age.IsAmbiguous(text, m, d);
        }

        return (monthFirst ?? dayFirst) is DateTime date ? Age.FromDate(Local(date + time), null, text) : null;
    }

    private static DateTimeOffset? Named(string plain, string[] formats, CultureInfo culture) => Exact(plain, formats, culture) ?? Exact(plain, formats, CultureInfo.InvariantCulture);

    // Years of other calendars would be taken for those of ours.
    private static DateTimeOffset? Exact(string plain, string[] formats, CultureInfo culture) =>
        DateTimeOffset.TryParseExact(plain, formats, culture, DateTimeStyles.AssumeLocal, out DateTimeOffset date) && IsYear(date.Year) ? date : null;

    private static bool IsYear(int year) => year is >= FirstYear and <= LastYear;

    private static bool IsDayFirst(CultureInfo culture)
    {
        string pattern = culture.DateTimeFormat.ShortDatePattern;
        return pattern.IndexOf('d') < pattern.IndexOf('M');
    }

    private static DateTime? DateOf(int year, int month, int day) =>
        IsYear(year) && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateTime(year, month, day) : null;

    private static DateTimeOffset Local(DateTime date) => new(date, TimeZoneInfo.Local.GetUtcOffset(date));
}
