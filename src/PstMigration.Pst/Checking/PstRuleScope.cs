namespace PstMigration.Pst;

/// <summary>Whose files have to keep a rule.</summary>
public enum PstRuleScope : long
{
    /// <summary>Every file.</summary>
    Any,

    /// <summary>Files this library wrote; Outlook and others are known to deviate.</summary>
    OurWriter,
}
