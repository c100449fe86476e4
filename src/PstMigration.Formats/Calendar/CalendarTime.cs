using System.Globalization;

namespace PstMigration.Formats;

/// <summary>A date or a time of iCalendar (RFC 5545 3.3.4, 3.3.5).</summary>
/// <param name="Value">Year to second.</param>
/// <param name="IsUtc">In UTC.</param>
/// <param name="IsDate">Without a time of day.</param>
/// <param name="ZoneId">The zone it names, or null.</param>
internal readonly record struct CalendarTime(DateTime Value, bool IsUtc, bool IsDate, string? ZoneId)
{
    private static readonly string[] s_forms = ["yyyyMMdd'T'HHmmss", "yyyyMMdd", "yyyyMMdd'T'HHmm"];

    /// <summary>Whether Outlook can hold it whatever its zone is: its dates go from 1601 to 4500.</summary>
    public bool CanBeHeld => IsHeld(Value);

    /// <summary>Neither in UTC nor in a zone: it is that time wherever it is read (RFC 5545 3.3.5, form 1).</summary>
    public bool IsFloating => !IsUtc && !IsDate && string.IsNullOrEmpty(ZoneId);

    /// <summary>Whether it is the start of a day.</summary>
    public bool IsMidnight => Value.TimeOfDay == TimeSpan.Zero;

    /// <summary>Whether Outlook can hold a time.</summary>
    public static bool IsHeld(DateTime time) => time.Year is > 1601 and < 4500;

    /// <summary>Reads a value; null for what is none. Programs write the longer form of ISO 8601 too, without seconds or with an offset, which is then undone.</summary>
    public static CalendarTime? Parse(string text, string? zoneId)
    {
        string trimmed = text.Trim();
        int sign = trimmed.IndexOf('T') is > 0 and int time ? trimmed.IndexOfAny(['+', '-'], time) : -1;
        if (sign > 0)
        {
            return MailZone.Parse(trimmed.Substring(sign)) is TimeSpan offset && Parse(trimmed.Substring(0, sign), null) is CalendarTime local && local.CanBeHeld
                ? new CalendarTime(local.Value - offset, IsUtc: true, IsDate: false, null)
                : null;
        }

        bool isLong = trimmed.Length > 7 && trimmed[4] == '-' && trimmed[7] == '-';
        trimmed = isLong ? trimmed.Replace("-", "").Replace(":", "") : trimmed;
        bool isUtc = trimmed.EndsWith("Z", StringComparison.OrdinalIgnoreCase);
        return DateTime.TryParseExact(trimmed.TrimEnd('Z', 'z'), s_forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime value)
            ? new CalendarTime(DateTime.SpecifyKind(value, DateTimeKind.Unspecified), isUtc, trimmed.Length == 8, zoneId)
            : null;
    }
}
