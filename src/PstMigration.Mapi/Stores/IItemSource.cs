namespace PstMigration.Mapi;

/// <summary>Where items are copied from: a file, a mailbox, a tree of .eml files. Disposing it closes what it has opened.</summary>
public interface IItemSource : IAsyncDisposable
{
    /// <summary>What people call it: a path, an address.</summary>
    string Name { get; }

    /// <summary>The <see cref="ItemKey.Store"/> of everything in it.</summary>
    string StoreKey { get; }

    /// <summary>What its keys mean, and how much can be done at once.</summary>
    SourceTraits Traits { get; }

    /// <summary>What it could not give so far.</summary>
    SourceReport Report { get; }

    /// <summary>The folders, parents before children; those people do not see are marked as hidden. Search folders are not among them.</summary>
    IAsyncEnumerable<SourceFolder> ReadFoldersAsync(CancellationToken cancellationToken);

    /// <summary>The items directly in a folder. What the list itself has lost is in <see cref="Report"/>.</summary>
    IAsyncEnumerable<SourceItem> ReadItemsAsync(SourceFolder folder, CancellationToken cancellationToken);
}

/// <summary>A source whose items get another key where somebody moves or renames them, as files in a tree do.</summary>
public interface IMovableItems
{
    /// <summary>Whether an item it has listed once is certainly no longer there. No item is opened for that. Any thread.</summary>
    /// <param name="key">Its key then.</param>
    bool IsGone(ItemKey key);
}
