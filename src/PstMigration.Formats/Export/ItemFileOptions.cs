using System;

namespace PstMigration.Formats;

/// <summary>How <see cref="ItemFileTree"/> writes.</summary>
public sealed class ItemFileOptions
{
    /// <summary>The zone of the times in names and headings.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Local;

    /// <summary>Writes items anew that are there already.</summary>
    public bool Replace { get; init; }

    /// <summary>JSON has binary values too.</summary>
    public bool IncludeBinary { get; init; }
}
