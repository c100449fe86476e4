namespace PstMigration.Transfer;

/// <summary>One run of a transfer.</summary>
/// <param name="Number">From 1 on.</param>
/// <param name="Options">What it was asked to do, in words of whoever started it.</param>
/// <param name="Started">When it began.</param>
public sealed record JournalRun(long Number, string Options, DateTimeOffset Started)
{
    /// <summary>The options of a run that takes the transfer back; no run that copies has them.</summary>
    internal const string Undo = "Undo";

    /// <summary>Whether it took the transfer back.</summary>
    public bool IsUndo => Options == Undo;

    /// <summary>When it ended; null while it goes on, and for ever where it was killed.</summary>
    public DateTimeOffset? Finished { get; init; }

    /// <summary>The id of the error that ended it; null where there was none.</summary>
    public string? ErrorId { get; init; }

    /// <summary>That error for people.</summary>
    public string? Error { get; init; }

    /// <summary>What became of it.</summary>
    public JournalRunState State { get; init; }
}

/// <summary>What became of a run.</summary>
public enum JournalRunState
{
    /// <summary>It goes on.</summary>
    Running,

    /// <summary>It came to its end.</summary>
    Completed,

    /// <summary>It took the transfer back and came to its end; the items that are left are those that stayed.</summary>
    Undone,

    /// <summary>An error ended it.</summary>
    Failed,

    /// <summary>It was stopped or killed and did not say so.</summary>
    Interrupted,
}
