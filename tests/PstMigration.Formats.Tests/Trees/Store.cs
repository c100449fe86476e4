using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PstMigration.Mapi;
using PstMigration.Transfer;
using Xunit;

namespace PstMigration.Formats.Tests.Trees;

/// <summary>A store in memory as a source, and the road from a source to a target.</summary>
internal sealed class Store(params (string Path, FolderRole Role, MapiItem[] Items)[] folders) : IItemSource
{
    public string Name => "memory";

    public string StoreKey => "memory:1";

    public static async Task<TransferSummary> CopyAsync(IItemSource source, IItemTarget target)
    {
        Seen seen = new();
        return await new ItemTransfer(source, target, new TransferOptions(), seen).RunAsync(TestContext.Current.CancellationToken);
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

    private sealed class Item(ItemKey key, MapiItem item) : SourceItem(key, item.MessageClass, item.Subject)
    {
        public override Task<MapiItem> OpenAsync(CancellationToken cancellationToken) => Task.FromResult(item);
    }

    private sealed class Seen : ITransferObserver
    {
        public void OnFolder(SourceFolder folder)
        {
        }

        public void OnItem(ItemResult result) => Assert.True(result.Fate is ItemFate.Copied or ItemFate.AlreadyThere, result.ReasonId + " " + result.Reason);
    }
}
