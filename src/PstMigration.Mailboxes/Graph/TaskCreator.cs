using Microsoft.Graph.Models;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>Writes tasks, and their files after them.</summary>
internal sealed class TaskCreator(GraphClient client, GraphCopies copies, GivenBack givenBack) : ItemCreator<TaskPlan, TodoTask>(GraphFolderKind.Tasks, client, copies, givenBack)
{
    /// <inheritdoc/>
    protected override ItemPlan Plan(MapiItem item, ItemProvenance provenance, MessageDetail detail) => TaskPlan.Create(item, provenance, detail);

    /// <inheritdoc/>
    protected override Task<TodoTask?> PostAsync(string folderId, TaskPlan plan, CancellationToken cancellationToken)
    {
        plan.Task.Extensions = [TaskExtension.Write(plan.Extended)];
        return Client.User.Todo.Lists[folderId].Tasks.PostAsync(plan.Task, cancellationToken: cancellationToken);
    }

    /// <inheritdoc/>
    protected override MapiItem Read(TaskPlan plan, TodoTask? answer)
    {
        TodoTask task = answer ?? new TodoTask();
        task.Extensions = plan.Task.Extensions;
        return TaskReader.Read(task, []);
    }

    /// <inheritdoc/>
    protected override Task<WriteResult?> AddPartsAsync(GraphCopy made, TaskPlan plan, bool isBegun, List<ItemLoss> late, CancellationToken cancellationToken) =>
        AddAttachmentsAsync(new TaskAttachments(Client, made.FolderId!, made.Id), plan.Files, inside: 0, isBegun, cancellationToken);
}
