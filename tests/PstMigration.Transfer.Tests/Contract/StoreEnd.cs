using PstMigration.Mapi;

namespace PstMigration.Transfer.Tests.Contract;

/// <summary>A place items are copied to and read back from.</summary>
internal abstract class StoreEnd : IAsyncDisposable
{
    /// <summary>Whether an item that was moved in the source is moved here without being written anew.</summary>
    public virtual bool Moves => true;

    /// <summary>Whether an edited item takes the place of its older copy.</summary>
    public virtual bool Replaces => true;

    /// <summary>Whether empty folders that are no mail folders are kept.</summary>
    public virtual bool KeepsFolderClasses => true;

    /// <summary>Opens it to copy to; what was there stays.</summary>
    public abstract Task<IItemTarget> OpenTargetAsync();

    /// <summary>Opens it to copy from.</summary>
    public abstract Task<IItemSource> OpenSourceAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>Everything in it: folders by path, with role and class, and the items in them.</summary>
    public async Task<IReadOnlyList<(SourceFolder Folder, IReadOnlyList<MapiItem> Items)>> ReadAsync()
    {
        List<(SourceFolder, IReadOnlyList<MapiItem>)> all = [];
        IItemSource source = await OpenSourceAsync();
        await using (source)
        {
            await foreach (SourceFolder folder in source.ReadFoldersAsync(CancellationToken.None))
            {
                List<MapiItem> items = [];
                await foreach (SourceItem item in source.ReadItemsAsync(folder, CancellationToken.None))
                {
                    MapiItem opened = await item.OpenAsync(CancellationToken.None);
                    await opened.FetchAsync(CancellationToken.None);
                    items.Add(opened);
                }

                all.Add((folder, items));
            }
        }

        return all;
    }
}
