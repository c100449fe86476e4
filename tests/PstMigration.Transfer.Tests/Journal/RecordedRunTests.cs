using PstMigration.Mapi;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Transfer.Tests.Journal;

/// <summary>What a run tells its journal.</summary>
public sealed class RecordedRunTests : IDisposable
{
    private readonly JournalFixture _f = new();

    public void Dispose() => _f.Dispose();

    [Fact]
    public async Task Every_item_is_recorded_with_its_fate_and_the_run_with_its_end()
    {
        MemorySource source = new MemorySource().Folder("Inbox").Item("a").Item("torn", failure: new MailDataException(TestError.Of("PstDamaged"), "torn")).Item("t", "IPM.Task");
        Assert.Equal(3, (await RunAsync(source, new MemoryTarget())).Read);

        using SqliteJournal again = OpenJournal();
        Assert.NotNull(Assert.Single(again.ReadRuns()).Finished);
        Assert.Equal(
            [ItemFate.Copied, ItemFate.Failed, ItemFate.Skipped],
            source.Items.Select(i => again.Find(i.Key)!.Fate));
        Assert.Equal("PstDamaged", again.Find(source.Items.ElementAt(1).Key)!.ReasonId);
    }

    [Fact]
    public async Task A_run_that_could_not_go_on_is_recorded_as_such_with_what_it_did()
    {
        MemorySource source = new MemorySource().Folder("Inbox").Item("a").Item("b");
        MemoryTarget target = new() { OnWrite = i => i.Subject == "b" ? throw new MailDataException(TestError.Of("DiskFull"), "full") : null };

        await Assert.ThrowsAsync<MailDataException>(() => RunAsync(source, target));

        using SqliteJournal journal = OpenJournal();
        Assert.Equal("DiskFull", Assert.Single(journal.ReadRuns()).ErrorId);
        Assert.Equal(ItemFate.Copied, journal.Find(source.Items.First().Key)!.Fate);
        Assert.Null(journal.Find(source.Items.Last().Key));
    }

    [Fact]
    public async Task What_is_unsure_is_recorded_before_the_end_of_a_run_that_may_not_come_to_it()
    {
        MemorySource source = new MemorySource().Folder("Inbox").Item("lost").Item("b");
        WriteResult noAnswer = new(ItemFate.Unsure, null, [], "NoAnswer", "no answer");
        MemoryTarget target = new() { OnWrite = i => i.Subject == "b" ? throw new MailDataException(TestError.Of("DiskFull"), "full") : noAnswer, UnsureArrives = true };

        await Assert.ThrowsAsync<MailDataException>(() => RunAsync(source, target));
        Assert.Equal((ItemFate.Unsure, "NoAnswer"), Recorded(source.Items.First().Key));

        target.OnWrite = i => i.Subject == "b" ? noAnswer : null;
        Assert.Equal((1, 1), await RunAsync(source, target) is var again ? (again.Count(ItemFate.AlreadyThere), again.Count(ItemFate.Copied)) : default);
        Assert.Equal((ItemFate.Copied, null), Recorded(source.Items.Last().Key));
    }

    private (ItemFate Fate, string? Reason) Recorded(ItemKey key)
    {
        using SqliteJournal journal = OpenJournal();
        JournalItem item = journal.Find(key)!;
        return (item.Fate, item.ReasonId);
    }

    private SqliteJournal OpenJournal() => _f.Journals.Open(new TransferPlan("memory:1", "memory:2") { SourceName = "memory", TargetName = "memory" });

    private async Task<TransferSummary> RunAsync(MemorySource source, MemoryTarget target)
    {
        TransferRun run = await TransferRun.PlanAsync(source, new TransferOptions { Journals = _f.Journals }, new Silent(), CancellationToken.None);
        return (await run.RunAsync(target, CancellationToken.None)).Summary;
    }

    private sealed class Silent : ITransferObserver
    {
        public void OnVerifying(long read, long total)
        {
        }

        public void OnPlan(int folders, long items)
        {
        }

        public void OnFolder(SourceFolder folder)
        {
        }

        public void OnFolderUnreadable(SourceFolder folder, Exception exception) => Assert.Fail(exception.Message);

        public void OnItem(ItemResult result)
        {
        }
    }
}
