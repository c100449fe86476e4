using Microsoft.Extensions.Time.Testing;

namespace PstMigration.Mailboxes.Tests;

/// <summary>Runs what waits by a clock of its own.</summary>
internal static class Clock
{
    public static FakeTimeProvider Create() => new(new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero));

    /// <summary>Moves the clock on until the task is done.</summary>
    public static async Task<T> RunAsync<T>(this FakeTimeProvider clock, Task<T> task, TimeSpan? step = null)
    {
        while (!task.IsCompleted)
        {
            clock.Advance(step ?? TimeSpan.FromSeconds(1));
            await Task.WhenAny(task, Task.Delay(1));
        }

        return await task;
    }

    public static async Task RunAsync(this FakeTimeProvider clock, Task task, TimeSpan? step = null)
    {
        await RunAsync(clock, Wrap(task), step);

        static async Task<bool> Wrap(Task inner)
        {
            await inner;
            return true;
        }
    }
}
