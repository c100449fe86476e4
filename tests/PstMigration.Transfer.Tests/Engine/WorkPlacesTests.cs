using Xunit;

namespace PstMigration.Transfer.Tests.Engine;

public sealed class WorkPlacesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task No_more_work_at_once_than_there_are_places_and_all_of_it_is_done(int places)
    {
        using WorkPlaces work = new(places, TestContext.Current.CancellationToken);
        int atOnce = 0;
        int most = 0;
        int done = 0;

        async Task OneAsync(int number)
        {
            using (await work.EnterAsync().ConfigureAwait(false))
            {
                int now = Interlocked.Increment(ref atOnce);
                InterlockedMost(ref most, now);

                // Some wait for something while they keep their place.
                if (number % 3 == 0)
                {
                    await Task.Yield();
                }

                Interlocked.Decrement(ref atOnce);
            }

            Interlocked.Increment(ref done);
        }

        await Task.WhenAll(Enumerable.Range(0, 500).Select(OneAsync)).WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal(500, done);
        Assert.InRange(most, 1, places);
    }

    [Fact]
    public async Task Who_comes_first_works_first()
    {
        using WorkPlaces work = new(1, TestContext.Current.CancellationToken);
        List<int> order = [];
        TaskCompletionSource<bool> hold = new();

        async Task OneAsync(int number)
        {
            using (await work.EnterAsync().ConfigureAwait(false))
            {
                await hold.Task.ConfigureAwait(false);
                order.Add(number);
            }
        }

        Task[] all = [.. Enumerable.Range(0, 50).Select(OneAsync)];
        hold.SetResult(true);
        await Task.WhenAll(all).WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Range(0, 50), order);
    }

    [Fact]
    public async Task Whoever_waits_or_comes_when_the_run_stops_is_turned_away()
    {
        using CancellationTokenSource stop = new();
        using WorkPlaces work = new(1, stop.Token);
        using WorkPlaces.Place first = await work.EnterAsync();
        Task<WorkPlaces.Place> waiting = work.EnterAsync();

        stop.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(work.EnterAsync);
    }

    private static void InterlockedMost(ref int most, int now)
    {
        for (int seen = Volatile.Read(ref most); now > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, now, seen);
        }
    }
}
