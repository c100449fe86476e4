namespace PstMigration.Pst;

/// <summary>How far a check is.</summary>
/// <param name="Phase">The part it is at.</param>
/// <param name="Done">Pages, regions, blocks or nodes done in this part.</param>
/// <param name="Total">As many there are; 0 while unknown.</param>
/// <param name="Counts">What was checked so far.</param>
public sealed record PstCheckProgress(PstCheckPhase Phase, long Done, long Total, PstCheckCounts Counts);
