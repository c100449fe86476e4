using Microsoft.Extensions.Time.Testing;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Transfer.Tests.Backup;

/// <summary>Files of a backup that vanish, break or are replaced between two runs: what vanished from the mailbox does not vanish from the backup, and the loss is told.</summary>
public sealed class BackupLossTests : IDisposable
{
    private readonly string _folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "pstmigration-losses-" + Guid.NewGuid().ToString("N"))).FullName;
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 2, 20, 12, 0, 0, TimeSpan.Zero));
    private readonly MemoryEnds _ends;
    private readonly BackupPlans _plans;
    private BackupPlan _plan;

    public BackupLossTests()
    {
        _ends = new MemoryEnds(_clock);
        _ends.Mailbox.Folder("Inbox", FolderRole.Inbox);
        Add(23);
        _plans = new BackupPlans(Path.Combine(_folder, "plans"));
        _plan = new BackupPlan
        {
            Name = "nightly",
            Connection = new BackupConnection { Path = Path.Combine(_folder, "m"), Mailbox = "taro@example.jp" },
            Destination = Path.Combine(_folder, "backup"),
            SecondDestination = Path.Combine(_folder, "second"),
        };
        BackupRun.Prepare(_plan, _ends);
        _plans.Write(_plan, replace: false);
    }

    private string Data => Path.Combine(_folder, "backup", "nightly");

    private string Current => Path.Combine(Data, "nightly.pst");

    private string Second => Path.Combine(_folder, "second", "nightly", "nightly.pst");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_lost_backup_starts_from_the_second_copy_whatever_the_mailbox_has_left(bool isAccepted)
    {
        await SavedAsync();
        Shrink(7);
        await RunAsync(isAccepted);
        File.Delete(Current);

        BackupResult result = await RunAsync();

        Assert.Equal((BackupOutcome.Warning, 23L), (result.Outcome, result.Status!.Items));
        Assert.Equal((23, 23), (MemoryEnds.Read(Current).Count, MemoryEnds.Read(Second).Count));
        Assert.Contains(Current, result.Messages[isAccepted ? 0 : 1], StringComparison.Ordinal);
        Assert.Contains(result.Messages, m => m.Contains(Second, StringComparison.Ordinal));
        await SavedAsync(isAccepted: true);
    }

    [Fact]
    public async Task A_lost_backup_without_another_copy_is_told_of_also_where_the_change_was_accepted()
    {
        WithoutSecond();
        await SavedAsync();
        Shrink(7);
        await SavedAsync(isAccepted: true);
        File.Delete(Current);

        BackupResult result = await RunAsync();

        Assert.Equal((BackupOutcome.Warning, 7L), (result.Outcome, result.Status!.Items));
        Assert.Contains(Current, result.Messages[0], StringComparison.Ordinal);
        Assert.Contains(result.Messages, m => m.Contains("23", StringComparison.Ordinal));
        await SavedAsync();
    }

    [Fact]
    public async Task A_lost_backup_starts_from_what_was_kept_beside_where_nothing_else_has_as_much()
    {
        WithoutSecond();
        await SavedAsync();
        Shrink(7);
        string beside = (await RunAsync()).Status!.KeptBeside!;
        await RunAsync(isAccepted: true);
        File.Delete(Current);

        BackupResult result = await RunAsync();

        Assert.Equal((BackupOutcome.Warning, 23L), (result.Outcome, result.Status!.Items));
        Assert.Contains(result.Messages, m => m.Contains(beside, StringComparison.Ordinal));
        Assert.True(File.Exists(beside));
    }

    [Fact]
    public async Task A_second_copy_that_holds_more_is_kept_beside()
    {
        await SavedAsync();
        Shrink(7);
        await SavedAsync(isAccepted: true);
        File.Delete(Current);
        string away = Path.Combine(_folder, "away");
        Directory.Move(Path.Combine(_folder, "second"), away);
        BackupResult lost = await RunAsync();
        Directory.Move(away, Path.Combine(_folder, "second"));

        BackupResult result = await RunAsync();

        Assert.Equal((BackupOutcome.Warning, 7L, 7L), (result.Outcome, lost.Status!.Items, result.Status!.Items));
        string beside = Assert.Single(Directory.GetFiles(Path.GetDirectoryName(Second)!, "nightly.beside-*.pst"));
        Assert.Contains(result.Messages, m => m.Contains(beside, StringComparison.Ordinal));
        Assert.Equal((7, 23), (MemoryEnds.Read(Second).Count, MemoryEnds.Read(beside).Count));
        await SavedAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_older_state_that_takes_the_place_of_a_lost_one_stays_among_them_once(bool isDamaged)
    {
        WithoutSecond();
        await SavedAsync();
        Add(2);
        await SavedAsync();
        string state = Assert.Single(States());
        File.Delete(Current);
        if (isDamaged)
        {
            File.WriteAllBytes(Current, new byte[5000]);
        }

        Shrink(7);
        BackupResult restored = await RunAsync();

        // The items and the size are those of the file as it now is.
        Assert.Equal((BackupOutcome.Warning, 23L, new FileInfo(Current).Length), (restored.Outcome, restored.Status!.Items, restored.Status.Bytes));
        Assert.Contains(restored.Messages, m => m.Contains(state, StringComparison.Ordinal));
        Assert.Equal(23, MemoryEnds.Read(Current).Count);
        Assert.Equal([state], States());
        Add(30);
        await SavedAsync(isAccepted: true);
        Assert.Equal([state], States());
        Assert.Equal((53, 23), (MemoryEnds.Read(Current).Count, MemoryEnds.Read(state).Count));
    }

    [Theory]
    [InlineData("missing", true)]
    [InlineData("missing", false)]
    [InlineData("cut", true)]
    [InlineData("cut", false)]
    [InlineData("another", true)]
    [InlineData("flipped", true)]
    public async Task A_second_copy_that_is_lost_or_broken_is_told_of_and_copied_again(string how, bool isQuiet)
    {
        await SavedAsync();
        byte[] bytes = File.ReadAllBytes(Second);
        switch (how)
        {
            case "missing":
                File.Delete(Second);
                break;
            case "cut":
                File.WriteAllBytes(Second, bytes.AsSpan(0, 1000).ToArray());
                break;
            case "flipped":
                bytes[bytes.Length / 2] ^= 1;
                File.WriteAllBytes(Second, bytes);
                break;
            default:
                File.Delete(Second);
                await using (_ends.OpenTarget(_plan, Second, await _ends.OpenSourceAsync(_plan.Connection, default)))
                {
                }

                break;
        }

        // Also a large file is compared byte by byte when the present state is checked whole: each week.
        _clock.Advance(TimeSpan.FromDays(how == "flipped" ? 7 : 0));
        if (!isQuiet)
        {
            Add(1);
        }

        BackupResult result = await RunAsync();

        Assert.Equal((BackupOutcome.Warning, isQuiet ? 23L : 0), (result.Outcome, result.Unchanged));
        Assert.Contains(Second, Assert.Single(result.Messages), StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(Current), File.ReadAllBytes(Second));
        await SavedAsync();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string[] States() => Directory.GetFiles(Path.Combine(Data, "states"));

    private Task<BackupResult> RunAsync(bool isAccepted = false)
    {
        _clock.Advance(TimeSpan.FromDays(1));
        return new BackupRun(_plans, _ends, _clock) { AcceptChange = isAccepted }.RunAsync("nightly", TestContext.Current.CancellationToken);
    }

    private async Task<BackupResult> SavedAsync(bool isAccepted = false)
    {
        BackupResult result = await RunAsync(isAccepted);
        Assert.Equal(BackupOutcome.Success, result.Outcome);
        return result;
    }

    private void WithoutSecond()
    {
        _plan = _plan with { SecondDestination = null };
        _plans.Write(_plan, replace: true);
    }

    /// <summary>Leaves so many items in the mailbox.</summary>
    private void Shrink(int left)
    {
        foreach (MemoryItem item in _ends.Mailbox.Items.Skip(left).ToList())
        {
            _ends.Mailbox.Remove(item);
        }
    }

    private void Add(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _ends.Mailbox.Item("item " + Guid.NewGuid().ToString("N"));
        }
    }
}
