using System.Globalization;

namespace PstMigration.Pst;

/// <summary>How a data file is changed.</summary>
public sealed record PstEditOptions
{
    /// <summary>When changes are committed without a call; null for only when called.</summary>
    public PstCommitGroup? CommitGroup { get; init; }

    /// <summary>The most bytes the file may have; items that would make it larger are refused. Null for no limit.</summary>
    public long? MaxLength { get; init; }

    /// <summary>The language of the names of folders that are made because the file lacks them.</summary>
    public CultureInfo Language { get; init; } = CultureInfo.CurrentUICulture;

    /// <summary>The clock, for items that have no times and for <see cref="CommitGroup"/>.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
