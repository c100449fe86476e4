using Microsoft.Extensions.Time.Testing;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Transfer.Tests.Backup;

/// <summary>Sixty nights of a mailbox that changes each day, with everything that goes wrong in two months.</summary>
public sealed class SixtyNightsTests : IDisposable
{
    private const int Nights = 60;

    private readonly string _folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "pstmigration-nights-" + Guid.NewGuid().ToString("N"))).FullName;
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 2, 20, 12, 0, 0, TimeSpan.Zero));
    private readonly MemoryEnds _ends;
    private readonly BackupPlans _plans;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Random _random = new(2026);
    private MemorySource _mailbox = new();
    private string _name = "";
    private int _last;

    public SixtyNightsTests()
    {
        // A zone with a change in spring and one back, three weeks apart.
        TimeZoneInfo.AdjustmentRule rule = TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
            DateTime.MinValue.Date, DateTime.MaxValue.Date, TimeSpan.FromHours(1),
            TimeZoneInfo.TransitionTime.CreateFixedDateRule(new DateTime(1, 1, 1, 2, 0, 0), 3, 8),
            TimeZoneInfo.TransitionTime.CreateFixedDateRule(new DateTime(1, 1, 1, 3, 0, 0), 3, 29));
        _clock.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(9), "test", "test", "summer", [rule]));
        _ends = new MemoryEnds(_clock);
        _plans = new BackupPlans(Path.Combine(_folder, "plans"));
    }

    private string Backup => Path.Combine(_folder, "backup", "nightly", _name);

    [Theory]
    [InlineData(null)]
    [InlineData("Year")]
    public async Task Every_night_is_as_promised_and_every_item_ever_seen_is_there_in_the_end(string? splitBy)
    {
        _name = splitBy is null ? "nightly.pst" : "nightly";
        BackupPlan plan = new()
        {
            Name = "nightly",
            Connection = new BackupConnection { Path = Path.Combine(_folder, "m"), Mailbox = "taro@example.jp" },
            Destination = Path.Combine(_folder, "backup"),
            SecondDestination = Path.Combine(_folder, "second"),
            Schedule = new BackupSchedule { At = new TimeSpan(2, 30, 0) },
            Keep = "daily=7,weekly=4",
            SplitBy = splitBy,
        };
        BackupRun.Prepare(plan, _ends);
        _plans.Write(plan, replace: false);
        _mailbox.Folder("Inbox", FolderRole.Inbox).Folder("Projects");
        Add(30);
        DateTimeOffset previous = _clock.GetUtcNow();
        for (int night = 1; night <= Nights; night++)
        {
            DateTimeOffset next = plan.Schedule.Next(_clock.GetUtcNow(), _clock.LocalTimeZone);
            Assert.InRange((next - previous).TotalHours, 1, 26);
            previous = next;
            _clock.SetUtcNow(next);
            Change();
            await NightAsync(night);
            Assert.True(_ends.Check("Pst", Backup, true, default).IsSound, "night " + night);
        }

        List<string> saved = MemoryEnds.Read(Backup);
        Assert.Equal(saved.Count, saved.Distinct().Count());
        Assert.Empty(_seen.Except(saved));
        Assert.Equal(MemoryEnds.Bytes(Backup), MemoryEnds.Bytes(Path.Combine(_folder, "second", "nightly", _name)));

        // Seven days and four weeks, of which one may be among the days.
        Assert.InRange(Directory.GetFileSystemEntries(Path.Combine(_folder, "backup", "nightly", "states")).Length, 9, 11);
        Assert.Empty(Directory.GetFileSystemEntries(_folder, "*.partial", SearchOption.AllDirectories));
        Assert.Equal(splitBy is null ? 1 : 5, MemoryEnds.FilesOf(Backup).Count);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task NightAsync(int night)
    {
        _ends.Mailbox = _mailbox;
        IReadOnlyList<(string, string)> before = MemoryEnds.Bytes(Backup);
        switch (night)
        {
            case 10:
                // The disk is full, or what is to be read is lost with the sign-in: the run ends.
                MemoryItem full = AddOne();
                full.OnOpen = _ => throw new MailDataException(FileErrorIds.DiskFull, "full");
                Assert.Equal((BackupOutcome.Failed, "DiskFull"), Told(await RunAsync()));
                Assert.Equal(before, MemoryEnds.Bytes(Backup));
                full.OnOpen = _ => Task.CompletedTask;
                break;
            case 15:
                using (CancellationTokenSource kill = new())
                {
                    MemoryItem slow = AddOne();
                    slow.OnOpen = t =>
                    {
                        kill.Cancel();
                        return Task.Delay(Timeout.InfiniteTimeSpan, t);
                    };
                    await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new BackupRun(_plans, _ends, _clock).RunAsync("nightly", kill.Token));
                    Assert.Equal(before, MemoryEnds.Bytes(Backup));
                    slow.OnOpen = _ => Task.CompletedTask;
                }

                break;
            case 20:
                // Bits are flipped all over the file; what is lost comes back from the newest state that is sound, and from the mailbox.
                MemoryEnds.Damage(MemoryEnds.FilesOf(Backup)[^1], 4096);
                Assert.Equal(BackupOutcome.Warning, (await RunAsync()).Outcome);
                Assert.Single(Directory.GetFileSystemEntries(Path.Combine(_folder, "backup", "nightly"), "*.damaged-*"));
                break;
            case 30:
                MemorySource whole = _mailbox;
                _ends.Mailbox = new MemorySource().Folder("Inbox", FolderRole.Inbox).Folder("Projects").Item("PAY US");
                BackupResult shrunk = await RunAsync();
                Assert.Equal(BackupOutcome.Warning, shrunk.Outcome);
                Assert.Equal(before, MemoryEnds.Bytes(Backup));
                Assert.NotEmpty(MemoryEnds.Bytes(shrunk.Status!.KeptBeside!));
                Assert.DoesNotContain("PAY US", MemoryEnds.Read(Backup));
                _mailbox = whole;
                break;
            case 40:
                _ends.Mailbox = new MemorySource("memory:2").Folder("Inbox", FolderRole.Inbox).Item("another person");
                Assert.Equal((BackupOutcome.Failed, "BackupMailboxMoved"), Told(await RunAsync()));
                Assert.Equal(before, MemoryEnds.Bytes(Backup));
                break;
            case 45:
                Directory.Move(Path.Combine(_folder, "second"), Path.Combine(_folder, "away"));
                Assert.Equal(BackupOutcome.Warning, (await RunAsync()).Outcome);
                Directory.Move(Path.Combine(_folder, "away"), Path.Combine(_folder, "second"));
                break;
            case 50:
                // Everything was encrypted where it lies.
                foreach (MemoryItem item in _mailbox.Items.ToList())
                {
                    _mailbox.Edit(item.Item.Subject, "encrypted");
                }

                BackupResult rewritten = await RunAsync();
                Assert.Equal(BackupOutcome.Warning, rewritten.Outcome);
                Assert.Equal(before, MemoryEnds.Bytes(Backup));
                Assert.Equal(BackupOutcome.Success, (await new BackupRun(_plans, _ends, _clock) { AcceptChange = true }.RunAsync("nightly", default)).Outcome);
                break;
            default:
                Assert.Equal((BackupOutcome.Success, null), Told(await RunAsync()));
                Assert.Empty(_mailbox.Items.Select(i => i.Item.Subject).Except(MemoryEnds.Read(Backup)));
                _seen.UnionWith(_mailbox.Items.Select(i => i.Item.Subject));
                break;
        }
    }

    private static (BackupOutcome, string?) Told(BackupResult result) => (result.Outcome, result.Error?.Id);

    private Task<BackupResult> RunAsync() => new BackupRun(_plans, _ends, _clock).RunAsync("nightly", TestContext.Current.CancellationToken);

    private void Change()
    {
        Add(1 + _random.Next(3));
        List<MemoryItem> items = [.. _mailbox.Items];
        MemoryItem one = items[_random.Next(items.Count)];
        _mailbox.Move(one.Item.Subject, _random.Next(2) == 0 ? "Inbox" : "Projects");
        _mailbox.Edit(items[_random.Next(items.Count)].Item.Subject, "edited " + _random.Next());
        if (_seen.Contains(one.Item.Subject))
        {
            _mailbox.Remove(one);
        }
    }

    private void Add(int count)
    {
        for (int i = 0; i < count; i++)
        {
            AddOne();
        }
    }

    private MemoryItem AddOne()
    {
        _mailbox.Item("item " + ++_last);
        MemoryItem item = _mailbox.Items.Last();
        item.Item.Properties.Set(PropertyTags.ClientSubmitTime, new DateTimeOffset(2023 + (_last % 4), 5, 1, 0, 0, 0, TimeSpan.Zero));
        return item;
    }
}
