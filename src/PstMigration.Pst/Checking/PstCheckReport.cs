namespace PstMigration.Pst;

/// <summary>The outcome of a check.</summary>
/// <param name="Path">The file.</param>
/// <param name="Findings">In the order found; of each rule at most <see cref="PstCheckOptions.MaxFindingsPerRule"/>.</param>
/// <param name="Omitted">How many further findings there were, by rule id.</param>
/// <param name="Counts">How much was checked.</param>
/// <param name="Duration">How long it took.</param>
public sealed record PstCheckReport(
    string Path,
    IReadOnlyList<PstFinding> Findings,
    IReadOnlyDictionary<string, long> Omitted,
    PstCheckCounts Counts,
    TimeSpan Duration)
{
    /// <summary>Whether there is no <see cref="PstFindingSeverity.Error"/>.</summary>
    public bool IsValid => Findings.All(f => f.Severity != PstFindingSeverity.Error);
}
