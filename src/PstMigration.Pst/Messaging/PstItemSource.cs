using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PstMigration.Mapi;
using PstMigration.Pst.Messaging;

namespace PstMigration.Pst;

/// <summary>
/// A data file as a source of items: the folders people see, which are the IPM subtree and what is in it but search folders and folders
/// marked hidden. The file stays the caller's.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="selected">Only these items, wherever they are: FAI items, and those in folders people do not see, among them; null for all that people see.</param>
public sealed class PstItemSource(PstFile file, IReadOnlyCollection<NodeId>? selected = null) : IItemSource
{
    private readonly HashSet<NodeId>? _selected = selected is null ? null : [.. selected];

    /// <summary>What is passed over because people do not see it; nothing where items were selected.</summary>
    public PstHiddenContent PassedOver => _selected is null ? file.CountHidden() : new PstHiddenContent(0, 0);

    /// <inheritdoc/>
    public string Name => file.Path;

    /// <inheritdoc/>
    public string StoreKey => file.StoreKey;

    /// <inheritdoc/>
    public IAsyncEnumerable<SourceFolder> ReadFoldersAsync(CancellationToken cancellationToken) =>
        new SynchronousSequence<SourceFolder>(ReadFolders(), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<SourceItem> ReadItemsAsync(SourceFolder folder, CancellationToken cancellationToken)
    {
        if (folder is null)
        {
            throw new ArgumentNullException(nameof(folder));
        }

        return new SynchronousSequence<SourceItem>(ReadItems(folder), cancellationToken);
    }

    private IEnumerable<SourceFolder> ReadFolders() => file.EnumerateFolders(includeHidden: _selected is not null)
        .Where(f => _selected is null || List(f).Any())
        .Select(f => new SourceFolder(file.KeyOf(f.NodeId), f.Path, f.Role, f.ContainerClass, f.ItemCount));

    private IEnumerable<SourceItem> ReadItems(SourceFolder folder)
    {
        foreach (PstItemSummary summary in List(file.GetFolder(NodeId.Parse(folder.Key.Id))))
        {
            yield return new Item(file, summary);
        }
    }

    private IEnumerable<PstItemSummary> List(PstFolder folder) => _selected is null
        ? folder.EnumerateItems()
        : folder.EnumerateItems().Concat(folder.EnumerateAssociated()).Where(i => _selected.Contains(i.NodeId));

    private sealed class Item(PstFile file, PstItemSummary summary)
        : SourceItem(file.KeyOf(summary.NodeId), summary.MessageClass, summary.Subject)
    {
        public override Task<MapiItem> OpenAsync(CancellationToken cancellationToken)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                return Task.FromCanceled<MapiItem>(cancellationToken);
            }

            try
            {
                return Task.FromResult(file.OpenItem(summary.NodeId));
            }
            catch (PstException e)
            {
                return Task.FromException<MapiItem>(e);
            }
        }
    }
}
