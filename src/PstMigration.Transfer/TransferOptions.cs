using System;
using System.Collections.Generic;
using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>What to copy and where to.</summary>
public sealed record TransferOptions
{
    /// <summary>Only these folders and what is below them; empty for all.</summary>
    public IReadOnlyList<FolderSelector> Folders { get; init; } = [];

    /// <summary>Everything goes below this folder of the target; null to bring Inbox to Inbox and the others beside it by name.</summary>
    public FolderPath? TargetRoot { get; init; }

    /// <summary>The clock for durations.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
