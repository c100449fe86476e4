namespace PstMigration.Mailboxes.Diagnosis;

/// <summary>How a step ended.</summary>
public enum ConnectionOutcome : long
{
    /// <summary>As it should be.</summary>
    Passed,

    /// <summary>It works, but something is not as it usually is.</summary>
    Warning,

    /// <summary>It does not work.</summary>
    Failed,
}
