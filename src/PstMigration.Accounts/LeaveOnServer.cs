using System.Globalization;

namespace PstMigration.Accounts;

/// <summary>Whether POP mail stays on the server after it was fetched. What does not stay exists in the data file alone.</summary>
public sealed class LeaveOnServer
{
    /// <summary>Copies stay.</summary>
    public bool IsEnabled { get; init; }

    /// <summary>They go after so many days; null if never by age.</summary>
    public int? RemoveAfterDays { get; init; }

    /// <summary>They go when removed from the Deleted Items folder.</summary>
    public bool RemoveWhenDeleted { get; init; }

    /// <summary>A short form: No, Yes, or 14 days.</summary>
    public override string ToString() => !IsEnabled ? "No"
        : RemoveAfterDays is int days ? string.Format(CultureInfo.InvariantCulture, "{0} days", days) : "Yes";

    /// <summary>
    /// From Outlook's value "Leave on Server": bit 0 leaves, bit 1 removes after days, bit 2 removes with Deleted Items, the high word is
    /// the number of days.
    /// </summary>
    internal static LeaveOnServer FromOutlook(uint value) => new()
    {
        IsEnabled = (value & 1) != 0,
        RemoveAfterDays = (value & 3) == 3 ? (int)(value >> 16) : null,
        RemoveWhenDeleted = (value & 5) == 5,
    };
}
