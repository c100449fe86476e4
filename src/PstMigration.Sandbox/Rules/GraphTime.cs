using System.Globalization;

namespace PstMigration.Sandbox;

/// <summary>Times as JSON has them (RFC 3339) and as they are stored (FILETIME).</summary>
internal static class GraphTime
{
    private static readonly string[] s_formats =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd",
    ];

    /// <summary>Reads a time; one without offset is UTC. False before 1601 too, where no FILETIME reaches.</summary>
    public static bool TryParse(string? text, out long fileTime)
    {
        fileTime = 0;
        if (!DateTimeOffset.TryParseExact(text, s_formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            || time.UtcDateTime.Year <= 1600)
        {
            return false;
        }

        fileTime = time.ToFileTime();
        return true;
    }

    /// <summary>Whether a stored number is a time that can be written.</summary>
    public static bool IsValid(long fileTime) => fileTime >= 0 && fileTime <= DateTime.MaxValue.ToFileTimeUtc();

    /// <summary>Writes a time in UTC.</summary>
    public static string Format(long fileTime, bool wholeSeconds) => DateTime.FromFileTimeUtc(fileTime)
        .ToString(wholeSeconds ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
