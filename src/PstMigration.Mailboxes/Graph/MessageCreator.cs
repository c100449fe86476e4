using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>Writes mail items: one create with everything, then the attachments that did not fit. No half item stays.</summary>
internal sealed class MessageCreator(GraphMailbox mailbox, MarkerIndex index)
{
    private readonly CreateAudit _audit = new(mailbox);

    public async Task<WriteResult> WriteAsync(GraphTargetFolder folder, MapiItem item, ItemProvenance provenance, CancellationToken cancellationToken)
    {
        if (index.Incomplete(provenance.Marker) is FoundItem begun)
        {
            return await CompleteAsync(begun, item, provenance, cancellationToken).ConfigureAwait(false);
        }

        MessageDetail detail = MessageDetail.Full;
        while (true)
        {
            MessagePlan plan = MessagePlan.Create(item, provenance, detail, mailbox.MeasureJson);
            FoundItem? made;
            Message? answer;
            try
            {
                (made, answer) = await CreateAsync(folder, plan, provenance, cancellationToken).ConfigureAwait(false);
            }
            catch (GraphRequestException e) when (e.Status == 400 && detail < MessageDetail.Essential)
            {
                // Nothing was made. One property the service does not take refuses the whole item: once more with less.
                detail++;
                continue;
            }

            if (made is null)
            {
                return new WriteResult(ItemFate.Unsure, null, plan.Losses, "ItemUnsure", Strings.ItemUnsure);
            }

            WriteResult? failure = await AddAsync(made, plan.Following, plan.Inside.Count, cancellationToken).ConfigureAwait(false);
            return failure ?? await DoneAsync(made, answer, plan, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Creates the message. Without an item where the answer was lost and the message is not found.</summary>
    private async Task<(FoundItem? Made, Message? Answer)> CreateAsync(
        GraphTargetFolder folder, MessagePlan plan, ItemProvenance provenance, CancellationToken cancellationToken)
    {
        int count = plan.Following.Count == 0 ? 0 : plan.Inside.Count + plan.Following.Count;
        try
        {
            Message? created = await GraphErrors.CallAsync(() => mailbox.User.MailFolders[folder.Id!].Messages.PostAsync(
                plan.Message, cancellationToken: cancellationToken)).ConfigureAwait(false);
            if (created?.Id is { Length: > 0 } id)
            {
                return (new FoundItem(provenance.Marker, id, GraphFolderKind.Mail, count), created);
            }
        }
        catch (Exception e) when (e is AmbiguousResponseException or BadAnswerException)
        {
            // Falls through to the search: whether it was made is not known.
        }

        ItemSearch search = new(provenance.Marker, plan.Message.InternetMessageId, null);
        index.AddUnsure(provenance.Marker, search);
        return (await search.FindAsync(mailbox, cancellationToken).ConfigureAwait(false), null);
    }

    /// <summary>Adds attachments to a message this call has made; takes the message back where one cannot be added.</summary>
    private async Task<WriteResult?> AddAsync(FoundItem made, IReadOnlyList<PlannedAttachment> attachments, int before, CancellationToken cancellationToken)
    {
        if (attachments.Count == 0)
        {
            return null;
        }

        // Until the last one is there the item is half: whoever stops in between must find it so.
        index.AddIncomplete(made);
        AttachmentAdder adder = new(mailbox, made.Id);
        foreach (PlannedAttachment attachment in attachments)
        {
            try
            {
                await adder.AddAsync(attachment, before++, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (IsOfThisItem(e))
            {
                await TakeBackAsync(made, cancellationToken).ConfigureAwait(false);
                return WriteResult.Failed("AttachmentFailed", MailboxException.Format(Strings.AttachmentFailed, attachment.Name, Redaction.Clean(e.Message)));
            }
        }

        return null;
    }

    /// <summary>Adds what an earlier run could not any more, matching by name what is there already.</summary>
    private async Task<WriteResult> CompleteAsync(FoundItem begun, MapiItem item, ItemProvenance provenance, CancellationToken cancellationToken)
    {
        MessagePlan plan = MessagePlan.Create(item, provenance, MessageDetail.Full, mailbox.MeasureJson);
        List<string> there = await MessageAttachments.ReadNamesAsync(mailbox, begun.Id, cancellationToken).ConfigureAwait(false);
        int before = there.Count;
        List<PlannedAttachment> missing = [.. plan.Inside.Concat(plan.Following).Where(a => !there.Remove(a.Name))];
        AttachmentAdder adder = new(mailbox, begun.Id);
        foreach (PlannedAttachment attachment in missing)
        {
            try
            {
                await adder.AddAsync(attachment, before++, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (IsOfThisItem(e))
            {
                // Made by another run: not ours to take back. It stays known as incomplete.
                return WriteResult.Failed("AttachmentFailed", MailboxException.Format(Strings.AttachmentFailed, attachment.Name, Redaction.Clean(e.Message)));
            }
        }

        return await DoneAsync(begun, null, plan, cancellationToken).ConfigureAwait(false);
    }

    private async Task<WriteResult> DoneAsync(FoundItem made, Message? answer, MessagePlan plan, CancellationToken cancellationToken)
    {
        index.AddWhole(made.Marker);
        IReadOnlyList<ItemLoss> ignored = await _audit.CompareAsync(plan.Message, made.Id, answer, cancellationToken).ConfigureAwait(false);
        return WriteResult.Copied(new ItemKey(mailbox.StoreKey, made.Id), [.. plan.Losses, .. ignored]);
    }

    private async Task TakeBackAsync(FoundItem made, CancellationToken cancellationToken)
    {
        await ItemRemoval.RemoveAsync(mailbox, made, cancellationToken).ConfigureAwait(false);
        index.Forget(made.Marker);
    }

    /// <summary>Errors that say something about this item alone; the others end the run and leave the item for the next one to complete.</summary>
    /// <remarks>A refusal is among them: the create was allowed, so what is refused is adding to an item that is no draft.</remarks>
    private static bool IsOfThisItem(Exception exception) => exception is AmbiguousResponseException or BadAnswerException or System.IO.IOException
        or MailboxException { Id: GraphErrors.AccessDeniedId } or (MailDataException and not MailboxException);
}
