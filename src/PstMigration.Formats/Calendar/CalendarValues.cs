namespace PstMigration.Formats;

/// <summary>Values of iCalendar and what Outlook has for them.</summary>
internal static class CalendarValues
{
    private const int MostMinutes = 10_000_000;

    /// <summary>X-MICROSOFT-CDO-BUSYSTATUS; null for anything else.</summary>
    public static int? Busy(string? text) => text?.Trim().ToUpperInvariant() switch
    {
        "FREE" => 0,
        "TENTATIVE" => 1,
        "BUSY" => 2,
        "OOF" => 3,
        "WORKINGELSEWHERE" => 4,
        _ => null,
    };

    /// <summary>A duration such as P1DT2H30M (RFC 5545 3.3.6), in minutes; null for what is none.</summary>
    public static int? Minutes(string duration)
    {
        long total = 0;
        long number = 0;
        foreach (char c in duration.Trim().TrimStart('+').ToUpperInvariant())
        {
            switch (c)
            {
                case >= '0' and <= '9' when number < 100_000_000:
                    number = (number * 10) + c - '0';
                    break;
                case 'P' or 'T':
                    break;
                case 'W' or 'D' or 'H' or 'M' or 'S':
                    total += number * (c switch { 'W' => 7 * 24 * 60, 'D' => 24 * 60, 'H' => 60, 'M' => 1, _ => 0 });
                    number = 0;
                    break;
                default:
                    return null;
            }
        }

        return total <= MostMinutes ? (int)total : null;
    }
}
