using System.Collections.Concurrent;
using Xunit;

namespace PstMigration.Mapi.Tests;

public sealed class OrderedParallelTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Results_come_in_the_order_of_the_items(int threads)
    {
        int[] items = [.. Enumerable.Range(0, 1000)];

        Assert.Equal(items.Select(i => i * 3), OrderedParallel.Select(items, Slowly, threads, TestContext.Current.CancellationToken));

        // Every seventh takes longer than those after it.
        static int Slowly(int item)
        {
            Thread.SpinWait(item % 7 == 0 ? 20_000 : 10);
            return item * 3;
        }
    }

    [Fact]
    public void As_many_work_at_once_as_asked_for()
    {
        using Barrier all = new(3);
        ConcurrentBag<int> counts = [];
        int now = 0;

        // Each waits for two others: with fewer threads it would never end.
        int[] results = [.. OrderedParallel.Select(Enumerable.Range(0, 30), Meet, 3, TestContext.Current.CancellationToken)];

        Assert.Equal(30, results.Length);
        Assert.Equal(3, counts.Max());

        int Meet(int item)
        {
            counts.Add(Interlocked.Increment(ref now));
            Assert.True(all.SignalAndWait(TimeSpan.FromSeconds(30)));
            Interlocked.Decrement(ref now);
            return item;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Items_are_listed_as_results_are_taken(int threads)
    {
        int listed = 0;
        IEnumerable<int> Endless()
        {
            while (true)
            {
                yield return listed++;
            }
        }

        Assert.Equal([0, 1, 2, 3, 4], OrderedParallel.Select(Endless(), i => i, threads, TestContext.Current.CancellationToken).Take(5));
        Assert.InRange(listed, 5, 50);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void What_work_throws_is_thrown_in_its_place(int threads)
    {
        List<int> seen = [];

        Assert.Throws<InvalidOperationException>(() =>
        {
            foreach (int result in OrderedParallel.Select(Enumerable.Range(0, 100), Fail, threads, TestContext.Current.CancellationToken))
            {
                seen.Add(result);
            }
        });

        Assert.Equal(Enumerable.Range(0, 10), seen);
        static int Fail(int item) => item == 10 ? throw new InvalidOperationException() : item;
    }

    [Fact]
    public void Nothing_runs_any_more_once_it_is_left()
    {
        int running = 0;
        using (IEnumerator<int> results = OrderedParallel.Select(Enumerable.Range(0, 100), Work, 4, TestContext.Current.CancellationToken).GetEnumerator())
        {
            Assert.True(results.MoveNext());
        }

        Assert.Equal(0, Volatile.Read(ref running));

        int Work(int item)
        {
            Interlocked.Increment(ref running);
            Thread.SpinWait(50_000);
            Interlocked.Decrement(ref running);
            return item;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Cancellation_ends_it(int threads)
    {
        using CancellationTokenSource cancellation = new();
        IEnumerable<int> results = OrderedParallel.Select(Enumerable.Range(0, 1000), i => i, threads, cancellation.Token);

        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            foreach (int result in results)
            {
                if (result == 3)
                {
                    cancellation.Cancel();
                }
            }
        });
    }
}
