namespace PstMigration.Transfer;

/// <summary>How much a line of a log matters.</summary>
public enum LogLevel
{
    /// <summary>What was done.</summary>
    Information,

    /// <summary>Something was skipped, lost or waited for.</summary>
    Warning,

    /// <summary>Something did not arrive, or the run ended.</summary>
    Error,
}
