using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Transfer.Tests.Backup;

/// <summary>Runs of a backup that are stopped, fail or find something wrong, and the run after them.</summary>
public sealed class BackupRunTests : IDisposable
{
    private readonly string _folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "pstmigration-runs-" + Guid.NewGuid().ToString("N"))).FullName;
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 2, 20, 12, 0, 0, TimeSpan.Zero));
    private readonly MemoryEnds _ends;
    private readonly BackupPlans _plans;
    private readonly BackupPlan _plan;

    public BackupRunTests()
    {
        _ends = new MemoryEnds(_clock);
        _ends.Mailbox.Folder("Inbox", FolderRole.Inbox);
        Add(20);
        _plans = new BackupPlans(Path.Combine(_folder, "plans"));
        _plan = new BackupPlan
        {
            Name = "nightly",
            Connection = new BackupConnection { Path = Path.Combine(_folder, "m"), Mailbox = "taro@example.jp" },
            Destination = Path.Combine(_folder, "backup"),
        };
        BackupRun.Prepare(_plan, _ends);
        _plans.Write(_plan, replace: false);
    }

    private string Data => Path.Combine(_folder, "backup", "nightly");

    private string Current => Path.Combine(Data, "nightly.pst");

    private string Working => Path.Combine(Data, "nightly.working.pst");

    [Fact]
    public async Task What_a_stopped_run_has_copied_becomes_the_present_state()
    {
        await SavedAsync();
        Add(3);
        await StoppedAsync();

        BackupResult result = await RunAsync();

        Assert.Equal((BackupOutcome.Success, 23L), (result.Outcome, result.Status!.Items));
        Assert.Equal(23, MemoryEnds.Read(Current).Count);
        Assert.False(File.Exists(Working));
    }

    [Fact]
    public async Task A_first_run_that_was_stopped_is_gone_on_with()
    {
        await StoppedAsync();

        BackupResult result = await RunAsync();

        Assert.Equal((BackupOutcome.Success, 20), (result.Outcome, MemoryEnds.Read(Current).Count));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_run_stopped_between_the_two_renames_leaves_nothing_undone(bool isWorkingLeft)
    {
        BackupResult first = await SavedAsync();
        Add(3);
        await StoppedAsync();
        string state = Path.Combine(Directory.CreateDirectory(Path.Combine(Data, "states")).FullName, "nightly." + first.Status!.StateTime!.Value.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture) + ".pst");
        File.Move(Current, state);
        if (!isWorkingLeft)
        {
            File.Delete(Working);
        }

        BackupResult result = await RunAsync();

        // A present state that is gone for no reason is told of.
        Assert.Equal((isWorkingLeft ? BackupOutcome.Success : BackupOutcome.Warning, 23L), (result.Outcome, result.Status!.Items));
        Assert.Equal((23, 20), (MemoryEnds.Read(Current).Count, MemoryEnds.Read(state).Count));
    }

    [Fact]
    public async Task A_run_stopped_before_it_was_noted_costs_no_older_state()
    {
        await SavedAsync();
        string noted = File.ReadAllText(_plans.StatusPathOf("nightly"));
        Add(3);
        await SavedAsync();
        File.SetLastWriteTimeUtc(Current, _clock.GetUtcNow().UtcDateTime);
        File.WriteAllText(_plans.StatusPathOf("nightly"), noted);
        Add(2);

        await SavedAsync();

        Assert.Equal([20, 23], Directory.GetFiles(Path.Combine(Data, "states")).Select(s => MemoryEnds.Read(s).Count).OrderBy(n => n));
    }

    [Fact]
    public async Task A_damaged_state_is_replaced_by_an_older_one_that_has_everything()
    {
        BackupResult first = await SavedAsync();
        string states = Directory.CreateDirectory(Path.Combine(Data, "states")).FullName;
        File.Copy(Current, Path.Combine(states, "nightly.20260219T120000Z.pst"));
        File.WriteAllBytes(Current, new byte[5000]);

        BackupResult result = await RunAsync();

        Assert.Equal((BackupOutcome.Warning, 20L), (result.Outcome, result.Status!.Items));
        Assert.Equal(20, MemoryEnds.Read(Current).Count);
        Assert.Equal(new DateTimeOffset(2026, 2, 19, 12, 0, 0, TimeSpan.Zero), result.Status.StateTime);
        Assert.Single(Directory.GetFiles(Data, "*.damaged-*"));
        Assert.NotEqual(first.Status!.StateTime, result.Status.StateTime);
    }

    [Fact]
    public async Task A_mailbox_that_has_shrunk_leaves_a_present_state_where_there_was_only_an_older_one()
    {
        await SavedAsync();
        string states = Directory.CreateDirectory(Path.Combine(Data, "states")).FullName;
        File.Move(Current, Path.Combine(states, "nightly.20260219T120000Z.pst"));
        _ends.Mailbox = new MemorySource().Folder("Inbox", FolderRole.Inbox).Item("PAY US");

        BackupResult result = await RunAsync();

        Assert.Equal(BackupOutcome.Warning, result.Outcome);
        Assert.Equal(20, MemoryEnds.Read(Current).Count);
        Assert.True(File.Exists(result.Status!.KeptBeside));
    }

    [Fact]
    public async Task A_mailbox_that_was_rewritten_is_kept_beside_also_where_the_run_that_saw_it_was_stopped()
    {
        await SavedAsync();
        byte[] before = File.ReadAllBytes(Current);
        foreach (MemoryItem item in _ends.Mailbox.Items.ToList())
        {
            _ends.Mailbox.Edit(item.Item.Subject, "encrypted");
        }

        await StoppedAsync();
        BackupResult result = await RunAsync();

        Assert.Equal(BackupOutcome.Warning, result.Outcome);
        Assert.Equal(before, File.ReadAllBytes(Current));
        Assert.True(File.Exists(result.Status!.KeptBeside));
    }

    [Fact]
    public async Task A_run_that_fails_says_nothing_of_what_the_last_good_one_saved()
    {
        _ends.Mailbox.Item("broken");
        _ends.Mailbox.Items.Last().OnOpen = _ => throw new IOException("broken");
        BackupStatus saved = (await RunAsync()).Status!;
        _ends.Mailbox = new MemorySource("memory:2").Folder("Inbox", FolderRole.Inbox).Item("another person");

        BackupStatus failed = (await RunAsync()).Status!;

        Assert.Equal((20L, 1L), (saved.Copied, saved.Failed));
        Assert.Equal((20L, 1L, 1), (failed.Copied, failed.Failed, failed.Failures));
    }

    [Fact]
    public async Task What_was_kept_beside_is_mentioned_when_the_change_is_accepted()
    {
        await SavedAsync();
        _ends.Mailbox = new MemorySource().Folder("Inbox", FolderRole.Inbox).Item("all that is left");
        string beside = (await RunAsync()).Status!.KeptBeside!;

        BackupResult accepted = await new BackupRun(_plans, _ends, _clock) { AcceptChange = true }.RunAsync("nightly", TestContext.Current.CancellationToken);

        Assert.Equal((BackupOutcome.Success, null), (accepted.Outcome, accepted.Status!.KeptBeside));
        Assert.Contains(beside, accepted.Messages.Single());
        Assert.True(File.Exists(beside));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<BackupResult> RunAsync()
    {
        _clock.Advance(TimeSpan.FromDays(1));
        return new BackupRun(_plans, _ends, _clock).RunAsync("nightly", TestContext.Current.CancellationToken);
    }

    private async Task<BackupResult> SavedAsync()
    {
        BackupResult result = await RunAsync();
        Assert.Equal(BackupOutcome.Success, result.Outcome);
        return result;
    }

    /// <summary>A run that is stopped when everything is copied, before it is checked.</summary>
    private async Task StoppedAsync()
    {
        _ends.OnCheck = path =>
        {
            if (path == Working)
            {
                throw new OperationCanceledException();
            }
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(RunAsync);
        _ends.OnCheck = _ => { };
        Assert.True(File.Exists(Working));
    }

    private void Add(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _ends.Mailbox.Item("item " + (_ends.Mailbox.Items.Count() + 1));
        }
    }
}
