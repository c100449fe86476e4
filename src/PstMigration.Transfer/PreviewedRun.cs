using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>What a run would do with the items of a source, counted without writing any.</summary>
/// <param name="source">From where.</param>
/// <param name="options">What and how.</param>
/// <param name="mapper">Where folders go.</param>
/// <param name="refuses">Whether the target takes no items of a message class.</param>
/// <param name="predict">What the target would lose of an item; null where items are not opened.</param>
internal sealed class PreviewedRun(
    IItemSource source, TransferOptions options, FolderMapper mapper, Func<string, bool> refuses, Func<MapiItem, IReadOnlyList<ItemLoss>>? predict)
{
    /// <summary>Counts; see <see cref="TransferRun.PreviewAsync"/>.</summary>
    public async Task<TransferPreview> CountAsync(
        IReadOnlyList<SourceFolder> folders, FolderReader reader, ITransferObserver observer, IItemTarget? target, CancellationToken cancellationToken)
    {
        PreviewedTarget? there = predict is null ? null : await PreviewedTarget.ReadAsync(target, source, options.SkipDuplicates, cancellationToken).ConfigureAwait(false);
        TransferPreview preview = new() { Folders = folders.Count, Unreadable = options.Refused.Count };
        observer.OnPlan(folders.Count, folders.Sum(f => (long)f.ItemCount));
        foreach (SourceFolder folder in folders)
        {
            observer.OnFolder(folder);
            await foreach (SourceItem item in reader.ReadAsync(folder, cancellationToken).ConfigureAwait(false))
            {
                cancellationToken.ThrowIfCancellationRequested();
                await AddAsync(folder, item, preview, there, cancellationToken).ConfigureAwait(false);
            }
        }

        return preview;
    }

    private async Task AddAsync(SourceFolder folder, SourceItem item, TransferPreview preview, PreviewedTarget? there, CancellationToken cancellationToken)
    {
        bool? isMeant = options.Filter.Includes(item.Summary);
        if (isMeant == false)
        {
            return;
        }

        void Stay(bool isKept) => preview.Staying += options.RemoveVerified && (isKept || (source as ISourceRemover)?.CanRemove(folder) != true) ? 1 : 0;

        if (options.FindNewer(item.Key) is not null || (isMeant == true && item.Summary.MessageClass is string known && refuses(known)))
        {
            preview.Add(folder, item.Summary, isSkipped: true, []);
            Stay(isKept: true);
            return;
        }

        if (predict is null)
        {
            preview.Add(folder, item.Summary, isSkipped: false, []);
            Stay(isKept: false);
            return;
        }

        if (isMeant == true && there?.Has(item.Key, item.Version) == true)
        {
            preview.AddThere(item.Summary);
            Stay(there.HasLess(item.Key));
            return;
        }

        try
        {
            MapiItem opened = await item.OpenAsync(cancellationToken).ConfigureAwait(false);
            if (isMeant == true || options.Filter.Includes(opened))
            {
                ItemSummary summary = item.Summary.MessageClass is null ? ItemSummary.Of(opened) : item.Summary;
                bool isSkipped = refuses(opened.MessageClass);
                if (!isSkipped && there is not null
                    && await there.HasAsync(opened, item.Key, item.Version, folder.Path, mapper.GoesInto(folder, FolderRole.DeletedItems), cancellationToken).ConfigureAwait(false))
                {
                    preview.AddThere(summary);
                    Stay(there.HasLess(item.Key));
                    return;
                }

                // Changed since, and the older copy is what is wanted.
                isSkipped |= options.OnChange == ChangePolicy.Keep && there?.HasAny(item.Key) == true;
                IReadOnlyList<ItemLoss> losses = isSkipped ? [] : predict(opened);
                preview.Add(folder, summary, isSkipped, losses);
                Stay(isSkipped || losses.Count > 0);
            }
        }
        catch (Exception e) when (Fault.IsOfOne(e, cancellationToken))
        {
            preview.Unreadable++;
            Stay(isKept: true);
        }
    }
}
