using PstMigration.Mapi;

namespace PstMigration.Transfer;

/// <summary>The way of one item. Whatever goes wrong with it is its fate; only what ends the run is thrown.</summary>
internal sealed class ItemCopier(SourceTraits source, MovedItems? moved, TransferOptions options, FolderMapper folders, ClaimedFolders? claimed, ItemPipeline pipeline)
{
    private static readonly WriteResult s_undecided = new(ItemFate.Skipped, null, []);

    private readonly IItemTarget _target = pipeline.Target;

    private CancellationToken Token => pipeline.Token;

    /// <summary>Copies an item, or finds that it need not be.</summary>
    /// <param name="folder">The folder it is in.</param>
    /// <param name="listed">The item as listed.</param>
    /// <param name="lookUp">What the target remembers of its key; nothing where it refuses the item.</param>
    /// <param name="turn">Its place in the order.</param>
    /// <param name="isAgain">Whether the run has copied it already, or found it there, out of another folder that lists it too: its copy stays where and as it is, or it would change with every run.</param>
    /// <param name="isLast">Whether it came before, and no other item has to be left anything any more.</param>
    public async Task<ItemResult> CopyAsync(SourceFolder folder, SourceItem listed, Task<IReadOnlyList<RememberedItem>> lookUp, ItemTurn turn, bool isAgain, bool isLast)
    {
        ItemResult Result(WriteResult written) => new(folder.Path, listed.Key, listed.Summary, written) { Version = listed.Version };

        if (listed.Summary.MessageClass is { Length: > 0 } known && _target.Refuse(known) is WriteResult refused)
        {
            return Result(refused);
        }

        if (options.FindNewer(listed.Key) is string newer)
        {
            return Result(WriteResult.Skipped(TransferErrorIds.ItemOlderVersion, LocalText.Format(Strings.ItemOlderVersion, newer)));
        }

        IReadOnlyList<RememberedItem> remembered;
        try
        {
            remembered = await lookUp.ConfigureAwait(false);
        }
        catch (Exception e) when (Fault.IsOfOne(e, Token))
        {
            return Result(Failed(e, TransferErrorIds.ItemNotCopied));
        }

        if (isAgain && remembered.FirstOrDefault(r => r.IsWhole) is RememberedItem copied)
        {
            return Result(AlreadyThere(copied));
        }

        RememberedItem? unchanged = listed.Version is ItemVersion version ? remembered.FirstOrDefault(r => r.IsWhole && r.HasVersion(version)) : null;
        using ItemWork work = new(pipeline);
        OpenedItem opened;
        try
        {
            if (unchanged is not null && options.Filter.Includes(listed.Summary) == true)
            {
                return await FollowAsync(folder, unchanged, turn, Result(AlreadyThere(unchanged))).ConfigureAwait(false);
            }

            await work.BeginAsync().ConfigureAwait(false);
            opened = await OpenAsync(folder, listed).ConfigureAwait(false) with { Again = isLast ? null : listed };
        }
        catch (Exception e) when (Fault.IsOfOne(e, Token))
        {
            return Result(Failed(e, TransferErrorIds.ItemUnreadable));
        }

        ItemResult described = new(folder.Path, listed.Key, opened.Summary, s_undecided)
        {
            Version = opened.Provenance.Version,
            Marker = opened.Provenance.Marker,
        };
        if (options.Filter.Includes(listed.Summary) is null && !options.Filter.Includes(opened.Item))
        {
            return described with { IsFiltered = true };
        }

        try
        {
            return await WriteAsync(folder, opened, remembered, turn, work, described).ConfigureAwait(false);
        }
        catch (Exception e) when (Fault.IsOfOne(e, Token))
        {
            return described with { Written = Failed(e, TransferErrorIds.ItemNotCopied) };
        }
    }

    private async Task<OpenedItem> OpenAsync(SourceFolder folder, SourceItem listed)
    {
        MapiItem item = StoppableSource.StopWith(await listed.OpenAsync(Token).ConfigureAwait(false), Token);
        await item.FetchAsync(Token).ConfigureAwait(false);
        Token.ThrowIfCancellationRequested();
        ItemDigest? digest = _target.Traits.NeedsDigest || listed.Version is null ? ItemDigester.Content(item, Token) : null;
        ItemProvenance provenance = new(listed.Key, listed.Version, digest, folder.Path, ItemIdentity.Of(item))
        {
            State = _target is ICopyUndoer ? ItemState.Of(item) : null,
        };
        return new OpenedItem(item, provenance);
    }

    private async Task<ItemResult> WriteAsync(
        SourceFolder folder, OpenedItem opened, IReadOnlyList<RememberedItem> remembered, ItemTurn turn, ItemWork work, ItemResult result)
    {
        await work.Await(turn.Previous.Decided).ConfigureAwait(false);
        if (_target.Refuse(opened.Item.MessageClass) is WriteResult refused)
        {
            return result with { Written = refused };
        }

        RememberedItem? same = await work.Await(FindSameAsync(opened.Provenance, remembered)).ConfigureAwait(false);
        if (same is { IsWhole: true })
        {
            work.End();
            return await FollowAsync(folder, same, turn, result with { Written = AlreadyThere(same) }).ConfigureAwait(false);
        }

        RememberedItem? older = same is null ? remembered.FirstOrDefault(r => source.KeysAreLasting || r.HasIdentity(opened.Provenance.Identity)) : null;
        if (same is null && older is null && await work.Await(FindMovedAsync(opened.Provenance)).ConfigureAwait(false) is (RememberedItem copy, ItemKey was))
        {
            work.End();
            return await AdoptAsync(copy, opened.Provenance, turn, result with { Written = AlreadyThere(copy), WasAt = was }).ConfigureAwait(false);
        }

        if (same is null && remembered.Count == 0 && options.SkipDuplicates && await FindDuplicateAsync(folder, opened, work).ConfigureAwait(false) is DuplicateItem duplicate)
        {
            return duplicate.IsLeft ? result with { Later = (folder, opened.Again!) } : result with { Written = new WriteResult(ItemFate.AlreadyThere, duplicate.Key, duplicate.Losses, TransferErrorIds.ItemDuplicate.Name, Strings.ItemDuplicate) };
        }

        if (older is not null && options.OnChange == ChangePolicy.Keep)
        {
            return result with { Written = WriteResult.Skipped(TransferErrorIds.ItemChangeKept, Strings.ItemChangeKept) };
        }

        TargetFolder into = await work.Await(OpenFolderAsync(folder)).ConfigureAwait(false);
        turn.EndDecision();
        await work.BeginAsync().ConfigureAwait(false);
        using PreparedItem prepared = await _target.PrepareAsync(into, opened.Item, opened.Provenance, Token).ConfigureAwait(false);
        using (await work.Await(pipeline.CommitAsync(turn)).ConfigureAwait(false))
        {
            return await work.Await(CommitAsync(prepared, older, result)).ConfigureAwait(false);
        }
    }

    private async ValueTask<TargetFolder> OpenFolderAsync(SourceFolder folder)
    {
        using (await pipeline.LookUpAsync().ConfigureAwait(false))
        {
            return await folders.OpenAsync(_target, folder, Token).ConfigureAwait(false);
        }
    }

    private async ValueTask<ItemResult> CommitAsync(PreparedItem prepared, RememberedItem? older, ItemResult result)
    {
        if (older is not null && options.OnChange == ChangePolicy.Replace && _target is IItemReplacer replacer
            && await replacer.ReplaceAsync(older, prepared, Token).ConfigureAwait(false) is WriteResult replaced)
        {
            return result with { Written = replaced, Change = replaced.Fate is ItemFate.Copied or ItemFate.Unsure ? CopyChange.Replaced : CopyChange.None };
        }

        return result with { Written = await _target.CommitAsync(prepared, Token).ConfigureAwait(false) };
    }

    /// <summary>The copy of just this content, by key or, for a key that is not remembered, by marker; whole or begun.</summary>
    private async ValueTask<RememberedItem?> FindSameAsync(ItemProvenance provenance, IReadOnlyList<RememberedItem> remembered)
    {
        if (provenance.Marker is not ItemMarker marker)
        {
            return remembered.FirstOrDefault(r => r.HasVersion(provenance.Version));
        }

        if (remembered.FirstOrDefault(r => r.HasMarker(marker)) is RememberedItem known)
        {
            return known;
        }

        using (await pipeline.LookUpAsync().ConfigureAwait(false))
        {
            return await _target.FindAsync(marker, Token).ConfigureAwait(false);
        }
    }

    private async ValueTask<(RememberedItem Copy, ItemKey Was)?> FindMovedAsync(ItemProvenance provenance)
    {
        if (moved is null)
        {
            return null;
        }

        using (await pipeline.LookUpAsync().ConfigureAwait(false))
        {
            return await moved.FindAsync(provenance, Token).ConfigureAwait(false);
        }
    }

    /// <summary>A copy whose item was moved in the source gets the key it has now, and stays where it is.</summary>
    private async Task<ItemResult> AdoptAsync(RememberedItem copy, ItemProvenance provenance, ItemTurn turn, ItemResult result)
    {
        turn.EndDecision();
        using (await pipeline.CommitAsync(turn).ConfigureAwait(false))
        {
            await moved!.AdoptAsync(copy, provenance, Token).ConfigureAwait(false);
            return result;
        }
    }

    private async Task<DuplicateItem?> FindDuplicateAsync(SourceFolder folder, OpenedItem opened, ItemWork work)
    {
        if (_target is not IDuplicateFinder finder)
        {
            return null;
        }

        await work.BeginAsync().ConfigureAwait(false);
        return await finder.FindDuplicateAsync(
            opened.Item,
            opened.Provenance,
            folders.GoesInto(folder, FolderRole.DeletedItems),
            opened.Again is null || claimed is null ? null : key => IsForOthersAsync(folder, key),
            Token).ConfigureAwait(false);
    }

    private async ValueTask<bool> IsForOthersAsync(SourceFolder folder, string key)
    {
        using (await pipeline.LookUpAsync().ConfigureAwait(false))
        {
            return await claimed!.IsForOthersAsync(folder, key, Token).ConfigureAwait(false);
        }
    }

    /// <summary>A copy follows its source into another folder.</summary>
    private async Task<ItemResult> FollowAsync(SourceFolder folder, RememberedItem copy, ItemTurn turn, ItemResult result)
    {
        if (copy.WasIn(folder.Path) || _target is not IItemMover mover)
        {
            return result;
        }

        await turn.Previous.Decided.ConfigureAwait(false);
        TargetFolder into = await OpenFolderAsync(folder).ConfigureAwait(false);
        turn.EndDecision();
        using (await pipeline.CommitAsync(turn).ConfigureAwait(false))
        {
            bool isMoved = await mover.MoveAsync(copy, into, folder.Path, Token).ConfigureAwait(false);
            return result with { Change = isMoved ? CopyChange.Moved : CopyChange.None };
        }
    }

    private static WriteResult AlreadyThere(RememberedItem copy) => new(ItemFate.AlreadyThere, copy.TargetKey, copy.Losses);

    private static WriteResult Failed(Exception e, ErrorId error)
    {
        MailDataException known = Fault.Explain(e, error);
        return WriteResult.Failed(known.Error, known.Message);
    }

    /// <summary>An item that was opened, with where it comes from.</summary>
    private sealed record OpenedItem(MapiItem Item, ItemProvenance Provenance)
    {
        public ItemSummary Summary { get; } = ItemSummary.Of(Item);

        /// <summary>The item as listed, which may come again at the end; null at the end.</summary>
        public SourceItem? Again { get; init; }
    }
}
