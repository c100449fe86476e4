using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>Writes the items of one kind.</summary>
internal abstract class ItemCreator
{
    /// <summary>Makes the requests. Any thread.</summary>
    /// <param name="item">The item.</param>
    /// <param name="provenance">Stored with it.</param>
    /// <param name="folderLosses">What it loses by where it goes.</param>
    /// <param name="detail">How much of it.</param>
    /// <exception cref="MailDataException">The item cannot be written.</exception>
    public ItemPlan Plan(MapiItem item, ItemProvenance provenance, IReadOnlyList<ItemLoss> folderLosses, MessageDetail detail)
    {
        ItemPlan plan = Plan(item, provenance, detail);
        plan.Losses = [.. plan.Losses, .. folderLosses];
        return plan;
    }

    /// <summary>Sends a planned item. One that an earlier run has begun is completed.</summary>
    /// <exception cref="GraphRequestException">The service refuses the item.</exception>
    /// <exception cref="MailboxException">Nothing more can be done with the mailbox. What was begun stays for a later run to complete.</exception>
    public abstract Task<WriteResult> WriteAsync(GraphPreparedItem prepared, CancellationToken cancellationToken);

    /// <summary>Makes the requests.</summary>
    protected abstract ItemPlan Plan(MapiItem item, ItemProvenance provenance, MessageDetail detail);
}

/// <summary>
/// Writes items: one create with everything the service takes at once, then the parts that follow. Until the last of them is there the item is known as incomplete,
/// and a later run completes it. What this run has made and cannot finish is taken back; what another run has made is not.
/// </summary>
/// <typeparam name="TPlan">The plan of the kind.</typeparam>
/// <typeparam name="TModel">The service's model of it.</typeparam>
internal abstract class ItemCreator<TPlan, TModel>(GraphFolderKind kind, GraphClient client, GraphCopies copies, GivenBack givenBack) : ItemCreator
    where TPlan : ItemPlan
    where TModel : Entity
{
    /// <summary>The client.</summary>
    protected GraphClient Client { get; } = client;

    /// <inheritdoc/>
    public override async Task<WriteResult> WriteAsync(GraphPreparedItem prepared, CancellationToken cancellationToken)
    {
        ItemProvenance provenance = prepared.Provenance;
        TPlan plan = (TPlan)prepared.Plan!;
        GraphCopy? begun = copies.Incomplete(Provenance.MarkerOf(provenance));
        GraphCopy? made = begun;
        TModel? answer = null;
        for (MessageDetail detail = MessageDetail.Full; made is null;)
        {
            try
            {
                (made, answer) = await CreateAsync(prepared, plan, cancellationToken).ConfigureAwait(false);
                if (made is null)
                {
                    return new WriteResult(ItemFate.Unsure, null, plan.Losses, MailboxErrorIds.ItemUnsure.Name, Strings.ItemUnsure);
                }
            }
            catch (GraphRequestException e) when (e.Status == 400 && detail < MessageDetail.Essential)
            {
                // Nothing was made. One property the service does not take refuses the whole item: once more with less.
                detail = Less(detail);
                plan = (TPlan)Plan(prepared.Item, provenance, prepared.FolderLosses, detail);
            }
        }

        List<ItemLoss> late = [];
        if (begun is not null || plan.PartCount > 0)
        {
            copies.Add(provenance, plan.Losses, made, isWhole: false);
            if (await AddPartsAsync(made, plan, begun is not null, late, cancellationToken).ConfigureAwait(false) is WriteResult failure)
            {
                if (begun is null)
                {
                    await ItemRemoval.TakeBackAsync(Client, made, cancellationToken).ConfigureAwait(false);
                    copies.Forget(Provenance.MarkerOf(provenance));
                }

                return failure;
            }
        }

        copies.Add(provenance, plan.Losses, made, isWhole: true);
        late.AddRange(await CompareAsync(plan, made, answer, cancellationToken).ConfigureAwait(false));
        IReadOnlyList<ItemLoss> losses = [.. plan.Losses.Union(late)];
        List<SingleValueLegacyExtendedProperty> notes = [];
        if (losses.Count > plan.Losses.Count)
        {
            // What nobody could foresee.
            copies.Add(provenance, losses, made, isWhole: true);
            notes = [Provenance.Losses(losses), .. await NotesAsync(made, cancellationToken).ConfigureAwait(false)];
        }

        // What another run has begun may be somebody's own by now.
        if (begun is null && (losses.Count > 0 || (Read(plan, answer) is MapiItem answered && ItemState.Of(answered) != provenance.State)))
        {
            notes.AddRange(await givenBack.NotesAsync(made, provenance, cancellationToken).ConfigureAwait(false));
        }

        if (notes.Count > 0)
        {
            await CopyNotes.WriteAsync(Client, made, notes, cancellationToken).ConfigureAwait(false);
        }

        return WriteResult.Copied(new ItemKey(Client.StoreKey, made.Id), losses);
    }

    /// <summary>Sends the create.</summary>
    protected abstract Task<TModel?> PostAsync(string folderId, TPlan plan, CancellationToken cancellationToken);

    /// <summary>Adds what follows the create.</summary>
    /// <param name="made">The item.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="isBegun">An earlier run has made it, and may have added some.</param>
    /// <param name="late">Takes what the service did not accept and the item can do without.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The failure where the item cannot be finished; null where it is.</returns>
    protected abstract Task<WriteResult?> AddPartsAsync(GraphCopy made, TPlan plan, bool isBegun, List<ItemLoss> late, CancellationToken cancellationToken);

    /// <summary>The next level of detail below one.</summary>
    protected virtual MessageDetail Less(MessageDetail detail) => MessageDetail.Essential;

    /// <summary>What of an item will not arrive, by what is known of earlier ones.</summary>
    protected virtual IReadOnlyList<ItemLoss> Predict(TPlan plan) => [];

    /// <summary>What of an item did not arrive.</summary>
    /// <param name="plan">As it was sent.</param>
    /// <param name="made">The item.</param>
    /// <param name="answer">The answer to the create; null where it was lost, or another run's.</param>
    /// <param name="cancellationToken">Stops.</param>
    protected virtual Task<IReadOnlyList<ItemLoss>> CompareAsync(TPlan plan, GraphCopy made, TModel? answer, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ItemLoss>>([]);

    /// <summary>
    /// The item as the answer to the create has it, without attachments; null where only losses tell that it is another than the one that was sent. An answer that was lost is an item
    /// without anything.
    /// </summary>
    protected virtual MapiItem? Read(TPlan plan, TModel? answer) => null;

    /// <summary>What is noted with an item beside losses nobody could foresee.</summary>
    protected virtual Task<List<SingleValueLegacyExtendedProperty>> NotesAsync(GraphCopy made, CancellationToken cancellationToken) =>
        Task.FromResult<List<SingleValueLegacyExtendedProperty>>([]);

    /// <summary>Adds attachments one after the other. Those an earlier run has added are told by their names.</summary>
    /// <param name="attachments">Where they go.</param>
    /// <param name="planned">The attachments.</param>
    /// <param name="inside">How many came with the create.</param>
    /// <param name="isBegun">An earlier run may have added some.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The failure of the first that cannot be added; null where all were.</returns>
    protected static async Task<WriteResult?> AddAttachmentsAsync(
        ItemAttachments attachments, IReadOnlyList<PlannedAttachment> planned, int inside, bool isBegun, CancellationToken cancellationToken)
    {
        if (planned.Count == 0)
        {
            return null;
        }

        List<string> there = isBegun ? await attachments.ReadNamesAsync(cancellationToken).ConfigureAwait(false) : [];
        int before = isBegun ? there.Count : inside;
        AttachmentAdder adder = new(attachments);
        foreach (PlannedAttachment attachment in planned.Where(a => !there.Remove(a.Name)).ToArray())
        {
            try
            {
                await adder.AddAsync(attachment, before++, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (GraphErrors.IsOfOneItem(e))
            {
                return Refused(attachment.Name, e);
            }
        }

        return null;
    }

    /// <summary>The fate of an item one of whose parts cannot be added.</summary>
    protected static WriteResult Refused(string part, Exception e) =>
        WriteResult.Failed(MailboxErrorIds.AttachmentFailed, MailboxException.Format(Strings.AttachmentFailed, part, Redaction.Clean(e.Message)));

    /// <summary>Creates the item; without a copy where the answer was lost and the item is not found.</summary>
    private async Task<(GraphCopy? Made, TModel? Answer)> CreateAsync(GraphPreparedItem prepared, TPlan plan, CancellationToken cancellationToken)
    {
        string folderId = prepared.Folder.Id!;
        plan.Losses = [.. plan.Losses.Union(Predict(plan))];
        Provenance.AddPlace(plan.Extended, folderId, prepared.Replaces, plan.Losses);
        try
        {
            TModel? created = await GraphErrors.CallAsync(() => PostAsync(folderId, plan, cancellationToken)).ConfigureAwait(false);
            if (created?.Id is { Length: > 0 } id)
            {
                GraphCopy made = new(id, kind, CreationOf(created) ?? Client.Clock.GetUtcNow(), plan.PartCount) { FolderId = kind == GraphFolderKind.Tasks ? folderId : null };
                return (made, created);
            }
        }
        catch (Exception e) when (e is AmbiguousResponseException or BadAnswerException)
        {
            // Falls through to the search: whether it was made is not known.
        }

        ItemMarker marker = Provenance.MarkerOf(prepared.Provenance);
        ItemSearch search = new(kind, folderId, marker, plan.MessageId);
        copies.AddUnsure(marker, search);
        return ((await copies.FindSentAsync(search, cancellationToken).ConfigureAwait(false))?.Copy, null);
    }

    private static DateTimeOffset? CreationOf(TModel created) => (created as OutlookItem)?.CreatedDateTime ?? (created as TodoTask)?.CreatedDateTime;
}
