using PstMigration.Mapi;
using PstMigration.Transfer;
using Xunit;

namespace PstMigration.Transfer.Tests.Comparing;

public sealed class SkippedItemTests
{
    [Fact]
    public async Task What_the_target_did_not_take_and_said_so_is_not_missing()
    {
        MemorySource source = new MemorySource().Folder("Inbox").Item("a").Item("b").Item("c");
        MemoryTarget target = new() { OnWrite = item => item.Subject == "b" ? WriteResult.Skipped(TransferErrorIds.ItemChangeKept, "no calendars here") : null };
        MemorySource written = new MemorySource("memory:2").Folder("Inbox").Item("a");
        TransferOptions options = new() { OpenWritten = _ => Task.FromResult<IItemSource>(written) };

        TransferRun run = await TransferRun.PlanAsync(source, options, new SilentObserver(), CancellationToken.None);
        StoreComparison found = (await run.RunAsync(target, CancellationToken.None)).Summary.Verification!;

        // c was written, and is gone.
        Assert.Equal((1L, 1L, 1L), (found.Count(CompareOutcome.Same), found.Count(CompareOutcome.Missing), found.Count(CompareOutcome.Skipped)));
        Assert.Equal(["b Skipped", "c Missing"], found.Issues.Select(i => i.Subject + " " + i.Outcome));
    }

    [Fact]
    public async Task A_target_that_has_all_it_takes_is_as_told_and_not_whole()
    {
        MemorySource source = new MemorySource().Folder("Inbox").Item("a").Item("b");
        MemoryTarget target = new() { OnWrite = item => item.Subject == "b" ? WriteResult.Skipped(TransferErrorIds.ItemChangeKept, "no calendars here") : null };
        MemorySource written = new MemorySource("memory:2").Folder("Inbox").Item("a");
        TransferOptions options = new() { OpenWritten = _ => Task.FromResult<IItemSource>(written) };

        TransferRun run = await TransferRun.PlanAsync(source, options, new SilentObserver(), CancellationToken.None);
        StoreComparison found = (await run.RunAsync(target, CancellationToken.None)).Summary.Verification!;

        Assert.Equal((false, true), (found.IsWhole, found.IsAsTold));
    }
}
