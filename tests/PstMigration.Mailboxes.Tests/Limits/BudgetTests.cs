using System.Net.Http;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace PstMigration.Mailboxes.Tests.Limits;

public sealed class BudgetTests
{
    private static readonly MailboxLimits s_small = new()
    {
        ConcurrentRequests = 2,
        Requests = 10,
        RequestWindow = TimeSpan.FromSeconds(100),
        UploadBytes = 1000,
        UploadWindow = TimeSpan.FromSeconds(50),
    };

    private readonly FakeTimeProvider _clock = Clock.Create();

    [Fact]
    public void Default_limits_stay_below_the_published_ones()
    {
        MailboxLimits limits = new();

        Assert.InRange(limits.ConcurrentRequests, 1, 4);
        Assert.InRange(limits.Requests / limits.RequestWindow.TotalMinutes, 1, 1000);
        Assert.InRange(limits.UploadBytes / limits.UploadWindow.TotalMinutes, 1, 30_000_000);
    }

    [Fact]
    public async Task Requests_beyond_the_window_wait_for_it_to_slide()
    {
        MailboxBudget budget = new(s_small, _clock);
        List<DateTimeOffset> times = [];

        for (int i = 0; i < 30; i++)
        {
            (await _clock.RunAsync(budget.AcquireAsync(0, null, CancellationToken.None))).Dispose();
            times.Add(_clock.GetUtcNow());
        }

        // No stretch of 100 seconds holds more than 10.
        Assert.All(Enumerable.Range(0, 20), i => Assert.True(times[i + 10] - times[i] > TimeSpan.FromSeconds(100)));
        Assert.True(times[^1] - times[0] < TimeSpan.FromSeconds(220));
    }

    [Fact]
    public async Task Bytes_beyond_the_window_wait_for_it_to_slide()
    {
        MailboxBudget budget = new(s_small, _clock);
        DateTimeOffset start = _clock.GetUtcNow();

        (await budget.AcquireAsync(600, null, CancellationToken.None)).Dispose();
        (await budget.AcquireAsync(400, null, CancellationToken.None)).Dispose();
        (await _clock.RunAsync(budget.AcquireAsync(1, null, CancellationToken.None))).Dispose();

        Assert.InRange((_clock.GetUtcNow() - start).TotalSeconds, 50, 53);
    }

    [Fact]
    public async Task A_body_larger_than_the_whole_budget_goes_alone()
    {
        MailboxBudget budget = new(s_small, _clock);

        (await budget.AcquireAsync(5000, null, CancellationToken.None)).Dispose();
        Task<IDisposable> next = budget.AcquireAsync(1, null, CancellationToken.None);
        Assert.False(next.IsCompleted);
        (await _clock.RunAsync(next)).Dispose();
    }

    [Fact]
    public async Task No_more_requests_are_under_way_than_allowed()
    {
        MailboxBudget budget = new(s_small, _clock);

        IDisposable a = await budget.AcquireAsync(0, null, CancellationToken.None);
        IDisposable b = await budget.AcquireAsync(0, null, CancellationToken.None);
        Task<IDisposable> c = budget.AcquireAsync(0, null, CancellationToken.None);
        Assert.False(c.IsCompleted);
        a.Dispose();
        (await c).Dispose();
        b.Dispose();
    }

    [Fact]
    public async Task A_cancelled_wait_gives_its_place_back()
    {
        MailboxBudget budget = new(s_small with { ConcurrentRequests = 1 }, _clock);
        budget.Pause(TimeSpan.FromSeconds(30));
        using CancellationTokenSource stop = new();
        Task<IDisposable> waiting = budget.AcquireAsync(0, null, stop.Token);
        stop.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        (await _clock.RunAsync(budget.AcquireAsync(0, null, CancellationToken.None))).Dispose();
    }

    [Fact]
    public async Task Retry_after_pauses_every_connection_to_the_mailbox()
    {
        string address = Connections.NewAddress();
        ScriptedHandler throttled = new(ScriptedHandler.Answer(429, retryAfter: TimeSpan.FromSeconds(60)), ScriptedHandler.Answer(200));
        ScriptedHandler other = new(ScriptedHandler.Answer(200));
        using HttpClient first = Connections.Client(throttled, _clock, address: address);
        using HttpClient second = Connections.Client(other, _clock, address: address.ToUpperInvariant());
        DateTimeOffset start = _clock.GetUtcNow();

        Task<HttpResponseMessage> a = first.GetAsync("https://graph.microsoft.com/v1.0/me");
        await Task.Delay(20);
        Task<HttpResponseMessage> b = second.GetAsync("https://graph.microsoft.com/v1.0/me");
        await Task.Delay(20);

        Assert.Empty(other.Asked);
        await _clock.RunAsync(Task.WhenAll(a, b));
        Assert.True(_clock.GetUtcNow() - start >= TimeSpan.FromSeconds(60));
        Assert.Single(other.Asked);
    }

    [Fact]
    public async Task Too_many_requests_at_once_make_them_fewer_and_answers_make_them_more_again()
    {
        MailboxBudget budget = new(new MailboxLimits(), _clock);
        Assert.Equal(4, await PlacesAsync());

        budget.Answered(hadPlace: false);
        budget.Answered(hadPlace: false);
        Assert.Equal(2, await PlacesAsync());

        for (int i = 0; i < 10; i++)
        {
            budget.Answered(hadPlace: false);
        }

        Assert.Equal(1, await PlacesAsync());
        for (int i = 0; i < 200; i++)
        {
            budget.Answered(hadPlace: true);
        }

        Assert.Equal(4, await PlacesAsync());

        async Task<int> PlacesAsync()
        {
            using CancellationTokenSource stop = new();
            Task<IDisposable>[] asked = [.. Enumerable.Range(0, 6).Select(_ => budget.AcquireAsync(0, null, stop.Token))];
            int got = asked.Count(a => a.IsCompleted);
            stop.Cancel();
            foreach (Task<IDisposable> one in asked)
            {
                try
                {
                    (await one).Dispose();
                }
                catch (OperationCanceledException)
                {
                    // It was not its turn.
                }
            }

            return got;
        }
    }

    [Theory]
    [InlineData("Application is over its MailboxConcurrency limit.", 3)]
    [InlineData("Application is over its RequestCount limit.", 4)]
    public async Task Only_want_of_a_place_makes_requests_fewer(string message, int left)
    {
        string address = Connections.NewAddress();
        ScriptedHandler service = new(
            ScriptedHandler.Error(429, "ApplicationThrottled", message),
            ScriptedHandler.Answer(200));
        using HttpClient client = Connections.Client(service, _clock, address: address);
        await _clock.RunAsync(client.GetAsync("https://graph.microsoft.com/v1.0/me"));
        MailboxBudget budget = BudgetRegistry.Get(BudgetKey.Create("graph.microsoft.com", "", address, _clock), new MailboxLimits());

        Task<IDisposable>[] asked = [.. Enumerable.Range(0, 4).Select(_ => budget.AcquireAsync(0, null, CancellationToken.None))];

        Assert.Equal(left, asked.Count(a => a.IsCompleted));
        foreach (Task<IDisposable> one in asked)
        {
            (await one).Dispose();
        }
    }

    [Fact]
    public void Budgets_are_shared_by_cloud_app_and_mailbox()
    {
        MailboxLimits limits = new();
        MailboxBudget one = BudgetRegistry.Get(BudgetKey.Create("graph.microsoft.com", "app", "a@b.example", _clock), limits);

        Assert.Same(one, BudgetRegistry.Get(BudgetKey.Create("GRAPH.microsoft.com", "APP", "A@b.example", _clock), limits));
        Assert.NotSame(one, BudgetRegistry.Get(BudgetKey.Create("graph.microsoft.us", "app", "a@b.example", _clock), limits));
        Assert.NotSame(one, BudgetRegistry.Get(BudgetKey.Create("graph.microsoft.com", "other", "a@b.example", _clock), limits));
        Assert.NotSame(one, BudgetRegistry.Get(BudgetKey.Create("graph.microsoft.com", "app", "c@b.example", _clock), limits));
    }
}
