using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>
/// The one copy loop: every item of the source ends with exactly one recorded fate. What the target already holds, told by
/// its markers, is not written again, so a run may be stopped at any point and started anew.
/// </summary>
public sealed class ItemTransfer
{
    private readonly IItemSource _source;
    private readonly IItemTarget _target;
    private readonly TransferOptions _options;
    private readonly ITransferObserver _observer;
    private readonly FolderMapper _folders;
    private readonly TransferSummary _summary = new();
    private readonly List<(ItemResult Result, ItemMarker Marker)> _unsure = [];

    /// <summary>A run from a source to a target.</summary>
    public ItemTransfer(IItemSource source, IItemTarget target, TransferOptions options, ITransferObserver observer)
    {
        _source = source;
        _target = target;
        _options = options;
        _observer = observer;
        _folders = new FolderMapper(target, options.TargetRoot);
    }

    /// <summary>
    /// Copies, and completes the target. What is wrong with single items is in their results; an exception means that the run
    /// could not go on, and that the target was not completed.
    /// </summary>
    /// <exception cref="MailDataException">The source or the target cannot be used any further.</exception>
    public async Task<TransferSummary> RunAsync(CancellationToken cancellationToken)
    {
        long started = _options.Time.GetTimestamp();
        await foreach (SourceFolder folder in _source.ReadFoldersAsync(cancellationToken).ConfigureAwait(false))
        {
            _folders.Add(folder);
            if (_options.Folders.Count == 0 || _options.Folders.Any(f => f.MatchesOrHolds(folder.Path, _folders.RoleOf)))
            {
                await CopyFolderAsync(folder, cancellationToken).ConfigureAwait(false);
            }
        }

        await DecideUnsureAsync(cancellationToken).ConfigureAwait(false);
        await _target.CompleteAsync(cancellationToken).ConfigureAwait(false);
        _summary.Duration = _options.Time.GetElapsedTime(started);
        return _summary;
    }

    private async Task CopyFolderAsync(SourceFolder folder, CancellationToken cancellationToken)
    {
        _observer.OnFolder(folder);
        _summary.Folders++;
        bool empty = true;
        await foreach (SourceItem item in _source.ReadItemsAsync(folder, cancellationToken).ConfigureAwait(false))
        {
            empty = false;
            await CopyItemAsync(folder, item, cancellationToken).ConfigureAwait(false);
        }

        // An empty mail folder is part of how somebody ordered their mail; an empty calendar or task folder is not carried by name alone.
        if (empty && MessageClasses.IsOfClass(folder.ContainerClass, "IPF.Note"))
        {
            await _folders.OpenAsync(folder, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task CopyItemAsync(SourceFolder folder, SourceItem listed, CancellationToken cancellationToken)
    {
        if (listed.MessageClass.Length > 0 && _target.Refuse(listed.MessageClass) is WriteResult refused)
        {
            Record(Describe(folder, listed, refused));
            return;
        }

        MapiItem item;
        ItemProvenance provenance;
        try
        {
            item = await listed.OpenAsync(cancellationToken).ConfigureAwait(false);
            ItemDigest digest = ItemDigester.Content(item);
            provenance = new ItemProvenance(
                listed.Key, listed.Version ?? new ItemVersion(digest.Hex), digest, ItemMarker.Compute(listed.Key, digest));
        }
        catch (Exception e) when (e is MailDataException or IOException)
        {
            string id = (e as MailDataException)?.Id ?? "ItemUnreadable";
            Record(Describe(folder, listed, WriteResult.Failed(id, e.Message)));
            return;
        }

        WriteResult result = await WriteAsync(folder, item, provenance, cancellationToken).ConfigureAwait(false);
        ItemResult described = Describe(folder, listed, result, item);
        if (result.Fate == ItemFate.Unsure)
        {
            _unsure.Add((described, provenance.Marker));
        }
        else
        {
            Record(described);
        }
    }

    private async Task<WriteResult> WriteAsync(SourceFolder folder, MapiItem item, ItemProvenance provenance, CancellationToken cancellationToken)
    {
        if (_target.Refuse(item.MessageClass) is WriteResult refused)
        {
            return refused;
        }

        if (await _target.ContainsAsync(provenance.Marker, cancellationToken).ConfigureAwait(false))
        {
            return new WriteResult(ItemFate.AlreadyThere, null, []);
        }

        TargetFolder target = await _folders.OpenAsync(folder, cancellationToken).ConfigureAwait(false);
        return await _target.WriteAsync(target, item, provenance, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>An answer that got lost may still have been a success: ask once more before telling.</summary>
    private async Task DecideUnsureAsync(CancellationToken cancellationToken)
    {
        foreach ((ItemResult result, ItemMarker marker) in _unsure)
        {
            bool arrived = await _target.ContainsAsync(marker, cancellationToken).ConfigureAwait(false);
            Record(arrived ? result with { Fate = ItemFate.Copied, ReasonId = null, Reason = null } : result);
        }
    }

    private void Record(ItemResult result)
    {
        _summary.Add(result);
        _observer.OnItem(result);
    }

    private static ItemResult Describe(SourceFolder folder, SourceItem listed, WriteResult result, MapiItem? item = null) => new(
        folder.Path,
        listed.Key,
        item?.MessageClass ?? listed.MessageClass,
        item?.Subject ?? listed.Subject,
        result.Fate,
        result.TargetKey,
        result.Losses,
        result.ReasonId,
        result.Reason);
}
