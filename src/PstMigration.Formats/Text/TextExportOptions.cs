namespace PstMigration.Formats;

/// <summary>How <see cref="TextExport"/> writes.</summary>
public sealed class TextExportOptions
{
    /// <summary>The time zone times are shown in, always with their offset. UTC unless said otherwise.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;
}
