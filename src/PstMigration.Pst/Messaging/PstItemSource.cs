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
/// marked hidden.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="selected">Only these items, FAI items and those in hidden folders among them; null for all that people see.</param>
/// <param name="ownsFile">Whether the file is closed with the source; otherwise it stays the caller's.</param>
public sealed class PstItemSource(PstFile file, IReadOnlyCollection<NodeId>? selected = null, bool ownsFile = false) : IItemSource
{
    private static readonly SourceTraits s_traits = new();

    private readonly HashSet<NodeId>? _selected = selected is null ? null : [.. selected];

    /// <inheritdoc/>
    public string Name => file.Path;

    /// <inheritdoc/>
    public string StoreKey => file.StoreKey;

    /// <inheritdoc/>
    public SourceTraits Traits => s_traits;

    /// <inheritdoc/>
    public SourceReport Report => new(
        [.. file.Readings.Select(r => new FolderReading(r.Path, r.Expected, r.Read, r.Damaged))],
        file.Damage is { Count: > 0 } damage
            ? [new SourceNotice(SourceNoticeKind.Damage, damage.Count, string.Format(Strings.Culture, Strings.SourceDamaged, file.Path, damage.Count, damage[0]))]
            : []);

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

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (ownsFile)
        {
            file.Dispose();
        }

        return default;
    }

    private IEnumerable<SourceFolder> ReadFolders()
    {
        Stack<PstFolder> open = new();
        open.Push(file.IpmSubtree);
        while (open.Count > 0)
        {
            PstFolder folder = open.Pop();
            if (_selected is null || List(folder).Any())
            {
                yield return new SourceFolder(file.KeyOf(folder.NodeId), folder.Path, folder.Role, folder.ContainerClass, folder.ItemCount);
            }

            List<PstFolder> children = [];
            foreach (PstFolder child in folder.EnumerateFolders())
            {
                if (!child.IsSearchFolder && (_selected is not null || !child.IsHidden))
                {
                    children.Add(child);
                }
            }

            for (int i = children.Count - 1; i >= 0; i--)
            {
                open.Push(children[i]);
            }
        }
    }

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

    private sealed class Item(PstFile file, PstItemSummary summary) : SourceItem(file.KeyOf(summary.NodeId), Describe(summary))
    {
        public override ItemVersion? Version => file.VersionOf(summary);

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

        private static ItemSummary Describe(PstItemSummary summary) => new()
        {
            IsComplete = !summary.IsDamaged,
            MessageClass = summary.MessageClass,
            Subject = summary.Subject,
            Sender = summary.Sender,
            SentTime = summary.SubmitTime,
            ReceivedTime = summary.DeliveryTime,
            ModifiedTime = summary.LastModificationTime,
            Size = summary.Size,
            Flags = summary.Flags,
        };
    }
}
