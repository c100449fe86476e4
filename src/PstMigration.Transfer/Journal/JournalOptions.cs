namespace PstMigration.Transfer;

/// <summary>How a journal is kept.</summary>
public sealed record JournalOptions
{
    /// <summary>
    /// Whether subjects are kept, and with them names of attachments and addresses in losses and reasons. Otherwise an item is known by its key and its
    /// folder alone.
    /// </summary>
    public bool IncludeSubject { get; init; }

    /// <summary>Is told where a journal cannot be kept, or had to be made anew; for people.</summary>
    public Action<string> Tell { get; init; } = _ => { };

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
