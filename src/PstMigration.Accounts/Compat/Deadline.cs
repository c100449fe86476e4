namespace PstMigration.Accounts.Compat;

/// <summary>Cancellation after a time by a clock, which the two frameworks spell differently.</summary>
internal static class Deadline
{
    /// <summary>A source that cancels when the time has passed.</summary>
    public static CancellationTokenSource After(TimeProvider clock, TimeSpan time) =>
#if NETFRAMEWORK
        System.Threading.Tasks.TimeProviderTaskExtensions.CreateCancellationTokenSource(clock, time);
#else
        new(time, clock);
#endif
}
