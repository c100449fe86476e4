using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>Writes mail items: one create with everything, then the attachments that did not fit. No half item stays.</summary>
internal sealed class MessageCreator(GraphClient client, GraphCopies copies)
{
    private readonly CreateAudit _audit = new(client);

    /// <summary>Makes the request. Any thread.</summary>
    public MessagePlan Plan(MapiItem item, ItemProvenance provenance, IReadOnlyList<ItemLoss> folderLosses, MessageDetail detail)
    {
        MessagePlan plan = MessagePlan.Create(item, provenance, detail, client.MeasureJson);
        plan.Losses = [.. plan.Losses, .. folderLosses];
        return plan;
    }

    public async Task<WriteResult> WriteAsync(GraphPreparedItem prepared, CancellationToken cancellationToken)
    {
        ItemProvenance provenance = prepared.Provenance;
        MessagePlan plan = prepared.Message!;
        if (copies.Incomplete(Provenance.MarkerOf(provenance)) is GraphCopy begun)
        {
            return await CompleteAsync(begun, plan, provenance, cancellationToken).ConfigureAwait(false);
        }

        for (MessageDetail detail = MessageDetail.Full; ;)
        {
            GraphCopy? made;
            Message? answer;
            try
            {
                (made, answer) = await CreateAsync(prepared, plan, cancellationToken).ConfigureAwait(false);
            }
            catch (GraphRequestException e) when (e.Status == 400 && detail < MessageDetail.Essential)
            {
                // Nothing was made. One property the service does not take refuses the whole item: once more with less.
                detail++;
                plan = Plan(prepared.Item, provenance, prepared.FolderLosses, detail);
                continue;
            }

            if (made is null)
            {
                return new WriteResult(ItemFate.Unsure, null, plan.Losses, MailboxErrorIds.ItemUnsure.Name, Strings.ItemUnsure);
            }

            WriteResult? failure = await AddAsync(made, plan, provenance, cancellationToken).ConfigureAwait(false);
            return failure ?? await DoneAsync(made, answer, plan, provenance, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Creates the message. Without a copy where the answer was lost and the message is not found.</summary>
    private async Task<(GraphCopy? Made, Message? Answer)> CreateAsync(
        GraphPreparedItem prepared, MessagePlan plan, CancellationToken cancellationToken)
    {
        string folderId = prepared.Folder.Id!;
        plan.Losses = [.. plan.Losses.Union(_audit.Predict(plan.Message))];
        Provenance.AddPlace(plan.Message.SingleValueExtendedProperties!, folderId, prepared.Replaces, plan.Losses);
        try
        {
            Message? created = await GraphErrors.CallAsync(() => client.User.MailFolders[folderId].Messages.PostAsync(
                plan.Message, cancellationToken: cancellationToken)).ConfigureAwait(false);
            if (created?.Id is { Length: > 0 } id)
            {
                return (new GraphCopy(id, GraphFolderKind.Mail, created.CreatedDateTime ?? client.Clock.GetUtcNow(), plan.AttachmentCount), created);
            }
        }
        catch (Exception e) when (e is AmbiguousResponseException or BadAnswerException)
        {
            // Falls through to the search: whether it was made is not known.
        }

        ItemMarker marker = Provenance.MarkerOf(prepared.Provenance);
        ItemSearch search = new(GraphFolderKind.Mail, folderId, marker, plan.Message.InternetMessageId);
        copies.AddUnsure(marker, search);
        return ((await search.FindAsync(client, cancellationToken).ConfigureAwait(false))?.Copy, null);
    }

    /// <summary>Adds attachments to a message this call has made; takes the message back where one cannot be added.</summary>
    private async Task<WriteResult?> AddAsync(GraphCopy made, MessagePlan plan, ItemProvenance provenance, CancellationToken cancellationToken)
    {
        if (plan.Following.Count == 0)
        {
            return null;
        }

        // Until the last one is written the item is incomplete: a run that continues must see that.
        copies.Add(provenance, plan.Losses, made, isWhole: false);
        AttachmentAdder adder = new(new MessageAttachments(client, made.Id));
        int before = plan.Inside.Count;
        foreach (PlannedAttachment attachment in plan.Following)
        {
            try
            {
                await adder.AddAsync(attachment, before++, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (IsOfThisItem(e))
            {
                await ItemRemoval.TakeBackAsync(client, made, cancellationToken).ConfigureAwait(false);
                copies.Forget(Provenance.MarkerOf(provenance));
                return WriteResult.Failed(MailboxErrorIds.AttachmentFailed, MailboxException.Format(Strings.AttachmentFailed, attachment.Name, Redaction.Clean(e.Message)));
            }
        }

        return null;
    }

    /// <summary>Adds what an earlier run did not get to, matching existing attachments by name.</summary>
    private async Task<WriteResult> CompleteAsync(GraphCopy begun, MessagePlan plan, ItemProvenance provenance, CancellationToken cancellationToken)
    {
        List<string> there = await new MessageAttachments(client, begun.Id).ReadNamesAsync(cancellationToken).ConfigureAwait(false);
        int before = there.Count;
        List<PlannedAttachment> missing = [.. plan.Inside.Concat(plan.Following).Where(a => !there.Remove(a.Name))];
        AttachmentAdder adder = new(new MessageAttachments(client, begun.Id));
        foreach (PlannedAttachment attachment in missing)
        {
            try
            {
                await adder.AddAsync(attachment, before++, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (IsOfThisItem(e))
            {
                // Made by another run: not ours to take back. It stays known as incomplete.
                return WriteResult.Failed(MailboxErrorIds.AttachmentFailed, MailboxException.Format(Strings.AttachmentFailed, attachment.Name, Redaction.Clean(e.Message)));
            }
        }

        return await DoneAsync(begun, null, plan, provenance, cancellationToken).ConfigureAwait(false);
    }

    private async Task<WriteResult> DoneAsync(GraphCopy made, Message? answer, MessagePlan plan, ItemProvenance provenance, CancellationToken cancellationToken)
    {
        copies.Add(provenance, plan.Losses, made, isWhole: true);
        IReadOnlyList<ItemLoss> ignored = await _audit.CompareAsync(plan.Message, made.Id, answer, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<ItemLoss> losses = [.. plan.Losses.Union(ignored)];
        if (losses.Count > plan.Losses.Count)
        {
            // What nobody could foresee: the next items are told of it when they are created.
            copies.Add(provenance, losses, made, isWhole: true);
            await CopyNotes.WriteAsync(client, made, [Provenance.Losses(losses)], cancellationToken).ConfigureAwait(false);
        }

        return WriteResult.Copied(new ItemKey(client.StoreKey, made.Id), losses);
    }

    /// <summary>Errors that say something about this item alone; the others end the run and leave the item for the next one to complete.</summary>
    /// <remarks>A refusal is among them: the create was allowed, so what is refused is adding to an item that is no draft.</remarks>
    public static bool IsOfThisItem(Exception exception) => exception is AmbiguousResponseException or BadAnswerException or System.IO.IOException
        or (MailDataException and not MailboxException)
        || (exception as MailboxException)?.Error == MailboxErrorIds.MailboxAccessDenied;
}
