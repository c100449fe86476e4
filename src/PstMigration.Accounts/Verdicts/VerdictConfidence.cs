namespace PstMigration.Accounts.Verdicts;

/// <summary>How sure a verdict is.</summary>
public enum VerdictConfidence : long
{
    /// <summary>A guess from names, or a fact that the provider itself has not published.</summary>
    Low,

    /// <summary>From what servers say, or from a rule that administrators can change.</summary>
    Medium,

    /// <summary>A published rule of a provider that is known by its domain or server.</summary>
    High,
}
