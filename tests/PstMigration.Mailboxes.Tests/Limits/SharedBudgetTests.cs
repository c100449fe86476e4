using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace PstMigration.Mailboxes.Tests.Limits;

/// <summary>Two budgets over one folder are two processes: files are locked against each other whoever opens them.</summary>
public sealed class SharedBudgetTests : IDisposable
{
    private static readonly MailboxLimits s_small = new()
    {
        ConcurrentRequests = 4,
        Requests = 10,
        RequestWindow = TimeSpan.FromSeconds(100),
        UploadBytes = 1000,
        UploadWindow = TimeSpan.FromSeconds(50),
    };

    private readonly FakeTimeProvider _clock = Clock.Create();
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "limits-" + Guid.NewGuid().ToString("N"));

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public async Task Requests_of_all_processes_count_in_one_window()
    {
        MailboxBudget[] processes = [Process(), Process()];
        List<DateTimeOffset> times = [];

        for (int i = 0; i < 30; i++)
        {
            (await AskAsync(processes[i % 2])).Dispose();
            times.Add(_clock.GetUtcNow());
        }

        Assert.All(Enumerable.Range(0, 20), i => Assert.True(times[i + 10] - times[i] > TimeSpan.FromSeconds(100)));
    }

    [Fact]
    public async Task Where_no_file_of_a_place_can_be_opened_though_nobody_has_it_a_process_keeps_the_limits_alone()
    {
        // As where another user, or an elevated session, has made the folder: access is denied, and stays so.
        MailboxBudget budget = Process();
        for (int i = 1; i <= s_small.ConcurrentRequests; i++)
        {
            Directory.CreateDirectory(Path.Combine(Directory.GetDirectories(_folder)[0], "place" + i));
        }

        Task<IDisposable> asked = budget.AcquireAsync(0, null, CancellationToken.None);
        for (int i = 0; i < 3600 && !asked.IsCompleted; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.True(await Task.WhenAny(asked, Task.Delay(5000)) == asked, "The request waits for ever, and nobody is told.");
    }

    [Fact]
    public async Task Bytes_of_a_process_that_has_ended_count()
    {
        (await AskAsync(Process(), 1000)).Dispose();
        DateTimeOffset start = _clock.GetUtcNow();

        (await AskAsync(Process(), 1)).Dispose();

        Assert.InRange((_clock.GetUtcNow() - start).TotalSeconds, 49, 55);
    }

    [Fact]
    public async Task A_pause_the_service_asked_one_process_for_holds_for_the_others()
    {
        MailboxBudget one = Process();
        MailboxBudget other = Process();
        one.Pause(TimeSpan.FromSeconds(60));
        DateTimeOffset start = _clock.GetUtcNow();

        (await AskAsync(other)).Dispose();

        Assert.True(_clock.GetUtcNow() - start >= TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Places_are_never_more_than_the_limit_and_go_in_equal_shares_to_those_who_ask()
    {
        MailboxBudget one = Process();
        MailboxBudget other = Process();
        IDisposable[] ofOne = [await AskAsync(one), await AskAsync(one), await AskAsync(one), await AskAsync(one)];
        Task<IDisposable> first = other.AcquireAsync(0, null, CancellationToken.None);
        await PassAsync();
        Assert.False(first.IsCompleted);

        // What the first gives back it does not take again, once it knows that another asks.
        ofOne[0].Dispose();
        using IDisposable got = await _clock.RunAsync(first);
        ofOne[1].Dispose();
        ofOne[2].Dispose();
        Task<IDisposable> second = one.AcquireAsync(0, null, CancellationToken.None);
        Task<IDisposable> third = one.AcquireAsync(0, null, CancellationToken.None);
        using IDisposable more = await AskAsync(other);
        using IDisposable again = await _clock.RunAsync(second);
        await PassAsync();
        Assert.False(third.IsCompleted);

        ofOne[3].Dispose();
        (await _clock.RunAsync(third)).Dispose();
    }

    [Fact]
    public async Task Whoever_asks_for_nothing_leaves_all_places_to_the_others()
    {
        MailboxBudget one = Process();
        MailboxBudget other = Process();
        (await AskAsync(one)).Dispose();
        (await AskAsync(other)).Dispose();
        _clock.Advance(TimeSpan.FromMinutes(1));

        IDisposable[] all = [await AskAsync(other), await AskAsync(other), await AskAsync(other), await AskAsync(other)];

        Assert.Equal(4, all.Length);
        Array.ForEach(all, a => a.Dispose());
    }

    [Fact]
    public async Task Many_processes_at_once_stay_within_the_places_and_all_get_on()
    {
        MailboxLimits limits = s_small with { Requests = 10_000 };
        int underWay = 0;
        int most = 0;
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Process(limits, TimeProvider.System)).Select(p => Task.Run(async () =>
        {
            for (int i = 0; i < 10; i++)
            {
                using IDisposable place = await p.AcquireAsync(0, null, CancellationToken.None);
                int now = Interlocked.Increment(ref underWay);
                lock (limits)
                {
                    most = Math.Max(most, now);
                }

                await Task.Delay(2);
                Interlocked.Decrement(ref underWay);
            }
        })));

        Assert.InRange(most, 2, 4);
    }

    [Fact]
    public async Task Damaged_counts_keep_nobody_out_and_names_tell_nothing()
    {
        (await AskAsync(Process())).Dispose();
        string file = Assert.Single(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories));
        File.WriteAllBytes(file, [1, 0, 0, 0, 255, 255, 255]);

        (await AskAsync(Process())).Dispose();

        Assert.DoesNotContain("contoso", file, StringComparison.OrdinalIgnoreCase);
        Assert.True(new FileInfo(file).Length > 50);
    }

    [Fact]
    public async Task Where_no_folder_can_be_made_a_process_keeps_the_limits_alone()
    {
        File.WriteAllText(_folder, "");
        try
        {
            (await AskAsync(Process())).Dispose();
        }
        finally
        {
            File.Delete(_folder);
        }
    }

    private MailboxBudget Process() => Process(s_small, _clock);

    private MailboxBudget Process(MailboxLimits limits, TimeProvider clock)
    {
        BudgetKey key = BudgetKey.Create("graph.microsoft.com", "app", "anna@contoso.example", clock);
        return new MailboxBudget(limits, clock, SharedBudget.Open(_folder, key, limits.ConcurrentRequests));
    }

    private Task<IDisposable> AskAsync(MailboxBudget budget, long bytes = 0) =>
        _clock.RunAsync(budget.AcquireAsync(bytes, null, CancellationToken.None), TimeSpan.FromMilliseconds(500));

    /// <summary>Lets what waits for a moment look again.</summary>
    private async Task PassAsync()
    {
        for (int i = 0; i < 5; i++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Delay(2);
        }
    }
}
