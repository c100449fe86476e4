using System;

namespace PstMigration.Formats;

/// <summary>How trees of mail files are written.</summary>
public sealed class MailTreeOptions
{
    /// <summary>How each message is written; state is always kept.</summary>
    public MimeExportOptions Mime { get; init; } = new();

    /// <summary>The zone of the times in file names.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Local;
}
