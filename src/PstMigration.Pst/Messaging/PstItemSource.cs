using PstMigration.Mapi;
using PstMigration.Pst.Messaging;

namespace PstMigration.Pst;

/// <summary>
/// A data file as a source of items: all folders but search folders. Hidden are those beside the IPM subtree and those marked so.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="selected">Only these items, wherever they are: FAI items, and those in folders people do not see, among them; null for all items that are no FAI.</param>
/// <param name="includeHidden">Whether folders people do not see are like others.</param>
/// <param name="ownsFile">Whether the file is closed with the source; otherwise it stays the caller's.</param>
public sealed class PstItemSource(PstFile file, IReadOnlyCollection<NodeId>? selected = null, bool includeHidden = false, bool ownsFile = false) : IItemSource
{
    private static readonly SourceTraits s_traits = new() { KeepsAllProperties = true, IsStill = true };

    /// <summary>Items that no folder lists, beside the selected ones.</summary>
    public IReadOnlyList<PstRecoveredChoice> Recovered { get; init; } = [];

    private readonly HashSet<NodeId>? _selected = selected is null ? null : [.. selected];

    /// <inheritdoc/>
    public string Name => file.Path;

    /// <inheritdoc/>
    public string StoreKey => file.StoreKey;

    /// <inheritdoc/>
    public SourceTraits Traits => s_traits;

    /// <inheritdoc/>
    public SourceReport Report => new([.. file.Readings.Select(r => new FolderReading(r.Path, r.Expected, r.Read, r.Damaged))], [.. Notices()]);

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

    private IEnumerable<SourceNotice> Notices()
    {
        if (file.Damage is { Count: > 0 } damage)
        {
            yield return new SourceNotice(
                SourceNoticeKind.Damage, damage.Count, string.Format(Strings.Culture, Strings.SourceDamaged, file.Path, damage.Count, file.Describe(damage[0])));
        }

        if (file.RecoveryDamage is { Count: > 0 } overwritten)
        {
            yield return new SourceNotice(
                SourceNoticeKind.PassedOver, overwritten.Count, string.Format(Strings.Culture, Strings.SourceOverwritten, file.Path, overwritten.Count));
        }

        if (_selected is null && !includeHidden && CountHidden() is { Items: > 0 } hidden)
        {
            yield return new SourceNotice(
                SourceNoticeKind.Hidden, hidden.Items, string.Format(Strings.Culture, Strings.SourceHidden, file.Path, hidden.Items, hidden.Folders));
        }
    }

    private PstHiddenContent? CountHidden()
    {
        try
        {
            return file.CountHidden();
        }
        catch (PstException e) when (e.IsAboutContent)
        {
            // Whoever lists the folders says why.
            return null;
        }
    }

    // Where items are selected, those around them are listed for the sake of the names and roles above them.
    private IEnumerable<SourceFolder> ReadFolders() => file.EnumerateFolders(includeHidden: true).Select(f => new SourceFolder(
        file.KeyOf(f.NodeId), f.Path, f.Role, f.ContainerClass, f.ItemCount, IsHidden: !f.IsVisible && !includeHidden && _selected is null));

    private IEnumerable<SourceItem> ReadItems(SourceFolder folder)
    {
        foreach (PstItemSummary summary in List(file.GetFolder(NodeId.Parse(folder.Key.Id))))
        {
            yield return new Item(file, summary);
        }

        foreach (PstRecoveredChoice choice in Recovered.Where(r => r.Folder.Equals(folder.Path)))
        {
            yield return new RecoveredItem(choice);
        }
    }

    private IEnumerable<PstItemSummary> List(PstFolder folder) => _selected is null
        ? folder.EnumerateItems()
        : folder.EnumerateItems().Concat(folder.EnumerateAssociated()).Where(i => _selected.Contains(i.NodeId));

    private sealed class Item(PstFile file, PstItemSummary summary) : SourceItem(file.KeyOf(summary.NodeId), summary.Describe())
    {
        private (ItemVersion? Value, bool IsKnown) _version;

        public override ItemVersion? Version => (_version = _version.IsKnown ? _version : (file.VersionOf(summary), true)).Value;

        public override Task<MapiItem> OpenAsync(CancellationToken cancellationToken)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                return Task.FromCanceled<MapiItem>(cancellationToken);
            }

            try
            {
                return Task.FromResult(file.OpenItem(summary.NodeId, cancellationToken));
            }
            catch (PstException e)
            {
                return Task.FromException<MapiItem>(e);
            }
        }
    }

    private sealed class RecoveredItem(PstRecoveredChoice choice) : SourceItem(choice.Key, choice.Summary)
    {
        public override ItemVersion? Version => null;

        public override Task<MapiItem> OpenAsync(CancellationToken cancellationToken)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                return Task.FromCanceled<MapiItem>(cancellationToken);
            }

            try
            {
                MapiItem item = choice.Item.Open();
                if (choice.Item.Kind == PstRecoveryKind.Fragment)
                {
                    // Found by its signature alone: who got it, what was attached and long texts are elsewhere in the file.
                    item.Losses.Add(new ItemLoss(LossKind.Body, ""));
                    item.Losses.Add(new ItemLoss(LossKind.Attachment, ""));
                }

                return Task.FromResult(item);
            }
            catch (PstException e)
            {
                return Task.FromException<MapiItem>(e);
            }
        }
    }
}
