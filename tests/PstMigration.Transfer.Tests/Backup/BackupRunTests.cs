using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using PstMigration.Mapi;
using PstMigration.Pst;
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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whatever_a_run_ends_with_is_noted_and_has_an_exit_code(bool isTimeout)
    {
        await SavedAsync();

        // A request that took too long looks like a stop, which nobody asked for.
        _ends.Refusal = isTimeout ? new TaskCanceledException("nobody foresaw this") : new InvalidTimeZoneException("nobody foresaw this");

        BackupResult result = await RunAsync();

        Assert.Equal((BackupOutcome.Failed, "BackupFailed"), (result.Outcome, result.Error!.Id));
        Assert.Contains($"nobody foresaw this ({_ends.Refusal.GetType().Name})", result.Messages[0], StringComparison.Ordinal);
        Assert.Equal((BackupOutcome.Failed, "BackupFailed", 1), (_plans.ReadStatus("nightly").Outcome, _plans.ReadStatus("nightly").Error, _plans.ReadStatus("nightly").Failures));
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

    [Fact]
    public async Task On_a_night_without_news_nothing_is_copied_and_the_file_is_checked_whole_once_a_week()
    {
        await SavedAsync();
        byte[] before = File.ReadAllBytes(Current);
        DateTime written = File.GetLastWriteTimeUtc(Current);
        _ends.Checks.Clear();
        _ends.Mailbox.Remove(_ends.Mailbox.Items.First());
        for (int night = 1; night <= 7; night++)
        {
            BackupResult result = await SavedAsync();
            Assert.Equal((19L, 0L, 20L, 19L), (result.Unchanged, result.Status!.Copied, result.Status.Items, result.Status.SourceItems));
            Assert.Equal(result.Status.LastRun, result.Status.LastSuccess);
        }

        Assert.Equal([.. Enumerable.Repeat(("nightly.pst", false), 6), ("nightly.pst", true)], _ends.Checks);
        Assert.Equal((before.Length, written), (File.ReadAllBytes(Current).Length, File.GetLastWriteTimeUtc(Current)));
        Assert.Equal(before, File.ReadAllBytes(Current));
        Assert.False(Directory.Exists(Path.Combine(Data, "states")));
    }

    [Theory]
    [InlineData("edit")]
    [InlineData("move")]
    [InlineData("empty folder")]
    [InlineData("failed before")]
    public async Task Whatever_is_new_is_saved_on_a_night_without_new_items(string what)
    {
        _ends.Mailbox.Folder("Projects");
        await SavedAsync();
        switch (what)
        {
            case "edit":
                _ends.Mailbox.Edit("item 3", "edited");
                break;
            case "move":
                _ends.Mailbox.Move("item 3", "Projects");
                break;
            case "empty folder":
                _ends.Mailbox.Folder("Projects/2026");
                break;
            default:
                _ends.Mailbox.Item("broken");
                MemoryItem broken = _ends.Mailbox.Items.Last();
                broken.OnOpen = _ => throw new IOException("broken");
                await RunAsync();
                broken.OnOpen = _ => Task.CompletedTask;
                break;
        }

        BackupResult result = await SavedAsync();

        Assert.Equal(0, result.Unchanged);
        using PstFile file = PstFile.Open(Current);
        Assert.Contains(
            what == "edit" ? "Inbox:20:20" : what == "move" ? "Projects:1:20" : what == "empty folder" ? "Projects/2026:0:20" : "Projects:1:21",
            file.EnumerateFolders().Select(f => $"{f.Path}:{f.ItemCount}:{file.EnumerateFolders().Sum(a => a.ItemCount)}"));
    }

    [Fact]
    public async Task A_backup_damaged_on_a_night_without_news_is_saved_again()
    {
        await SavedAsync();
        byte[] bytes = File.ReadAllBytes(Current);
        for (int i = 0x4800; i < bytes.Length; i += 512)
        {
            bytes[i] ^= 1;
        }

        File.WriteAllBytes(Current, bytes);

        BackupResult result = await RunAsync();

        Assert.Equal((BackupOutcome.Warning, 20L), (result.Outcome, result.Status!.Copied));
        Assert.Equal(20, MemoryEnds.Read(Current).Count);
    }

    [Fact]
    public async Task A_message_about_a_failure_comes_once_then_when_it_fails_otherwise_and_each_week()
    {
        await SavedAsync();
        _ends.OnCheck = _ => throw new MailDataException(FileErrorIds.DiskFull, "full");
        await RunAsync();
        Assert.Empty(_ends.Mails.Items);
        _plans.Write(_plan with { MailOnFailure = true }, replace: true);

        BackupStatus told = (await RunAsync()).Status!;
        await RunAsync();
        Assert.Single(_ends.Mails.Items);
        Assert.Equal(_clock.GetUtcNow() - TimeSpan.FromDays(1), told.LastMail);

        _ends.OnCheck = _ => throw new MailDataException(FileErrorIds.AccessDenied, "no");
        await RunAsync();
        Assert.Equal(2, _ends.Mails.Items.Count());
        for (int i = 0; i < 7; i++)
        {
            await RunAsync();
        }

        Assert.Equal(3, _ends.Mails.Items.Count());
        Assert.Contains("no", _ends.Mails.Bodies.Last(), StringComparison.Ordinal);
        _ends.OnCheck = _ => { };
        await SavedAsync();
        Assert.Equal(3, _ends.Mails.Items.Count());
    }

    [Fact]
    public async Task That_no_message_could_be_put_is_told_and_changes_nothing_else()
    {
        await SavedAsync();
        _plans.Write(_plan with { MailOnFailure = true }, replace: true);
        _ends.OnCheck = _ => throw new MailDataException(FileErrorIds.DiskFull, "full");
        _ends.OnMail = () => new MailDataException(FileErrorIds.AccessDenied, "no way in");

        BackupResult result = await RunAsync();

        Assert.Equal((BackupOutcome.Failed, "DiskFull", null), (result.Outcome, result.Error!.Id, result.Status!.LastMail));
        Assert.Equal(2, result.Messages.Count);
        Assert.Contains("no way in", result.Messages[1], StringComparison.Ordinal);
        Assert.Equal(result.Messages, _plans.ReadStatus("nightly").Messages);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<BackupResult> RunAsync() => RunAsync(TestContext.Current.CancellationToken);

    private Task<BackupResult> RunAsync(CancellationToken cancellationToken)
    {
        _clock.Advance(TimeSpan.FromDays(1));
        return new BackupRun(_plans, _ends, _clock).RunAsync("nightly", cancellationToken);
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
        using CancellationTokenSource stop = new();
        _ends.OnCheck = path =>
        {
            if (path == Working)
            {
                stop.Cancel();
                stop.Token.ThrowIfCancellationRequested();
            }
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(stop.Token));
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
