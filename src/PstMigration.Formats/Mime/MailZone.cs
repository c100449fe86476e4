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
        ["SA Eastern"] = -180, ["Argentina"] = -180, ["Azores"] = -60, ["GMT"] = 0, ["Greenwich"] = 0, ["W. Europe"] = 60, ["Central Europe"] = 60, ["Central European"] = 60, ["Romance"] = 60, ["British"] = 0, ["Western European"] = 0, ["Eastern European"] = 120,
        ["W. Central Africa"] = 60, ["E. Europe"] = 120, ["FLE"] = 120, ["GTB"] = 120, ["Egypt"] = 120, ["South Africa"] = 120, ["Israel"] = 120, ["Middle East"] = 120, ["Turkey"] = 180, ["Arab"] = 180,
        ["Arabic"] = 180, ["Russian"] = 180, ["E. Africa"] = 180, ["Iran"] = 210, ["Arabian"] = 240, ["Pakistan"] = 300, ["West Asia"] = 300, ["India"] = 330, ["Sri Lanka"] = 330, ["Nepal"] = 345,
        ["Central Asia"] = 360, ["Bangladesh"] = 360, ["Myanmar"] = 390, ["SE Asia"] = 420, ["China"] = 480, ["Singapore"] = 480, ["Taipei"] = 480, ["W. Australia"] = 480, ["Tokyo"] = 540,
        ["Korea"] = 540, ["Japan"] = 540, ["AUS Central"] = 570, ["Cen. Australia"] = 570, ["AUS Eastern"] = 600, ["E. Australia"] = 600, ["Tasmania"] = 600, ["West Pacific"] = 600, ["Vladivostok"] = 600,
        ["Central Pacific"] = 660, ["New Zealand"] = 720, ["Moscow"] = 180, ["Hong Kong"] = 480, ["Korean"] = 540, ["Australian Eastern"] = 600, ["Australian Central"] = 570, ["Australian Western"] = 480, ["Hawaii-Aleutian"] = -600,
        ["Alaska"] = -540, ["Brasilia"] = -180, ["Fiji"] = 720,
    };

    /// <summary>What the names of zones have in them in other languages, as Windows and browsers write them; in minutes.</summary>
    private static readonly (string Part, int Minutes)[] s_local =
    [
        ("Mitteleurop", 60), ("Westeurop", 0), ("Osteurop", 120), ("Europe centrale", 60), ("Paris, Madrid", 60), ("romance", 60), ("Europa central", 60), ("Europa occidentale", 60),
        ("West-Europa", 60), ("Västeuropa", 60), ("rodkowoeurop", 60), ("Střední Evropa", 60), ("Brasil", -180), ("中国", 480), ("中國", 480), ("台北", 480), ("香港", 480), ("東京", 540), ("日本", 540),
        ("대한민국", 540), ("한국", 540), ("Москва", 180), ("Московское", 180),
    ];

    private static readonly string[] s_summer = ["sommer", "sommar", "d'été", "d’été", "verano", "legale", "estiva", "zomer", "verão", "letni", "letní", "夏"];

    /// <summary>The offset of a zone that is named in another language anywhere in a text; null where none is known.</summary>
    public static TimeSpan? Local(string text)
    {
        foreach ((string part, int minutes) in s_local)
        {
            if (text.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0)
            {
                bool isSummer = s_summer.Any(s => text.IndexOf(s, StringComparison.OrdinalIgnoreCase) >= 0);
                return TimeSpan.FromMinutes(minutes + (isSummer ? 60 : 0));
            }
        }

        return null;
    }

    /// <summary>A zone as the IANA names it (<c>Asia/Tokyo</c>), where this computer knows it by that name.</summary>
    public static TimeZoneInfo? Find(string word)
    {
        string name = word.Trim('[', ']', '(', ')', '"');
        if (name.IndexOf('/') <= 0 || !char.IsLetter(name[0]))
        {
            return null;
        }

        try
        {
            return TimeZoneInfo.FindSystemTimeZoneById(name);
        }
        catch (Exception e) when (e is TimeZoneNotFoundException or InvalidTimeZoneException or System.Security.SecurityException or ArgumentException or System.IO.IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Reads an offset (<c>+0900</c>, <c>+09:00</c>, <c>+9</c>, <c>GMT+0900</c>) or an abbreviation; null for anything else.</summary>
    public static TimeSpan? Parse(string word)
    {
        string text = word.Trim().Trim('"', '\'', '<', '>', '(', ')', '[', ']');
        int sign = text.IndexOfAny(['+', '-', '\u2212']);
        if (sign < 0)
        {
            return s_abbreviations.TryGetValue(text, out int minutes) ? TimeSpan.FromMinutes(minutes) : null;
        }

        string name = text.Substring(0, sign);
        string digits = text.Substring(sign + 1).Replace(":", "").Replace(".", "");
        digits = digits.Length == 6 && digits.EndsWith("00", StringComparison.Ordinal) ? digits.Substring(0, 4) : digits;
        bool isOffset = (name.Length == 0 || s_abbreviations.ContainsKey(name)) && digits.Length is >= 1 and <= 4 && digits.All(c => c is >= '0' and <= '9');
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
