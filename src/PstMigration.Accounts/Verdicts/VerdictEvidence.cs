namespace PstMigration.Accounts.Verdicts;

/// <summary>Something a verdict rests on.</summary>
/// <param name="Kind">Where it comes from.</param>
/// <param name="Text">What was found.</param>
/// <param name="Source">Where it is written, or who said it; empty where the text says all.</param>
public sealed record VerdictEvidence(EvidenceKind Kind, string Text, string Source)
{
    /// <inheritdoc/>
    public override string ToString() => Kind + ": " + Text;
}
