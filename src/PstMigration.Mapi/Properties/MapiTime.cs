namespace PstMigration.Mapi;

/// <summary>FILETIME as mail stores it: 100 ns since 1601-01-01 UTC, sometimes out of any range.</summary>
public static class MapiTime
{
    private static readonly long s_max = DateTime.MaxValue.ToFileTimeUtc();

    /// <summary>Whether a time can be stored: none before 1601 can.</summary>
    public static bool CanHold(DateTimeOffset time) => time.UtcDateTime.Year > 1600;

    /// <summary>Converts; false for a value before 1601 or after 9999, such as the "never" of 0x7FFFFFFFFFFFFFFF.</summary>
    public static bool TryFromFileTime(long fileTime, out DateTimeOffset time)
    {
        bool inRange = fileTime >= 0 && fileTime <= s_max;
        time = inRange ? new DateTimeOffset(DateTime.FromFileTimeUtc(fileTime)) : default;
        return inRange;
    }
}
