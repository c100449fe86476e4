using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>Writes tasks, and their files after them.</summary>
internal sealed class TaskCreator(GraphClient client, GraphCopies copies)
{
    /// <summary>Makes the requests. Any thread.</summary>
    public static TaskPlan Plan(MapiItem item, ItemProvenance provenance, IReadOnlyList<ItemLoss> folderLosses, MessageDetail detail)
    {
        TaskPlan plan = TaskPlan.Create(item, provenance, detail);
        return plan with { Losses = [.. plan.Losses, .. folderLosses] };
    }

    public async Task<WriteResult> WriteAsync(GraphPreparedItem prepared, CancellationToken cancellationToken)
    {
        ItemProvenance provenance = prepared.Provenance;
        TaskPlan plan = prepared.Task!;
        GraphCopy? begun = copies.Incomplete(Provenance.MarkerOf(provenance));
        GraphCopy? made = begun;
        for (MessageDetail detail = MessageDetail.Full; made is null;)
        {
            try
            {
                made = await CreateAsync(prepared, plan, cancellationToken).ConfigureAwait(false);
                if (made is null)
                {
                    return new WriteResult(ItemFate.Unsure, null, plan.Losses, MailboxErrorIds.ItemUnsure.Name, Strings.ItemUnsure);
                }
            }
            catch (GraphRequestException e) when (e.Status == 400 && detail == MessageDetail.Full)
            {
                detail = MessageDetail.Essential;
                plan = Plan(prepared.Item, provenance, prepared.FolderLosses, detail);
            }
        }

        if (plan.Files.Count > 0)
        {
            copies.Add(provenance, plan.Losses, made, isWhole: false);
            TaskAttachments attachments = new(client, made.FolderId!, made.Id);
            List<string> there = begun is null ? [] : await attachments.ReadNamesAsync(cancellationToken).ConfigureAwait(false);
            int before = there.Count;
            AttachmentAdder adder = new(attachments);
            foreach (PlannedAttachment file in plan.Files.Where(f => !there.Remove(f.Name)).ToArray())
            {
                try
                {
                    await adder.AddAsync(file, before++, cancellationToken).ConfigureAwait(false);
                }
                catch (Exception e) when (MessageCreator.IsOfThisItem(e))
                {
                    if (begun is null)
                    {
                        await ItemRemoval.TakeBackAsync(client, made, cancellationToken).ConfigureAwait(false);
                        copies.Forget(Provenance.MarkerOf(provenance));
                    }

                    return WriteResult.Failed(MailboxErrorIds.AttachmentFailed, MailboxException.Format(Strings.AttachmentFailed, file.Name, Redaction.Clean(e.Message)));
                }
            }
        }

        copies.Add(provenance, plan.Losses, made, isWhole: true);
        return WriteResult.Copied(new ItemKey(client.StoreKey, made.Id), plan.Losses);
    }

    /// <summary>Creates the task; null where the answer was lost and the task is not found.</summary>
    private async Task<GraphCopy?> CreateAsync(GraphPreparedItem prepared, TaskPlan plan, CancellationToken cancellationToken)
    {
        string listId = prepared.Folder.Id!;
        Provenance.AddPlace(plan.Stored, listId, prepared.Replaces, plan.Losses);
        plan.Task.Extensions = [TaskExtension.Write(plan.Stored)];
        try
        {
            TodoTask? created = await GraphErrors.CallAsync(() => client.User.Todo.Lists[listId].Tasks.PostAsync(
                plan.Task, cancellationToken: cancellationToken)).ConfigureAwait(false);
            if (created?.Id is { Length: > 0 } id)
            {
                return new GraphCopy(id, GraphFolderKind.Tasks, created.CreatedDateTime ?? client.Clock.GetUtcNow(), plan.Files.Count) { FolderId = listId };
            }
        }
        catch (Exception e) when (e is AmbiguousResponseException or BadAnswerException)
        {
            // Falls through to the search: whether it was made is not known.
        }

        ItemMarker marker = Provenance.MarkerOf(prepared.Provenance);
        ItemSearch search = new(GraphFolderKind.Tasks, listId, marker, null);
        copies.AddUnsure(marker, search);
        return (await search.FindAsync(client, cancellationToken).ConfigureAwait(false))?.Copy;
    }
}
