namespace PstMigration.Mapi;

/// <summary>Minutes since 1601-01-01 in the time zone of a series, as recurrences count time.</summary>
internal static class CalendarMinutes
{
    public const int PerDay = 24 * 60;

    public static readonly DateTime Epoch = new(1601, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    public static DateTime ToTime(uint minutes) => Epoch.AddMinutes(minutes);

    public static uint FromTime(DateTime time) =>
        time <= Epoch ? 0 : (uint)Math.Min((time - Epoch).Ticks / TimeSpan.TicksPerMinute, uint.MaxValue);
}
