using System.Globalization;

namespace PstMigration;

/// <summary>Fills values into a text from the resources, the way the user's culture writes them.</summary>
internal static class LocalText
{
    internal static string Format(string text, params object?[] values) => string.Format(CultureInfo.CurrentCulture, text, values);

    /// <summary>A moment as pipeline objects tell it; its kind says that it is local.</summary>
    internal static DateTime? Time(DateTimeOffset? moment) => moment?.LocalDateTime;
}
