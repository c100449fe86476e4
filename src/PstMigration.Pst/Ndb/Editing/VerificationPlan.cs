namespace PstMigration.Pst.Ndb.Editing;

/// <summary>When a file is verified.</summary>
/// <param name="BackgroundFrom">Bytes from which a file is verified beside the first commits rather than before it is touched.</param>
/// <param name="Scheduler">Where that is done.</param>
internal sealed record VerificationPlan(long BackgroundFrom, TaskScheduler Scheduler)
{
    /// <summary>128 MB take some 10 ms in a warm cache (docs/benchmarks.md).</summary>
    public static readonly VerificationPlan Usual = new(128 << 20, TaskScheduler.Default);
}
