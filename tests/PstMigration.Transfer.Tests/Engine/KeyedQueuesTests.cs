using System.Collections.Concurrent;
using PstMigration.Transfer;
using Xunit;

namespace PstMigration.Transfer.Tests.Engine;

public sealed class KeyedQueuesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_goes_into_one_place_is_done_in_order_and_places_at_once()
    {
        KeyedQueues<(string Place, int Number)> queues = Make(4, 3);
        ConcurrentQueue<(string Place, int Number)> done = new();
        using Barrier all = new(4);

        // Each waits for the other three: nobody comes through where fewer run at once.
        await queues.RunAsync(
            4,
            (work, stop) =>
            {
                Assert.True(all.SignalAndWait(TimeSpan.FromSeconds(30), stop));
                done.Enqueue(work);
                return Task.CompletedTask;
            },
            Token);

        Assert.Equal(12, queues.Count);
        Assert.All(done.GroupBy(w => w.Place), place => Assert.Equal([0, 1, 2], place.Select(w => w.Number)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task No_more_run_at_once_than_are_allowed(int atOnce)
    {
        int running = 0;
        int most = 0;
        object gate = new();
        await Make(6, 2).RunAsync(
            atOnce,
            async (_, stop) =>
            {
                lock (gate)
                {
                    most = Math.Max(most, ++running);
                }

                await Task.Yield();
                lock (gate)
                {
                    running--;
                }
            },
            Token);

        Assert.InRange(most, 1, atOnce);
    }

    [Fact]
    public async Task A_failure_stops_all_and_is_what_is_thrown()
    {
        using Barrier all = new(3);
        int begun = 0;
        await Assert.ThrowsAsync<InvalidOperationException>(() => Make(3, 5).RunAsync(
            3,
            async (work, stop) =>
            {
                Interlocked.Increment(ref begun);
                all.SignalAndWait(stop);
                if (work.Place == "1")
                {
                    throw new InvalidOperationException();
                }

                await Task.Delay(Timeout.Infinite, stop);
            },
            Token));

        Assert.Equal(3, begun);
    }

    private static KeyedQueues<(string Place, int Number)> Make(int places, int each)
    {
        KeyedQueues<(string, int)> queues = new();
        for (int number = 0; number < each; number++)
        {
            for (int place = 0; place < places; place++)
            {
                queues.Add(place.ToString(System.Globalization.CultureInfo.InvariantCulture), (place.ToString(System.Globalization.CultureInfo.InvariantCulture), number));
            }
        }

        return queues;
    }
}
