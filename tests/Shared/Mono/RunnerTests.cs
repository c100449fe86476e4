using Xunit;

namespace PstMigration.Tests;

public sealed class RunnerTests
{
    [Fact]
    public void Mono_suspends_threads_preemptively_or_a_green_run_may_still_abort()
    {
        Assert.SkipWhen(Type.GetType("Mono.Runtime") is null, "Not run by mono.");
        Assert.Equal("preemptive", Environment.GetEnvironmentVariable("MONO_THREADS_SUSPEND"));
    }
}
