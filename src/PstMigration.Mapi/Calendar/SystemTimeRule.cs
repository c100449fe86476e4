namespace PstMigration.Mapi;

/// <summary>
/// A Windows SYSTEMTIME as time zones use it: with year 0 the n-th (5 last) weekday of a month, else one date. Eight u16: year,
/// month, day of week, day, hour, minute, second, millisecond.
/// </summary>
public readonly record struct SystemTimeRule(int Year, int Month, int DayOfWeek, int Day, int Hour, int Minute, int Second = 0, int Millisecond = 0)
{
    /// <summary>Whether the clock is never changed.</summary>
    public bool IsNone => Month == 0;

    internal static SystemTimeRule Read(ref BlobReader reader) => new(
        reader.UInt16(),
        reader.UInt16(),
        reader.UInt16(),
        reader.UInt16(),
        reader.UInt16(),
        reader.UInt16(),
        reader.UInt16(),
        reader.UInt16());

    internal void Write(BlobWriter writer)
    {
        foreach (int part in (ReadOnlySpan<int>)[Year, Month, DayOfWeek, Day, Hour, Minute, Second, Millisecond])
        {
            writer.UInt16(part);
        }
    }

    /// <summary>As a transition of .NET; null where the numbers make none.</summary>
    internal TimeZoneInfo.TransitionTime? ToTransition()
    {
        bool isTime = Hour is >= 0 and <= 23 && Minute is >= 0 and <= 59 && Second is >= 0 and <= 59 && Millisecond is >= 0 and <= 999;
        if (Month is < 1 or > 12 || !isTime)
        {
            return null;
        }

        DateTime timeOfDay = new(1, 1, 1, Hour, Minute, Second, Millisecond);
        if (Year != 0)
        {
            return Day is >= 1 and <= 31 ? TimeZoneInfo.TransitionTime.CreateFixedDateRule(timeOfDay, Month, Day) : null;
        }

        return Day is >= 1 and <= 5 && DayOfWeek is >= 0 and <= 6
            ? TimeZoneInfo.TransitionTime.CreateFloatingDateRule(timeOfDay, Month, Day, (DayOfWeek)DayOfWeek)
            : null;
    }
}
