namespace PstMigration.Mapi;

/// <summary>
/// Names of time zones: Windows has its own, other systems those of IANA. .NET translates them; .NET Framework runs on Windows and need not.
/// </summary>
public static class TimeZoneNames
{
    /// <summary>The name Windows has for a zone; its own where no other is known.</summary>
    public static string Windows(TimeZoneInfo zone)
    {
        if (zone is null)
        {
            throw new ArgumentNullException(nameof(zone));
        }

#if NET
        return TimeZoneInfo.TryConvertIanaIdToWindowsId(zone.Id, out string? name) ? name : zone.Id;
#else
        return zone.Id;
#endif
    }
}
