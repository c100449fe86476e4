namespace PstMigration.Pst;

/// <summary>How bad a finding is.</summary>
public enum PstFindingSeverity : long
{
    /// <summary>Worth knowing; nothing is wrong.</summary>
    Information,

    /// <summary>Not as it should be, but readers and Outlook put up with it.</summary>
    Warning,

    /// <summary>Damage: something cannot be read, or may be lost when the file is written to.</summary>
    Error,
}
