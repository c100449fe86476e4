using Microsoft.Extensions.Time.Testing;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Transfer.Tests.Backup;

/// <summary>Drills: which items they take, and what they find.</summary>
public sealed class BackupDrillTests : IDisposable
{
    private readonly string _folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "pstmigration-drill-" + Guid.NewGuid().ToString("N"))).FullName;
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 2, 20, 12, 0, 0, TimeSpan.Zero));
    private readonly MemoryEnds _ends;
    private readonly BackupPlans _plans;
    private readonly BackupPlan _plan;

    public BackupDrillTests()
    {
        _ends = new MemoryEnds(_clock);
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

    [Fact]
    public async Task A_sample_is_spread_over_the_folders_and_the_same_for_the_same_seed()
    {
        Fill(_ends.Mailbox, ("Inbox", 40), ("Projects", 3), ("Empty", 0), ("Projects/2019", 1));

        List<string> first = await SampleAsync(10, 1);

        Assert.Equal(10, first.Count);
        Assert.Equal(3, first.Count(s => s.StartsWith("Projects ", StringComparison.Ordinal)));
        Assert.Single(first, s => s.StartsWith("Projects/2019 ", StringComparison.Ordinal));
        Assert.Equal(first, await SampleAsync(10, 1));
        Assert.NotEqual(first, await SampleAsync(10, 2));
        Assert.Equal(44, (await SampleAsync(100, 1)).Count);
        Assert.Equal(2, (await SampleAsync(2, 1)).Select(s => s.Split(' ')[0]).Distinct().Count());
    }

    [Fact]
    public async Task Each_item_of_a_folder_has_the_same_chance()
    {
        Fill(_ends.Mailbox, ("Inbox", 10));
        Dictionary<string, int> taken = [];
        for (int seed = 0; seed < 500; seed++)
        {
            foreach (string subject in await SampleAsync(3, seed))
            {
                taken[subject] = taken.TryGetValue(subject, out int count) ? count + 1 : 1;
            }
        }

        // 150 each; five standard deviations are 51.
        Assert.Equal(10, taken.Count);
        Assert.All(taken.Values, c => Assert.InRange(c, 99, 201));
    }

    [Fact]
    public async Task What_came_back_otherwise_or_not_at_all_is_told_and_the_backup_is_as_it_was()
    {
        Fill(_ends.Mailbox, ("Inbox", 3));
        await new BackupRun(_plans, _ends, _clock).RunAsync("nightly", TestContext.Current.CancellationToken);
        string file = Path.Combine(_folder, "backup", "nightly", "nightly.pst");
        byte[] before = File.ReadAllBytes(file);
        BackupDrillResult whole = (await DrillAsync())!;
        MemorySource wrong = new("memory:written");
        Fill(wrong, ("Inbox", 2));
        wrong.Edit("Inbox 1", "forged");
        _ends.Written = wrong;

        BackupDrillResult found = (await DrillAsync())!;

        Assert.Equal((true, 3, 3L, 3L, 0), (whole.Passed, whole.Sampled, whole.Restored, whole.Same, whole.Issues.Count));
        Assert.Equal((false, 3L, 1L), (found.Passed, found.Restored, found.Same));
        Assert.Equal([(CompareOutcome.Different, ItemPart.Text), (CompareOutcome.Missing, ItemPart.None)], found.Issues.Select(i => (i.Outcome, i.Differences)).OrderBy(i => i.Outcome));
        Assert.Equal(before, File.ReadAllBytes(file));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Fill(MemorySource mailbox, params (string Folder, int Items)[] folders)
    {
        foreach ((string folder, int items) in folders)
        {
            mailbox.Folder(folder);
            for (int i = 1; i <= items; i++)
            {
                mailbox.Item(folder + " " + i);
            }
        }
    }

    private Task<BackupDrillResult?> DrillAsync() => new BackupDrill(_ends, _clock).RunAsync(_plan, 10, 1, TestContext.Current.CancellationToken);

    private async Task<List<string>> SampleAsync(int count, int seed)
    {
        SampledSource sample = await SampledSource.TakeAsync(_ends.Mailbox, count, new Random(seed), (_, _) => { }, TestContext.Current.CancellationToken);
        List<string> subjects = [];
        await foreach (SourceFolder folder in sample.ReadFoldersAsync(TestContext.Current.CancellationToken))
        {
            await foreach (SourceItem item in sample.ReadItemsAsync(folder, TestContext.Current.CancellationToken))
            {
                subjects.Add(item.Summary.Subject!);
            }
        }

        Assert.Equal(sample.Count, subjects.Count);
        return subjects;
    }
}
