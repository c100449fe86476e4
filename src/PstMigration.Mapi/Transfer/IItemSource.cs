using System.Collections.Generic;
using System.Threading;

namespace PstMigration.Mapi;

/// <summary>Where items are copied from: a file, a mailbox, a tree of .eml files.</summary>
public interface IItemSource
{
    /// <summary>What people call it: a path, an address.</summary>
    string Name { get; }

    /// <summary>The <see cref="ItemKey.Store"/> of everything in it.</summary>
    string StoreKey { get; }

    /// <summary>The folders people see, parents before children. Search folders and the store's own folders are not among them.</summary>
    IAsyncEnumerable<SourceFolder> ReadFoldersAsync(CancellationToken cancellationToken);

    /// <summary>The items directly in a folder. What the list itself has lost is reported through the source's own diagnostics.</summary>
    IAsyncEnumerable<SourceItem> ReadItemsAsync(SourceFolder folder, CancellationToken cancellationToken);
}
