namespace PstMigration.Formats;

/// <summary>How <see cref="HtmlExport"/> writes.</summary>
public sealed class HtmlExportOptions
{
    /// <summary>The time zone times are shown in, always with their offset. UTC unless said otherwise.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Bytes of one picture at most; a larger one is left out.</summary>
    public long MaximumPictureSize { get; init; } = 8 * 1024 * 1024;

    /// <summary>Bytes of all pictures of an item at most.</summary>
    public long MaximumPicturesSize { get; init; } = 32 * 1024 * 1024;

    /// <summary>Is given the RTF where the body was written as that, to keep it elsewhere; null to tell it as a loss.</summary>
    public Action<byte[]>? KeepRtf { get; init; }
}
