using System.Globalization;

namespace PstMigration.Formats;

/// <summary>Time zones as they stand behind dates of mail: offsets in many forms, and names.</summary>
internal static class MailZone
{
    /// <summary>Abbreviations (RFC 5322 4.3 and what programs write), in minutes.</summary>
    private static readonly Dictionary<string, int> s_abbreviations = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Z"] = 0, ["UT"] = 0, ["UTC"] = 0, ["GMT"] = 0, ["WET"] = 0, ["EST"] = -300, ["EDT"] = -240, ["CST"] = -360, ["CDT"] = -300, ["MST"] = -420, ["MDT"] = -360, ["PST"] = -480,
        ["PDT"] = -420, ["AKST"] = -540, ["AKDT"] = -480, ["HST"] = -600, ["AST"] = -240, ["ADT"] = -180, ["NST"] = -210, ["NDT"] = -150, ["BRT"] = -180, ["ART"] = -180, ["BST"] = 60,
        ["WEST"] = 60, ["CET"] = 60, ["MET"] = 60, ["MEZ"] = 60, ["CEST"] = 120, ["MEST"] = 120, ["MESZ"] = 120, ["EET"] = 120, ["SAST"] = 120, ["EEST"] = 180, ["MSK"] = 180, ["MSD"] = 240,
        ["IST"] = 330, ["HKT"] = 480, ["SGT"] = 480, ["AWST"] = 480, ["JST"] = 540, ["KST"] = 540, ["ACST"] = 570, ["AEST"] = 600, ["ACDT"] = 630, ["AEDT"] = 660, ["NZST"] = 720, ["NZDT"] = 780,
    };

    /// <summary>Names of Windows without <c>Standard Time</c>, which some programs write behind a date; in minutes.</summary>
    private static readonly Dictionary<string, int> s_windows = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Hawaiian"] = -600, ["Alaskan"] = -540, ["Pacific"] = -480, ["US Mountain"] = -420, ["Mountain"] = -420, ["Central"] = -360, ["Canada Central"] = -360, ["Central America"] = -360,
        ["Eastern"] = -300, ["US Eastern"] = -300, ["SA Pacific"] = -300, ["Atlantic"] = -240, ["SA Western"] = -240, ["Pacific SA"] = -240, ["Newfoundland"] = -210, ["E. South America"] = -180,
        ["SA Eastern"] = -180, ["Argentina"] = -180, ["Azores"] = -60, ["GMT"] = 0, ["Greenwich"] = 0, ["W. Europe"] = 60, ["Central Europe"] = 60, ["Central European"] = 60, ["Romance"] = 60,
        ["W. Central Africa"] = 60, ["E. Europe"] = 120, ["FLE"] = 120, ["GTB"] = 120, ["Egypt"] = 120, ["South Africa"] = 120, ["Israel"] = 120, ["Middle East"] = 120, ["Turkey"] = 180, ["Arab"] = 180,
        ["Arabic"] = 180, ["Russian"] = 180, ["E. Africa"] = 180, ["Iran"] = 210, ["Arabian"] = 240, ["Pakistan"] = 300, ["West Asia"] = 300, ["India"] = 330, ["Sri Lanka"] = 330, ["Nepal"] = 345,
        ["Central Asia"] = 360, ["Bangladesh"] = 360, ["Myanmar"] = 390, ["SE Asia"] = 420, ["China"] = 480, ["Singapore"] = 480, ["Taipei"] = 480, ["W. Australia"] = 480, ["Tokyo"] = 540,
        ["Korea"] = 540, ["Japan"] = 540, ["AUS Central"] = 570, ["Cen. Australia"] = 570, ["AUS Eastern"] = 600, ["E. Australia"] = 600, ["Tasmania"] = 600, ["West Pacific"] = 600, ["Vladivostok"] = 600,
        ["Central Pacific"] = 660, ["New Zealand"] = 720, ["Fiji"] = 720,
    };

    /// <summary>Reads an offset (<c>+0900</c>, <c>+09:00</c>, <c>+9</c>, <c>GMT+0900</c>) or an abbreviation; null for anything else.</summary>
    public static TimeSpan? Parse(string word)
    {
        string text = word.Trim().Trim('"', '(', ')', '[', ']');
        int sign = text.IndexOfAny(['+', '-', '\u2212']);
        if (sign < 0)
        {
            return s_abbreviations.TryGetValue(text, out int minutes) ? TimeSpan.FromMinutes(minutes) : null;
        }

        string name = text.Substring(0, sign);
        string digits = text.Substring(sign + 1).Replace(":", "").Replace(".", "");
        bool isOffset = (name.Length == 0 || name.ToUpperInvariant() is "GMT" or "UTC" or "UT") && digits.Length is >= 1 and <= 4 && digits.All(c => c is >= '0' and <= '9');
        if (!isOffset)
        {
            return null;
        }

        int number = int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        int total = digits.Length <= 2 ? number * 60 : (number / 100 * 60) + (number % 100);
        return total <= 14 * 60 && (digits.Length <= 2 || number % 100 < 60) ? TimeSpan.FromMinutes(text[sign] == '+' ? total : -total) : null;
    }

    /// <summary>Takes a name of Windows (<c>Pacific Daylight Time</c>) out of the words of a date; null where there is none that is known.</summary>
    public static TimeSpan? TakeNamed(List<string> words)
    {
        const int MostWords = 3;
        int time = words.FindIndex(w => w.Equals("Time", StringComparison.OrdinalIgnoreCase));
        bool isDaylight = time > 1 && words[time - 1].ToUpperInvariant() is "DAYLIGHT" or "SUMMER";
        if (time < 2 || (!isDaylight && !words[time - 1].Equals("Standard", StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        for (int count = Math.Min(MostWords, time - 1); count > 0; count--)
        {
            string name = string.Join(" ", words.GetRange(time - 1 - count, count));
            if (s_windows.TryGetValue(name, out int minutes))
            {
                words.RemoveRange(time - 1 - count, count + 2);
                return TimeSpan.FromMinutes(minutes + (isDaylight ? 60 : 0));
            }
        }

        return null;
    }
}
