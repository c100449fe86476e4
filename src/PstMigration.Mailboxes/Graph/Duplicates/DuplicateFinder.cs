using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// Finds what the mailbox has of an item that is no copy of it: by the key under which it was exported from this mailbox, by its Message-ID, else by what a list tells of it. What is
/// found is opened once and compared. For several threads.
/// </summary>
/// <param name="client">The mailbox.</param>
/// <param name="items">What is known of its items.</param>
/// <param name="spool">Takes the attachments of what is opened.</param>
/// <param name="plan">Plans an item of a kind other than mail.</param>
internal sealed class DuplicateFinder(GraphClient client, KnownItems items, AttachmentSpool spool, Func<GraphFolderKind, MapiItem, ItemProvenance, ItemPlan> plan)
{
    private readonly ItemFetcher _fetcher = new(client, spool);

    /// <summary>Finds one; see <see cref="IDuplicateFinder"/>.</summary>
    public async Task<DuplicateItem?> FindAsync(
        GraphFolderKind kind, MapiItem item, ItemProvenance provenance, bool isDeleted, Func<string, ValueTask<bool>>? isForOthers, CancellationToken cancellationToken)
    {
        long messageId = kind == GraphFolderKind.Mail ? KnownItems.FoldOf(MessageWriter.MessageId(item.Properties)) : 0;
        if (messageId == 0 && FindOwn(kind, item, provenance.Key, isDeleted) is KnownItem own)
        {
            // The version says that nobody has changed it in the mailbox; in the file somebody may have, or made another item of a copy.
            if (item.IsAsCopied && own.Version is string version && item.Properties.GetString(PropertyNames.SourceVersion) == version && items.Take(own, provenance.Key))
            {
                return Found(own, []);
            }

            // The digest of what is no mail does not hold all that people see of it.
            if (await CompareAsync([own], isKnown: kind == GraphFolderKind.Mail, item, provenance, null, cancellationToken).ConfigureAwait(false) is DuplicateItem same)
            {
                return same;
            }
        }

        IReadOnlyList<KnownItem> candidates = messageId != 0
            ? items.FindByMessageId(messageId, provenance.Key, isDeleted)
            : items.FindByOutline(ItemOutline.Of(kind, item), provenance.Key, isDeleted);
        return await CompareAsync(candidates, isKnown: messageId != 0, item, provenance, isForOthers, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The item an exported one was read from.</summary>
    private KnownItem? FindOwn(GraphFolderKind kind, MapiItem item, ItemKey source, bool isDeleted)
    {
        string own = client.StoreKey + "/";
        return item.Properties.GetString(PropertyNames.SourceKey) is string key && key.StartsWith(own, StringComparison.Ordinal)
            && items.FindOwn(key.Substring(own.Length), source) is KnownItem known && known.Kind == kind && (isDeleted || !known.IsDeleted) ? known : null;
    }

    /// <summary>The first of some items of the same kind that is the same when it is opened.</summary>
    /// <param name="candidates">The items.</param>
    /// <param name="isKnown">Whether they are of the item's identity, so that the same content is enough.</param>
    /// <param name="item">The item.</param>
    /// <param name="provenance">Where it comes from.</param>
    /// <param name="isForOthers">Whether what lies in a folder is left to others.</param>
    /// <param name="cancellationToken">Stops.</param>
    private async Task<DuplicateItem?> CompareAsync(
        IReadOnlyList<KnownItem> candidates, bool isKnown, MapiItem item, ItemProvenance provenance, Func<string, ValueTask<bool>>? isForOthers, CancellationToken cancellationToken)
    {
        ItemLikeness? wanted = null;
        ItemPlan? planned = null;
        DuplicateItem? left = null;
        foreach (KnownItem known in candidates)
        {
            MapiItem? there = null;
            if (isKnown && known.Content is null)
            {
                there = await OpenAsync(known, cancellationToken).ConfigureAwait(false);
                known.Content = there is null ? null : ItemDigester.Content(there, cancellationToken).Hex;
            }

            if (isKnown && known.Content == provenance.Digest!.Value.Hex)
            {
                if (await IsLeftAsync(known).ConfigureAwait(false))
                {
                    left = Found(known, []);
                    continue;
                }

                if (items.Take(known, provenance.Key))
                {
                    return Found(known, []);
                }
            }

            if (known.Likeness is null && !known.IsGone && (there ?? await OpenAsync(known, cancellationToken).ConfigureAwait(false)) is MapiItem opened)
            {
                known.Likeness = LikenessOf(opened, Plan(known.Kind, opened, provenance));
            }

            if (known.Likeness is ItemLikeness likeness)
            {
                planned ??= Plan(known.Kind, item, provenance);
                wanted ??= LikenessOf(item, planned);
                if (!likeness.IsSame(wanted, isCopy: known.Store is not null))
                {
                    continue;
                }

                if (await IsLeftAsync(known).ConfigureAwait(false))
                {
                    left = Found(known, planned?.Losses ?? []);
                }
                else if (items.Take(known, provenance.Key))
                {
                    return Found(known, planned?.Losses ?? []);
                }
            }
        }

        return left is null ? null : left with { IsLeft = true };

        async ValueTask<bool> IsLeftAsync(KnownItem known) => isForOthers is not null && known.LiesIn is string folder
            && !items.IsFound(known, provenance.Key) && await isForOthers(folder).ConfigureAwait(false);
    }

    private ItemPlan? Plan(GraphFolderKind kind, MapiItem item, ItemProvenance provenance) => kind == GraphFolderKind.Mail ? null : plan(kind, item, provenance);

    private ItemLikeness LikenessOf(MapiItem item, ItemPlan? planned) =>
        planned is null ? ItemLikeness.OfMail(item) : ItemLikeness.Of(item, planned, client.WriteJson);

    private DuplicateItem Found(KnownItem known, IReadOnlyList<ItemLoss> losses) => new(new ItemKey(client.StoreKey, known.Id), losses);

    /// <summary>Opens an item; null where somebody has deleted it since the list was read.</summary>
    private async Task<MapiItem?> OpenAsync(KnownItem known, CancellationToken cancellationToken)
    {
        try
        {
            return await _fetcher.FetchAsync(known.Place, cancellationToken).ConfigureAwait(false);
        }
        catch (GraphRequestException e) when (e.IsNotFound)
        {
            items.Remove(known.Id);
            return null;
        }
    }
}
