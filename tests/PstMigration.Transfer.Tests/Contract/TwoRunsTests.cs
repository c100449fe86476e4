using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Transfer.Tests.Contract;

/// <summary>Two runs that bring the same mail from different sources into one mailbox at the same time.</summary>
public sealed class TwoRunsTests
{
    private const int Items = 40;

    [Fact]
    public async Task What_both_have_comes_once()
    {
        await using SandboxEnd end = new();
        MemorySource[] sources = [Source("memory:1"), Source("memory:2")];

        TransferSummary[] done = await Task.WhenAll(sources.Select(s => Task.Run(() => RunAsync(s, end))));

        Assert.Equal(Items, done.Sum(d => d.Count(ItemFate.Copied)));
        Assert.Equal(Items, done.Sum(d => d.Duplicates));
        Assert.Equal(Items, await CountAsync(end));
        Assert.All(await Task.WhenAll(sources.Select(s => Task.Run(() => RunAsync(s, end)))), d => Assert.Equal(Items, d.Count(ItemFate.AlreadyThere)));
    }

    [Fact]
    public async Task A_target_that_is_kept_sees_what_another_has_written_between_its_runs()
    {
        await using SandboxEnd end = new();
        await using IItemTarget kept = await end.OpenTargetAsync();
        await RunAsync(Source("memory:1"), kept);
        await RunAsync(Source("memory:2", "other "), end);

        TransferSummary again = await RunAsync(Source("memory:3", "other "), kept);

        Assert.Equal((Items, Items), (again.Duplicates, again.Count(ItemFate.AlreadyThere)));
        Assert.Equal(2 * Items, await CountAsync(end));
    }

    private static MemorySource Source(string key, string prefix = "mail ")
    {
        MemorySource source = new MemorySource(key).Folder("Inbox", FolderRole.Inbox);
        for (int i = 0; i < Items; i++)
        {
            source.Item(prefix + i);
        }

        return source;
    }

    private static async Task<TransferSummary> RunAsync(MemorySource source, SandboxEnd end)
    {
        await using IItemTarget target = await end.OpenTargetAsync();
        return await RunAsync(source, target);
    }

    private static async Task<TransferSummary> RunAsync(MemorySource source, IItemTarget target)
    {
        TransferRun run = await TransferRun.PlanAsync(source, new TransferOptions { SkipDuplicates = true }, new SilentObserver(), CancellationToken.None);
        return (await run.RunAsync(target, CancellationToken.None)).Summary;
    }

    private static async Task<int> CountAsync(SandboxEnd end)
    {
        await using IItemSource source = await end.OpenSourceAsync();
        int count = 0;
        await foreach (SourceFolder folder in source.ReadFoldersAsync(CancellationToken.None))
        {
            count += folder.ItemCount;
        }

        return count;
    }
}
