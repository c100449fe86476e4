using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace PstMigration.Mailboxes.Tests.Limits;

/// <summary>Who writes into a mailbox. Two over one folder are two processes: files are locked against each other whoever opens them.</summary>
public sealed class TurnTests : IDisposable
{
    private readonly FakeTimeProvider _clock = Clock.Create();
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "turns-" + Guid.NewGuid().ToString("N"));

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_writer_waits_for_that_of_another_process_says_so_and_is_told_that_it_wrote()
    {
        MailboxTurns[] processes = [Process(), Process()];
        List<MailboxWait> told = [];
        WaitTeller waits = new(told.Add, _clock);
        (IDisposable first, bool firstNew) = await processes[0].BeginAsync("a", waits, CancellationToken.None);

        Task<(IDisposable Turn, bool OthersWrote)> second = processes[1].BeginAsync("b", waits, CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(90));
        Assert.False(second.IsCompleted);
        Assert.NotNull(Assert.Single(told, w => w.Until is not null && w == told[0]).Until);
        first.Dispose();
        (IDisposable turn, bool isNew) = await _clock.RunAsync(second);
        turn.Dispose();

        Assert.Equal((true, true), (firstNew, isNew));
        Assert.True(await BeginAsync(processes[0], "a"));
        Assert.False(await BeginAsync(processes[0], "a"));
        Assert.True(await BeginAsync(processes[1], "b"));
    }

    [Fact]
    public async Task Writers_of_one_process_take_turns_too_and_one_that_gives_up_leaves_the_turn()
    {
        MailboxTurns turns = Process();
        (IDisposable first, _) = await turns.BeginAsync("a", null, CancellationToken.None);
        using CancellationTokenSource stop = new();

        Task<(IDisposable Turn, bool OthersWrote)> second = turns.BeginAsync("b", null, stop.Token);
        Assert.False(second.IsCompleted);
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        first.Dispose();
        first.Dispose();

        Assert.True(await BeginAsync(turns, "c"));
    }

    [Fact]
    public async Task Without_a_folder_a_process_is_alone()
    {
        MailboxTurns turns = new(BudgetKey.Create("cloud", "", "m", _clock), null);

        Assert.True(await BeginAsync(turns, "a"));
        Assert.False(await BeginAsync(turns, "a"));
        Assert.True(await BeginAsync(turns, "b"));
    }

    [Fact]
    public async Task Where_no_lock_can_be_made_though_nobody_has_it_nobody_waits()
    {
        // As where another user has made the folder, or its disk is mounted read-only: nothing that passes.
        MailboxTurns turns = Process();
        Directory.CreateDirectory(Path.Combine(Directory.GetDirectories(_folder)[0], "writer.lock"));

        Task<(IDisposable Turn, bool OthersWrote)> begun = turns.BeginAsync("a", null, CancellationToken.None);
        for (int i = 0; i < 3600 && !begun.IsCompleted; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.True(await Task.WhenAny(begun, Task.Delay(5000)) == begun, "It waits for ever for somebody who is not there.");
    }

    private async Task<bool> BeginAsync(MailboxTurns turns, string writer)
    {
        (IDisposable turn, bool othersWrote) = await _clock.RunAsync(turns.BeginAsync(writer, null, CancellationToken.None));
        turn.Dispose();
        return othersWrote;
    }

    private MailboxTurns Process() => new(BudgetKey.Create("cloud", "", "m", _clock), _folder);
}
