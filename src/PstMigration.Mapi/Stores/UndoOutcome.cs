namespace PstMigration.Mapi;

/// <summary>What became of a copy, or of a folder, when a transfer was taken back.</summary>
public enum UndoOutcome
{
    /// <summary>It was put into the deleted items, or taken out of the store where that was asked for.</summary>
    Removed,

    /// <summary>It was gone, or among the deleted items, already.</summary>
    Gone,

    /// <summary>It stays: somebody has changed, flagged or categorized it.</summary>
    Changed,

    /// <summary>It stays: somebody has moved it.</summary>
    Moved,

    /// <summary>It stays: somebody has answered or forwarded it.</summary>
    Answered,

    /// <summary>It stays: its source has let go of it or is no more, and it may be all there is.</summary>
    Kept,

    /// <summary>A folder stays: something is in it.</summary>
    NotEmpty,
}
