using PstMigration.Mapi;

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

    /// <summary>
    /// Is given each attachment that is not shown in the body, and keeps it elsewhere: gives the address the heading links it with, relative to the document; null where it
    /// could not, with a loss.
    /// </summary>
    internal Func<MapiAttachment, LossList, string?>? KeepAttachment { get; init; }

    /// <summary>Is given the heading and the names of the attachments that are not shown in the body.</summary>
    internal Action<ItemHeading, IReadOnlyList<string>>? Tell { get; init; }

    /// <summary>Is given the RTF where the body was written as that, to keep it elsewhere; null to tell it as a loss.</summary>
    public Action<byte[]>? KeepRtf { get; init; }
}
