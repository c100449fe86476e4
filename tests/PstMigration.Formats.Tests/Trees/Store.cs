using PstMigration.Mapi;
using PstMigration.Transfer;
using Xunit;

namespace PstMigration.Formats.Tests.Trees;

/// <summary>A store in memory as a source, and the road from a source to a target.</summary>
internal sealed class Store(params (string Path, FolderRole Role, MapiItem[] Items)[] folders) : IItemSource
{
    public string Name => "memory";

    public string StoreKey => "memory:1";

    public SourceTraits Traits { get; } = new();

    public SourceReport Report => SourceReport.Empty;

    /// <summary>Copies into a target that is opened and closed, and gives the counts. Every item has to arrive or to be there.</summary>
    public static async Task<TransferSummary> CopyAsync(IItemSource source, ItemFormat format, string path, ItemTargetOptions? options = null) =>
        (await RunAsync(source, format, path, options)).Summary;

    /// <summary>Copies into a target that is opened and closed.</summary>
    public static async Task<(TransferSummary Summary, List<ItemResult> Results, IReadOnlyList<WrittenFile> Completed)> RunAsync(
        IItemSource source, ItemFormat format, string path, ItemTargetOptions? options = null, TransferOptions? transfer = null)
    {
        Seen seen = new();
        TransferRun run = await TransferRun.PlanAsync(source, transfer ?? new TransferOptions(), seen, TestContext.Current.CancellationToken);
        await using IItemTarget target = format.OpenTarget(path, options ?? new ItemTargetOptions());
        (TransferSummary summary, IReadOnlyList<WrittenFile> completed) =
            await run.RunAsync(target, TestContext.Current.CancellationToken);
        return (summary, seen.Results, completed);
    }

    /// <summary>All items of a source by the path of their folder.</summary>
    public static async Task<List<(SourceFolder Folder, ItemKey Key, MapiItem Item)>> ReadAsync(IItemSource source)
    {
        List<(SourceFolder, ItemKey, MapiItem)> all = [];
        await foreach (SourceFolder folder in source.ReadFoldersAsync(TestContext.Current.CancellationToken))
        {
            await foreach (SourceItem item in source.ReadItemsAsync(folder, TestContext.Current.CancellationToken))
            {
                all.Add((folder, item.Key, await item.OpenAsync(TestContext.Current.CancellationToken)));
            }
        }

        return all;
    }

    public static async Task<List<SourceFolder>> FoldersAsync(IItemSource source)
    {
        List<SourceFolder> all = [];
        await foreach (SourceFolder folder in source.ReadFoldersAsync(TestContext.Current.CancellationToken))
        {
            all.Add(folder);
        }

        return all;
    }

    public IAsyncEnumerable<SourceFolder> ReadFoldersAsync(CancellationToken cancellationToken) => new SynchronousSequence<SourceFolder>(
        folders.Select(f => new SourceFolder(new ItemKey(StoreKey, f.Path), FolderPath.Parse(f.Path), f.Role, f.Path.EndsWith("予定", System.StringComparison.Ordinal) ? "IPF.Appointment" : "IPF.Note", f.Items.Length)),
        cancellationToken);

    public IAsyncEnumerable<SourceItem> ReadItemsAsync(SourceFolder folder, CancellationToken cancellationToken) => new SynchronousSequence<SourceItem>(
        folders.Single(f => f.Path == folder.Key.Id).Items.Select((item, i) => new Item(new ItemKey(StoreKey, folder.Key.Id + "#" + i), item)),
        cancellationToken);

    public ValueTask DisposeAsync() => default;

    private sealed class Item(ItemKey key, MapiItem item) : SourceItem(key, ItemSummary.Of(item))
    {
        public override Task<MapiItem> OpenAsync(CancellationToken cancellationToken) => Task.FromResult(item);
    }

    private sealed class Seen : ITransferObserver
    {
        public void OnVerifying(long read, long total)
        {
        }

        public List<ItemResult> Results { get; } = [];

        public void OnPlan(int folders, long items)
        {
        }

        public void OnFolder(SourceFolder folder)
        {
        }

        public void OnFolderUnreadable(SourceFolder folder, System.Exception exception) => Assert.Fail(exception.ToString());

        public void OnItem(ItemResult result)
        {
            Results.Add(result);
            Assert.True(result.Fate is ItemFate.Copied or ItemFate.AlreadyThere or ItemFate.Skipped, result.Written.ReasonId + " " + result.Written.Reason);
        }
    }
}
