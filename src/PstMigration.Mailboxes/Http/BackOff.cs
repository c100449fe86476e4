namespace PstMigration.Mailboxes;

/// <summary>Waiting times that double from try to try, with up to a fifth more by chance so that callers do not march in step.</summary>
internal sealed class BackOff(TimeSpan first, TimeSpan longest)
{
    private readonly Random _random = new();

    /// <summary>The wait after the given try, counted from 1.</summary>
    public TimeSpan After(int attempt)
    {
        double ticks = Math.Min(longest.Ticks, first.Ticks * Math.Pow(2, attempt - 1));
        lock (_random)
        {
            return TimeSpan.FromTicks((long)(ticks * (1 + (_random.NextDouble() / 5))));
        }
    }
}
