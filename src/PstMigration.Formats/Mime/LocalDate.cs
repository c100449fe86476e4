using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace PstMigration.Formats;

/// <summary>What programs write into dates in the language of their user, or in numbers alone, in the words <see cref="MailDate"/> knows.</summary>
internal static class LocalDate
{
    private static readonly string[] s_months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

    /// <summary>How months begin in other languages, in capitals and without accents; of two that fit the longer one counts.</summary>
    private static readonly Dictionary<string, int> s_otherMonths = new(StringComparer.Ordinal)
    {
        ["JANV"] = 1, ["ENE"] = 1, ["GEN"] = 1, ["STY"] = 1, ["LED"] = 1, ["OCA"] = 1, ["TAM"] = 1, ["ЯНВ"] = 1, ["ΙΑΝ"] = 1, ["СІЧ"] = 1,
        ["FEV"] = 2, ["LUT"] = 2, ["UNO"] = 2, ["SUB"] = 2, ["HEL"] = 2, ["ФЕВ"] = 2, ["ΦΕΒ"] = 2, ["ЛЮТ"] = 2,
        ["MRZ"] = 3, ["MRT"] = 3, ["MAER"] = 3, ["MAAR"] = 3, ["MAA"] = 3, ["BRE"] = 3, ["МАР"] = 3, ["ΜΑΡ"] = 3, ["БЕР"] = 3,
        ["ABR"] = 4, ["AVR"] = 4, ["KWI"] = 4, ["DUB"] = 4, ["NIS"] = 4, ["HUH"] = 4, ["АПР"] = 4, ["ΑΠΡ"] = 4, ["КВІ"] = 4,
        ["MAI"] = 5, ["MAG"] = 5, ["MEI"] = 5, ["MAJ"] = 5, ["KVE"] = 5, ["TOU"] = 5, ["МАИ"] = 5, ["МАЯ"] = 5, ["ΜΑΙ"] = 5, ["ТРА"] = 5,
        ["JUIN"] = 6, ["GIU"] = 6, ["CZE"] = 6, ["CVN"] = 6, ["CERVNA"] = 6, ["HAZ"] = 6, ["KES"] = 6, ["ИЮН"] = 6, ["ΙΟΥΝ"] = 6, ["ЧЕР"] = 6,
        ["JUIL"] = 7, ["LUG"] = 7, ["LIP"] = 7, ["CVC"] = 7, ["CERVENCE"] = 7, ["TEM"] = 7, ["HEI"] = 7, ["ИЮЛ"] = 7, ["ΙΟΥΛ"] = 7, ["ЛИП"] = 7,
        ["AGO"] = 8, ["AGU"] = 8, ["AOU"] = 8, ["SIE"] = 8, ["SRP"] = 8, ["ELO"] = 8, ["АВГ"] = 8, ["ΑΥΓ"] = 8, ["СЕР"] = 8,
        ["SET"] = 9, ["WRZ"] = 9, ["ZAR"] = 9, ["EYL"] = 9, ["SYY"] = 9, ["СЕН"] = 9, ["ΣΕΠ"] = 9, ["ВЕР"] = 9,
        ["OKT"] = 10, ["OTT"] = 10, ["OUT"] = 10, ["PAZ"] = 10, ["RIJ"] = 10, ["EKI"] = 10, ["LOK"] = 10, ["ОКТ"] = 10, ["ΟΚΤ"] = 10, ["ЖОВ"] = 10,
        ["LIS"] = 11, ["KAS"] = 11, ["MARR"] = 11, ["НОЯ"] = 11, ["ΝΟΕ"] = 11, ["ЛИС"] = 11,
        ["DEZ"] = 12, ["DIC"] = 12, ["DES"] = 12, ["GRU"] = 12, ["PRO"] = 12, ["ARA"] = 12, ["JOU"] = 12, ["ДЕК"] = 12, ["ΔΕΚ"] = 12, ["ГРУ"] = 12,
    };

    private const string ChineseNumbers = "一二三四五六七八九";

    /// <summary>What is replaced, in this order.</summary>
    private static readonly (Regex Pattern, string Replacement)[] s_forms =
    [
        Form(@"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]?", " $1-$2-$3 "),
        Form(@"(?<!\d)(\d{1,2})\s*[月월]", " month$1 "),
        Form(@"(\d{1,2})\s*[時时點点시]\s*(\d{1,2})\s*[分분]\s*(\d{1,2})\s*[秒초]", " $1:$2:$3 "),
        Form(@"(\d{1,2})\s*[時时點点시]\s*(\d{1,2})\s*[分분]", " $1:$2 "),
        Form("(\\d{1,2})[日일]", "$1 "),
        Form("(?<!\\d)(午前|上午|오전)\\s*(\\d{1,2}:\\d\\d(:\\d\\d)?)", " $2 AM "),
        Form("(?<!\\d)(午後|下午|오후)\\s*(\\d{1,2}:\\d\\d(:\\d\\d)?)", " $2 PM "),
        Form(@"\b(\d{4})(\d\d)(\d\d)T?(\d\d)(\d\d)(\d\d)(?!\d)", "$1-$2-$3 $4:$5:$6 "),
        Form(@"(?<=/\d{4}):(?=\d\d:\d\d)", " "),
        Form(@"(?<=\d)\s*:\s*(?=\d)", ":"),
        Form(@"(?<=\b\d{1,2})(st|nd|rd|th)\b", ""),
        Form(@"(?<=:\d\d\s*)([+-])\s+(?=\d{4}\b)", " $1"),
        Form(@"(?<=[A-Za-z.]\s)['\u2019](?=\d\d\b)", ""),
    ];

    /// <summary>A date with the signs of China, Japan and Korea, of ISO 8601 without hyphens and of ordinal numbers taken out.</summary>
    public static string Plain(string text)
    {
        string plain = text.Trim(' ', '\t', '<', '>', '"', '\'');
        return s_forms.Aggregate(plain, (t, form) => form.Pattern.Replace(t, form.Replacement));
    }

    /// <summary>The time of a date that is a number of seconds, or of thousandths, since 1970; null for others.</summary>
    public static DateTimeOffset? Unix(string text)
    {
        string digits = text.Trim().TrimStart('@');
        bool isSeconds = digits.Length is 9 or 10;
        return (isSeconds || digits.Length == 13) && digits.All(c => c is >= '0' and <= '9')
            ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) * (isSeconds ? 1000 : 1))
            : null;
    }

    /// <summary>The month a word names in one of many languages; null for other words.</summary>
    public static int? Month(string word)
    {
        string letters = Letters(word);
        if (letters.Length < 3)
        {
            return ChineseMonth(word);
        }

        if (letters == "MONTH" && int.TryParse(word.Substring(word.Length - Math.Min(2, word.Length)).TrimStart('h'), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            return number;
        }

        for (int length = Math.Min(letters.Length, 8); length >= 3; length--)
        {
            if (s_otherMonths.TryGetValue(letters.Substring(0, length), out int other))
            {
                return other;
            }
        }

        int english = Array.IndexOf(s_months, letters.Substring(0, 3));
        return english >= 0 ? english + 1 : null;
    }

    private static int? ChineseMonth(string word)
    {
        if (!word.EndsWith("月", StringComparison.Ordinal) || word.Length is < 2 or > 3)
        {
            return null;
        }

        bool isOverTen = word[0] == '十';
        int unit = ChineseNumbers.IndexOf(word[isOverTen ? 1 : 0]) + 1;
        return isOverTen ? (word.Length == 2 ? 10 : unit is 1 or 2 ? 10 + unit : null) : word.Length == 2 && unit > 0 ? unit : null;
    }

    private static string Letters(string word)
    {
        StringBuilder letters = new(word.Length);
        try
        {
            foreach (char c in word.ToUpperInvariant().Normalize(NormalizationForm.FormD).Where(char.IsLetter))
            {
                letters.Append(c);
            }
        }
        catch (ArgumentException)
        {
            // Half a pair of surrogates is no letter of a month.
            return "";
        }

        return letters.ToString();
    }

    private static (Regex Pattern, string Replacement) Form(string pattern, string replacement) =>
        (new Regex(pattern, RegexOptions.CultureInvariant), replacement);
}
