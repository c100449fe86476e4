using System.Text;
using System.Text.RegularExpressions;

namespace PstMigration.Formats;

/// <summary>
/// The line between messages of an mbox file: <c>From somebody Tue Mar  3 10:20:30 2015</c> (RFC 4155). The date is that of receipt and ends the line; programs
/// also write a zone before or behind the year, days and months in their own language, the forms of RFC 5322 and ISO 8601, <c>remote from host</c> behind it, or no more
/// than <c>From -</c>.
/// </summary>
internal static class FromLine
{
    private const int LongestLine = 512;
    private static readonly char[] s_blanks = [' ', '\t'];

    /// <summary>Name of day and month, digits, and a digit or blank.</summary>
    private const string UsualForm = "ddd MMM 90 00:00:00 0000";
    private const string Weekdays = ",mon,tue,wed,thu,fri,sat,sun,";
    private const string Months = ",jan,feb,mar,apr,may,jun,jul,aug,sep,oct,nov,dec,";

    private const string Weekday = "(mon|tue|wed|thu|fri|sat|sun)[a-z]*,?";
    private const string Month = "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*";
    private const string Time = @"\d{1,2}:\d\d(:\d\d(\.\d+)?)?";
    private const string Zone = @"(\s+([a-z]{1,5}|[-+]\d{4}|\([a-z ]+\)))";

    private static readonly Regex s_date = new(
        "(?<date>"
        + @"(" + Weekday + @"\s+)?" + Month + @"\s+\d{1,2},?\s+" + Time + Zone + @"{0,2}\s+\d{4}" + Zone + "{0,2}"
        + "|" + Weekday + @"\s+" + Month + @"\s+\d{1,2},?\s+" + Time + Zone + "{0,2}"
        + @"|(" + Weekday + @"\s+)?\d{1,2}[\s-]" + Month + @"[\s-]\d{2,4}\s+" + Time + Zone + "{0,2}"
        + @"|[^\s\d]{2,12}\s+[^\s\d]{2,12}\s+\d{1,2}\s+\d\d:\d\d:\d\d\s+\d{4}"
        + @"|\d{4}-\d\d-\d\d[t ]" + Time + @"\s*(z|[-+]\d\d:?\d\d)?"
        + @")(\s+remote from \S+)?\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>Whether a line that begins with <c>From </c> has a date at its end. A date somewhere in it has many a sentence.</summary>
    public static bool HasDate(ReadOnlySpan<byte> line) => DateIn(line) is not null;

    /// <summary>Whether no more than a name, an address or a hyphen stands behind <c>From </c>.</summary>
    public static bool IsBare(ReadOnlySpan<byte> line)
    {
        string[] words = Text(line).Split(s_blanks, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 1 || (words.Length == 2 && (words[1] == "-" || (char.IsLetterOrDigit(words[1][words[1].Length - 1]) && words[1].IndexOf("://", StringComparison.Ordinal) < 0)));
    }

    /// <summary>When the message was received; null where the line does not say.</summary>
    public static DateTimeOffset? TimeIn(ReadOnlySpan<byte> line) => DateIn(line) is string date ? MailDate.Parse(date) : null;

    private static string? DateIn(ReadOnlySpan<byte> line)
    {
        string text = Text(line);
        if (text.Length < LongestLine && EndsInUsualDate(text))
        {
            return text.Substring(text.Length - UsualForm.Length);
        }

        if (text.Length >= LongestLine || !text.Any(char.IsDigit))
        {
            return null;
        }

        // Of more than one blank in a row a pattern would try each.
        return s_date.Match(string.Join(" ", text.Split(s_blanks, StringSplitOptions.RemoveEmptyEntries))) is { Success: true } match ? match.Groups["date"].Value : null;
    }

    /// <summary>Whether a line ends in the form of RFC 4155, as nearly all do: a pattern takes a hundred times as long to find it.</summary>
    private static bool EndsInUsualDate(string text)
    {
        int start = text.Length - UsualForm.Length;
        if (start < 1 || text[start - 1] is not (' ' or '\t'))
        {
            return false;
        }

        for (int i = 0; i < UsualForm.Length; i++)
        {
            char c = text[start + i];
            bool isOfForm = UsualForm[i] switch
            {
                '0' => c is >= '0' and <= '9',
                '9' => c is ' ' or (>= '0' and <= '9'),
                'd' or 'M' => true,
                _ => c == UsualForm[i],
            };
            if (!isOfForm)
            {
                return false;
            }
        }

        return IsIn(Weekdays, text, start) && IsIn(Months, text, start + 4);
    }

    /// <summary>Whether three letters are the name of a day or a month.</summary>
    private static bool IsIn(string names, string text, int at) => names.IndexOf("," + text.Substring(at, 3) + ",", StringComparison.OrdinalIgnoreCase) >= 0;

    private static string Text(ReadOnlySpan<byte> line) => Encoding.ASCII.GetString(line[..Math.Min(line.Length, LongestLine)].ToArray()).TrimEnd('\r', '\n', ' ', '\t');
}
