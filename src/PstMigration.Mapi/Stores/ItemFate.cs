namespace PstMigration.Mapi;

/// <summary>What became of an item that was read. Every one has exactly one fate.</summary>
public enum ItemFate
{
    /// <summary>Written to the target.</summary>
    Copied,

    /// <summary>Found in the target; nothing was written.</summary>
    AlreadyThere,

    /// <summary>Left out on purpose; the reason is recorded.</summary>
    Skipped,

    /// <summary>Not written; the reason is recorded.</summary>
    Failed,

    /// <summary>Sent, but no answer said whether it arrived, and it was not found afterwards.</summary>
    Unsure,
}
